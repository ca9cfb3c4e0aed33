import type { Context } from '../context.ts';
import { classifyAccount } from '../flows/accounts/classify-account.ts';
import { refreshTags } from '../flows/tags/refresh-tags.ts';
import { tagAccount } from '../flows/tags/tag-account.ts';

/**
 * What follows when facts of an account changed: its classes at once, its tags as soon as WeCom takes them; the next night
 * writes those that it did not take.
 *
 * @param by staff id, or the name of what changed the fact.
 */
export async function afterFacts(context: Context, accountId: string, by: string): Promise<void> {
  if (!(await classifyAccount(context, accountId, by))) return;
  tagAccount(context, accountId, refreshTags).catch((error: unknown) =>
    context.log.warn({ error, accountId }, 'tags of an account not written'),
  );
}
