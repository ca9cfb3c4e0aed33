import type { Context } from '../../context.ts';
import { canSee, type Caller } from '../../domain/staff.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';
import type { Contact } from '../../store/contacts.ts';
import type { Relation } from '../../store/relation-model.ts';

/** A contact that the caller may see, with the account and everybody who follows or followed. */
export type OpenContact = { contact: Contact; account: Account; followers: Relation[] };

/**
 * Opens a contact for a caller: who follows or followed them, leads such a member, or is an admin.
 *
 * @throws {AppError} 404 `contact_not_found`; 403 `not_your_contact`.
 */
export async function openContact(
  { contacts, accounts, relations }: Pick<Context, 'contacts' | 'accounts' | 'relations'>,
  caller: Caller,
  externalUserId: string,
): Promise<OpenContact> {
  const [contact, followers] = await Promise.all([
    contacts.find(externalUserId),
    relations.ofContact(externalUserId),
  ]);
  const account = contact?.accountId ? await accounts.find(contact.accountId) : null;
  if (!contact || !account) {
    throw new AppError(404, 'contact_not_found', { message: '还没有这位客户的资料，请稍后再试' });
  }
  const followerIds = followers.map(({ staffId }) => staffId);
  if (canSee(caller, followerIds)) return { contact, account, followers };
  throw new AppError(403, 'not_your_contact', { message: '只能查看自己或本部门同事的客户' });
}
