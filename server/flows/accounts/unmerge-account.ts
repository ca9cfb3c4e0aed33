import type { Context } from '../../context.ts';
import { undoUntil } from '../../domain/accounts/account-merge.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<
  Context,
  'accounts' | 'merges' | 'touches' | 'settings' | 'history' | 'audit' | 'site' | 'now'
>;

/**
 * Brings a merged account back as it was, with what it brought and nobody has split off since; what was added after the merge
 * stays. Within 30 days. `holder` is the account that it went into, opened for the caller to decide about.
 *
 * @returns the ids of the account and of those that held what it brought.
 * @throws {AppError} 409 `not_merged` or `merge_too_old`.
 */
export async function unmergeAccount(
  context: Needs,
  caller: { staffId: string },
  { accountId, holder }: { accountId: string; holder: Account },
): Promise<string[]> {
  const { merges, history, audit, now } = context;
  const merge = await merges.openOf(accountId);
  if (!merge) throw new AppError(409, 'not_merged', { message: '这个客户没有被合并，或已经恢复' });
  const { ownerId } = holder;
  if (undoUntil(merge.at) <= now())
    throw new AppError(409, 'merge_too_old', { message: '合并已超过 30 天，不能再恢复' });
  await merges.carryOut(merge);
  await merges.takeBack(merge);
  const partedIds = [...new Set([accountId, merge.intoId, holder._id])];
  const place = { timeZone: context.site.timeZone, ...(await context.settings.read()) };
  for (const id of partedIds) await context.touches.refresh(id, place);
  const [by, at] = [caller.staffId, now()];
  const change = { accountId, ownerId, kind: 'account' as const, from: merge.intoId, to: accountId };
  await history.appendOnce([{ _id: `unmerge:${merge._id}`, ...change, why: 'merge taken back', by, at }]);
  const from = { mergedInto: merge.intoId, mergeId: merge._id };
  const subject = `account:${accountId}`;
  await audit.note([{ by, at, act: 'account.unmerge', subject, from, to: { mergedInto: null } }]);
  return partedIds;
}
