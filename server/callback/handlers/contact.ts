import type { Context } from '../../context.ts';
import { classifyAccount } from '../../flows/accounts/classify-account.ts';
import { placeContacts } from '../../flows/accounts/place-contacts.ts';
import { loseContact } from '../../flows/contacts/lose-contact.ts';
import { recordContact } from '../../flows/contacts/record-contact.ts';
import { refreshTags } from '../../flows/tags/refresh-tags.ts';
import { tagAccount } from '../../flows/tags/tag-account.ts';
import { settleTransfer } from '../../flows/transfers/settle-transfer.ts';
import { warnAtOnce } from '../../warn-at-once.ts';
import { Added, Deleted, Relation, TransferFailed } from '../events/contact.ts';
import { on, type Handler } from '../handler.ts';

type Key = { staffId: string; externalUserId: string };

/** What WeCom says when it took the contact away itself, after a colleague has them. Source: wecom.md §2.1. */
const BY_TRANSFER = 'DELETE_BY_TRANSFER';

/** Any other reason than a full list is the customer's own. Source: wecom.md §2.1. */
const FULL = 'customer_limit_exceed';

/** The welcome is not sent here: see `welcome-lane`. */
async function refresh(
  context: Context,
  { staffId, externalUserId }: Key,
  addedAt: Date | null,
): Promise<void> {
  if (!(await recordContact(context, { staffId, externalUserId }, { addedAt }))) return;
  const grownIds = new Set<string>();
  const accountId = (await placeContacts(context, [externalUserId], grownIds)).get(externalUserId);
  for (const id of grownIds) await classifyAccount(context, id, 'place-contact');
  if (accountId) await tagAccount(context, accountId, refreshTags);
}

/** What a lost contact may mean. Source: domain.md §12. */
const LOSS_KINDS = ['contact_left', 'contact_deleted', 'kdm_left', 'single_threaded'] as const;

async function lose(context: Context, key: Key, loss: Parameters<typeof loseContact>[2]): Promise<void> {
  await loseContact(context, key, loss);
  const contact = await context.contacts.find(key.externalUserId);
  if (contact?.accountId) await warnAtOnce(context, contact.accountId, LOSS_KINDS);
}

const add = on(Added, (context, { fields, happenedAt }) => refresh(context, fields, happenedAt));
const edit = on(Relation, (context, { fields }) => refresh(context, fields, null));

/** Customers come, change, go. Source: wecom.md §2.1. */
export const CONTACT_HANDLERS: Readonly<Record<string, Handler>> = {
  'change_external_contact.add_external_contact': add,
  'change_external_contact.add_half_external_contact': add,
  'change_external_contact.edit_external_contact': edit,
  'change_external_contact.msg_audit_approved': edit,
  'change_external_contact.del_external_contact': on(Deleted, (context, { fields, happenedAt: at }) =>
    lose(context, fields, { by: fields.source === BY_TRANSFER ? 'transferred' : 'by_staff', at }),
  ),
  'change_external_contact.del_follow_user': on(Relation, (context, { fields, happenedAt: at }) =>
    lose(context, fields, { by: 'by_contact', at }),
  ),
  'change_external_contact.transfer_fail': on(TransferFailed, (context, { fields, happenedAt: at }) => {
    const { staffId: takeoverId, externalUserId, failReason } = fields;
    const outcome = failReason === FULL ? 'full' : 'refused';
    return settleTransfer(context, { takeoverId, externalUserId, outcome, at });
  }),
};
