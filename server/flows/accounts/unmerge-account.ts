import type { Context } from '../../context.ts';
import { undoUntil } from '../../domain/account-merge.ts';
import { mayManage, type Caller } from '../../domain/staff.ts';
import { AppError } from '../../errors.ts';

type Needs = Pick<
  Context,
  'accounts' | 'merges' | 'touches' | 'settings' | 'history' | 'audit' | 'site' | 'now'
>;

/**
 * Brings a merged account back as it was, with what it brought and nobody has split off since; what was added after the merge
 * stays. Within 30 days, for who owns or manages the account that it went into.
 *
 * @returns the ids of the account and of those that held what it brought.
 * @throws {AppError} 403 `not_your_account`; 409 `not_merged` or `merge_too_old`.
 */
export async function unmergeAccount(context: Needs, caller: Caller, accountId: string): Promise<string[]> {
  const { accounts, merges, history, audit, now } = context;
  const merge = await merges.openOf(accountId);
  const holder = await accounts.findStanding(accountId);
  if (!merge || !holder) throw new AppError(409, 'not_merged', { message: '这个客户没有被合并，或已经恢复' });
  const { ownerId } = holder;
  if (ownerId !== caller.staffId && !mayManage(caller, ownerId ? [ownerId] : []))
    throw new AppError(403, 'not_your_account', { message: '只能恢复自己或本部门同事负责的客户' });
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
