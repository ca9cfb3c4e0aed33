import type { Context } from '../context.ts';
import { classifyAccount } from '../flows/accounts/classify-account.ts';
import { refreshTags } from '../flows/tags/refresh-tags.ts';
import { tagAccount } from '../flows/tags/tag-account.ts';
import { endEnded } from './after-touch.ts';

/**
 * What follows when facts of an account changed: its classes at once, and warnings whose fact has ended go with it; its tags as
 * soon as WeCom takes them, and the next night writes those that it did not take.
 *
 * @param by staff id, or the name of what changed the fact.
 */
export async function afterFacts(context: Context, accountId: string, by: string): Promise<void> {
  const changedIds = await classifyAccount(context, accountId, by);
  for (const id of changedIds) tag(context, id);
  for (const id of new Set([accountId, ...changedIds])) await endEnded(context, id);
}

/** The same when contacts and facts went from one of these accounts to another: who moved wears the tags of the one before. */
export async function afterMove(context: Context, accountIds: readonly string[], by: string): Promise<void> {
  const toTag = new Set(accountIds);
  for (const accountId of new Set(accountIds))
    for (const id of await classifyAccount(context, accountId, by)) toTag.add(id);
  for (const id of toTag) {
    tag(context, id);
    await endEnded(context, id);
  }
}

/** Nobody waits for WeCom. */
function tag(context: Context, accountId: string): void {
  tagAccount(context, accountId, refreshTags).catch((error: unknown) =>
    context.log.warn({ error, accountId }, 'tags of an account not written'),
  );
}
