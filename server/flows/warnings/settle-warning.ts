import type { Context } from '../../context.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import { warningView } from '../../domain/warnings/view.ts';
import { AppError } from '../../errors.ts';
import type { FoundWarning } from './find-warning.ts';

type Needs = Pick<Context, 'announcements' | 'audit' | 'staff' | 'warnings' | 'site' | 'now'>;

/** What somebody does about a warning: takes it on, or says what was done. */
export type Settlement = { opened: FoundWarning; to: 'acknowledged' | 'resolved'; note: string };

/**
 * Keeps who took a warning on that was opened for them, or resolved it, when and with which words.
 *
 * @throws {AppError} 409 `warning_resolved`.
 */
export async function settleWarning(context: Needs, caller: Caller, { opened, to, note }: Settlement) {
  const { audit, staff, warnings, site, now } = context;
  const { account, warning } = opened;
  const { _id: id } = warning;
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
