import type { Context } from '../../context.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';
import type { Contact } from '../../store/contacts.ts';

/**
 * What a follow-up with an account is about, of one that was opened for the caller to `talk`: the account, and whom of it they
 * spoke to; null: nobody in particular.
 *
 * @throws {AppError} 400 `not_in_account` for a contact of another account.
 */
export async function loadTalk(
  { contacts }: Pick<Context, 'contacts'>,
  account: Account,
  externalUserId: string | null,
): Promise<{ account: Account; contact: Contact | null }> {
  if (externalUserId === null) return { account, contact: null };
  const contact = await contacts.find(externalUserId);
  if (contact?.accountId === account._id) return { account, contact };
  throw new AppError(400, 'not_in_account', { message: '这位联系人不属于这个客户，请刷新后再试' });
}
