import type { Context } from '../../context.ts';
import { complaintView, type Complaint } from '../../domain/complaints/complaint.ts';
import type { Channel } from '../../domain/follow-ups/follow-up.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<Context, 'announcements' | 'audit' | 'complaints' | 'contacts' | 'staff' | 'now'>;

/** A complaint as a page sends it; `requestId` makes a repeated send harmless. */
export type ComplaintInput = {
  requestId: string;
  externalUserId: string | null;
  channel: Channel;
  text: string;
};

/**
 * Keeps what a customer complained about, of an account that was opened for the caller.
 *
 * @throws {AppError} 400 `not_in_account` for a contact of another account.
 */
export async function createComplaint(
  context: Needs,
  caller: Caller,
  { account, note }: { account: Account; note: ComplaintInput },
) {
  const { audit, complaints, contacts, staff, now } = context;
  const { requestId, ...said } = note;
  const people = await contacts.ofAccount(account._id);
  if (said.externalUserId && !people.some(({ _id }) => _id === said.externalUserId))
    throw new AppError(400, 'not_in_account', { message: '这位联系人不属于这个客户，请刷新后再试' });
  const by = { by: caller.staffId, at: now() };
  const opened = { openedAt: by.at, openedBy: by.by };
  const complaint: Complaint = {
    _id: `${caller.staffId}:${requestId}`,
    accountId: account._id,
    ...said,
    ...opened,
    ...UNTOUCHED,
  };
  const { _id: id } = complaint;
  if (await complaints.keep(complaint)) {
    const subject = `account:${account._id}`;
    await audit.note([{ ...by, act: 'complaint.open', subject, from: null, to: { id, ...said } }]);
    const about = { accountId: account._id, subjectId: id, contactId: said.externalUserId, ...by };
    await context.announcements.add([{ event: 'complaint.opened', ...about }]);
  }
  return complaintView((await complaints.find(id)) ?? complaint, {
    staff: await staff.namesOf([caller.staffId]),
    contacts: new Map(people.map(({ _id, name }) => [_id, name])),
  });
}

const UNTOUCHED = { closedAt: null, closedBy: null, cause: '', action: '' };
