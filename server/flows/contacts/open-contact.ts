import type { Context } from '../../context.ts';
import { canSee, type Caller } from '../../domain/staff.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';
import type { ContactWithBook } from '../../store/contacts.ts';

/** A contact that the caller may see, with the account and everybody who follows or followed. */
export type OpenContact = ContactWithBook & { account: Account };

/**
 * Opens a contact for a caller: who follows or followed them, leads such a member, or is an admin.
 *
 * @throws {AppError} 404 `contact_not_found`; 403 `not_your_contact`.
 */
export async function openContact(
  { contacts }: Pick<Context, 'contacts'>,
  caller: Caller,
  externalUserId: string,
): Promise<OpenContact> {
  const found = await contacts.findWithBook(externalUserId);
  if (!found?.account) {
    throw new AppError(404, 'contact_not_found', { message: '还没有这位客户的资料，请稍后再试' });
  }
  const { contact, account, followers } = found;
  const followerIds = followers.map(({ staffId }) => staffId);
  if (canSee(caller, followerIds)) return { contact, account, followers };
  throw new AppError(403, 'not_your_contact', { message: '只能查看自己或本部门同事的客户' });
}
