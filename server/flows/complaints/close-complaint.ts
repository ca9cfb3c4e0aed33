import type { Context } from '../../context.ts';
import { complaintView } from '../../domain/complaints/complaint.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import { AppError } from '../../errors.ts';
import { endEndedWarnings } from '../warnings/end-ended-warnings.ts';
import type { FoundComplaint } from './find-complaint.ts';

type Needs = Pick<Context, 'audit' | 'complaints' | 'contacts' | 'staff'> &
  Parameters<typeof endEndedWarnings>[0];

/**
 * Closes a complaint that was opened for the caller, with what the cause was and what was done, and the warning about it.
 *
 * @throws {AppError} 409 `complaint_closed`.
 */
export async function closeComplaint(
  context: Needs,
  caller: Caller,
  { opened, cause, action }: { opened: FoundComplaint; cause: string; action: string },
) {
  const { audit, complaints, contacts, staff, now } = context;
  const { complaint, account } = opened;
  const { _id: id } = complaint;
  const at = now();
  const fields = { closedAt: at, closedBy: caller.staffId, cause, action };
  if (!(await complaints.close(id, fields)))
    throw new AppError(409, 'complaint_closed', { message: '这条投诉已经关闭' });
  const subject = `account:${account._id}`;
  const [from, to] = [
    { id, closedAt: null },
    { id, ...fields },
  ];
  await audit.note([{ by: caller.staffId, at, act: 'complaint.close', subject, from, to }]);
  const { externalUserId } = complaint;
  const about = { accountId: account._id, subjectId: id, contactId: externalUserId, by: caller.staffId, at };
  await context.announcements.add([{ event: 'complaint.closed', ...about }]);
  await endEndedWarnings(context, account._id);
  const contact = externalUserId ? await contacts.find(externalUserId) : null;
  return complaintView(
    { ...complaint, ...fields },
    {
      staff: await staff.namesOf([complaint.openedBy, caller.staffId]),
      contacts: new Map(contact ? [[contact._id, contact.name]] : []),
    },
  );
}
