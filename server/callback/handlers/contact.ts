import { absorbContact } from '../../flows/contacts/absorb-contact.ts';
import { loseAndWarn } from '../../flows/contacts/lose-and-warn.ts';
import { settleTransfer } from '../../flows/transfers/settle-transfer.ts';
import { Added, Deleted, Relation, TransferFailed } from '../events/contact.ts';
import { on, type Handler } from '../handler.ts';

/** What WeCom says when it took the contact away itself, after a colleague has them. Source: wecom.md §2.1. */
const BY_TRANSFER = 'DELETE_BY_TRANSFER';

/** Any other reason than a full list is the customer's own. Source: wecom.md §2.1. */
const FULL = 'customer_limit_exceed';

const add = on(Added, (context, { fields, happenedAt }) => absorbContact(context, fields, happenedAt));
const edit = on(Relation, (context, { fields }) => absorbContact(context, fields, null));

/** Customers come, change, go. Source: wecom.md §2.1. */
export const CONTACT_HANDLERS: Readonly<Record<string, Handler>> = {
  'change_external_contact.add_external_contact': add,
  'change_external_contact.add_half_external_contact': add,
  'change_external_contact.edit_external_contact': edit,
  'change_external_contact.msg_audit_approved': edit,
  'change_external_contact.del_external_contact': on(Deleted, (context, { fields, happenedAt: at }) =>
    loseAndWarn(context, fields, { by: fields.source === BY_TRANSFER ? 'transferred' : 'by_staff', at }),
  ),
  'change_external_contact.del_follow_user': on(Relation, (context, { fields, happenedAt: at }) =>
    loseAndWarn(context, fields, { by: 'by_contact', at }),
  ),
  'change_external_contact.transfer_fail': on(TransferFailed, (context, { fields, happenedAt: at }) => {
    const { staffId: takeoverId, externalUserId, failReason } = fields;
    const outcome = failReason === FULL ? 'full' : 'refused';
    return settleTransfer(context, { takeoverId, externalUserId, outcome, at });
  }),
};
