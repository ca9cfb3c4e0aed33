import type { Context } from '../../context.ts';
import { complaintView, type ComplaintState } from '../../domain/complaints/complaint.ts';
import { contactNames } from '../../domain/contacts/contact-name.ts';
import { reaches, type AccountRight } from '../../domain/accounts/account-right.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<Context, 'complaints' | 'contacts' | 'relations' | 'staff'>;

const LONGEST_LIST = 100;

/** Complaints of an account that was opened for the caller, the latest first, at most 100. */
export async function listComplaints(
  { complaints, contacts, relations, staff }: Needs,
  caller: Caller,
  { account, right, state }: { account: Account; right: AccountRight; state: ComplaintState },
) {
  const found = await complaints.ofAccount(account._id, state, LONGEST_LIST);
  const staffIds = found.flatMap(({ openedBy, closedBy }) => (closedBy ? [openedBy, closedBy] : [openedBy]));
  const people = await contacts.ofAccount(account._id);
  const followers = await relations.followersOf(people.map(({ _id }) => _id));
  const names = {
    staff: await staff.namesOf(staffIds),
    contacts: contactNames(people, followers, [caller.staffId, account.ownerId]),
  };
  return {
    complaints: found.map((complaint) => complaintView(complaint, names)),
    may: { close: reaches(right, 'edit') },
  };
}
