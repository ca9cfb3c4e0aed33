import type { Context } from '../../context.ts';
import { calendarDay } from '../../domain/calendar.ts';
import { isPromised, PROMISED } from '../../domain/accounts/account-right.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<
  Context,
  'accounts' | 'merges' | 'touches' | 'settings' | 'history' | 'audit' | 'site' | 'now'
>;
/** Both were opened for the caller to decide about; `from` itself, also when it was merged before. */
type Asked = { from: Account; into: Account; reason: string };

/**
 * Merges one account into another with everything in it; the other's own values win. Repeatable: a merge that was cut short is
 * ended.
 *
 * @returns the id of the account that stays.
 * @throws {AppError} 400 `merge_with_itself`; 409 `promised_to_heir` or `merged_elsewhere`.
 */
export async function mergeAccount(
  context: Needs,
  caller: { staffId: string },
  { from, into, reason }: Asked,
): Promise<string> {
  const { merges, now, site } = context;
  if (from._id === into._id)
    throw new AppError(400, 'merge_with_itself', { message: '不能把客户合并到它自己' });
  if (isPromised(from) || isPromised(into))
    throw new AppError(409, 'promised_to_heir', { message: PROMISED });
  const by = caller.staffId;
  const about = { fromId: from._id, fromName: from.name, intoId: into._id, reason };
  const at = now();
  const merge = await merges.begin({ ...about, by, at, on: calendarDay(at, site.timeZone) });
  if (!merge || !(await merges.carryOut(merge)))
    throw new AppError(409, 'merged_elsewhere', { message: '这个客户刚被合并到别处，请刷新后再试' });
  await noteMerge(context, { mergeId: merge._id, from, intoId: into._id, by, reason });
  return into._id;
}

type Done = { mergeId: string; from: Account; intoId: string; by: string; reason: string };

async function noteMerge(context: Needs, { mergeId, from, intoId, by, reason }: Done): Promise<void> {
  const { accounts, touches, settings, history, audit, site, now } = context;
  const into = await accounts.find(intoId);
  if (!into) return;
  const place = { timeZone: site.timeZone, ...(await settings.read()) };
  await touches.refresh(intoId, place);
  const about = { accountId: intoId, ownerId: into.ownerId, by, at: now() };
  const change = { ...about, kind: 'account' as const, from: from._id, to: intoId, why: reason };
  await history.appendOnce([{ _id: `merge:${mergeId}`, ...change }]);
  const to = { mergedInto: intoId, mergeId, reason };
  const subject = `account:${from._id}`;
  await audit.note([{ by, at: now(), act: 'account.merge', subject, from: { mergedInto: null }, to }]);
}
