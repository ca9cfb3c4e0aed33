import type { Context } from '../../context.ts';
import { tagAccount } from '../tags/tag-account.ts';
import { endEndedWarnings } from '../warnings/end-ended-warnings.ts';
import { classifyAccount } from './classify-account.ts';

/**
 * What follows when facts of accounts changed: their classes at once, and warnings whose fact has ended go with it; tags as soon
 * as WeCom takes them, and the next night writes those that it did not take. Nobody waits for WeCom.
 *
 * @param how `by`: staff id, or the name of what changed the facts. `isMove`: contacts went from one of these accounts to another, and
 * wear the tags of the one before.
 */
export async function reclassifyAndTag(
  context: Context,
  accountIds: readonly string[],
  { by, isMove = false }: { by: string; isMove?: boolean },
): Promise<void> {
  const changedIds = new Set<string>();
  for (const accountId of new Set(accountIds))
    for (const id of await classifyAccount(context, accountId, by)) changedIds.add(id);
  const allIds = new Set([...accountIds, ...changedIds]);
  for (const accountId of isMove ? allIds : changedIds)
    tagAccount(context, accountId).catch((error: unknown) =>
      context.log.warn({ error, accountId }, 'tags of an account not written'),
    );
  for (const accountId of allIds) await endEndedWarnings(context, accountId);
}
