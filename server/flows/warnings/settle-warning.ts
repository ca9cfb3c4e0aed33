import type { Context } from '../../context.ts';
import { accountRight, reaches } from '../../domain/accounts/account-right.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import { warningView } from '../../domain/warnings/view.ts';
import { AppError } from '../../errors.ts';

type Needs = Pick<Context, 'accounts' | 'announcements' | 'audit' | 'staff' | 'warnings' | 'site' | 'now'>;

/** What somebody does about a warning: takes it on, or says what was done. */
export type Settlement = { id: string; to: 'acknowledged' | 'resolved'; note: string };

/**
 * Keeps who took a warning on, or resolved it, when and with which words.
 *
 * @throws {AppError} 404 `warning_not_found`, also for one that the caller may not see; 409 `warning_resolved`.
 */
export async function settleWarning(context: Needs, caller: Caller, { id, to, note }: Settlement) {
  const { accounts, audit, staff, warnings, site, now } = context;
  const warning = await warnings.find(id);
  const account = warning && (await accounts.find(warning.accountId));
  if (!warning || !account || !reaches(accountRight(caller, account, []), 'read'))
    throw new AppError(404, 'warning_not_found', { message: '没有这条预警' });
  const by = { by: caller.staffId, at: now() };
  const fields =
    to === 'acknowledged'
      ? { state: to, acknowledgedAt: by.at, acknowledgedBy: by.by, note }
      : { state: to, resolvedAt: by.at, resolvedBy: by.by, note, untold: [] };
  if (!(await warnings.settle(id, fields)))
    throw new AppError(409, 'warning_resolved', { message: '这条预警已经处理完毕' });
  const [from, after] = [
    { state: warning.state, note: warning.note },
    { state: to, note },
  ];
  await audit.note([{ ...by, act: `warning.${to}`, subject: `account:${account._id}`, from, to: after }]);
  const about = { accountId: account._id, subjectId: id, contactId: warning.contactId, ...by };
  if (to === 'resolved') await context.announcements.add([{ event: 'warning.resolved', ...about }]);
  const names = new Map((await staff.all()).map(({ _id, name }) => [_id, name]));
  const nameOf = (staffId: string) => names.get(staffId) ?? staffId;
  return warningView({ ...warning, ...fields }, { account, nameOf, publicUrl: site.publicUrl });
}
