import { recordMember } from '../../flows/staff/record-member.ts';
import { retireMember } from '../../flows/staff/retire-member.ts';
import { syncDepartments } from '../../flows/staff/sync-departments.ts';
import { Member } from '../events/address-book.ts';
import { on, type Handler } from '../handler.ts';

const record = on(Member, (context, { fields: { staffId, newStaffId } }) =>
  recordMember(context, newStaffId ? { staffId: newStaffId, formerId: staffId } : { staffId }),
);
const redraw: Handler = (context) => syncDepartments(context);

/** Members and departments; nothing of ours hangs on the address book's own tags (`update_tag`). Source: wecom.md §2.4. */
export const ADDRESS_BOOK_HANDLERS: Readonly<Record<string, Handler>> = {
  'change_contact.create_user': record,
  'change_contact.update_user': record,
  'change_contact.delete_user': on(Member, (context, { fields, happenedAt }) =>
    retireMember(context, fields.staffId, happenedAt),
  ),
  'change_contact.create_party': redraw,
  'change_contact.update_party': redraw,
  'change_contact.delete_party': redraw,
};
