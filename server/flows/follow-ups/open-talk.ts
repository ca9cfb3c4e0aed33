import type { Context } from '../../context.ts';
import { isPromised, PROMISED_AWAY } from '../../domain/accounts/account-right.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';
import type { Contact } from '../../store/contacts.ts';

const UNOWNED = '客户在待分配中，还没有负责人：请先在管理后台 → 客户中打开它，点“领取”或分配给同事，再记跟进';

/**
 * What a follow-up with an account is about, of one that was opened for the caller: the account, and whom of it they spoke
 * to; null: nobody in particular. The pool waits for somebody who claims: nobody follows up there, not even who may read it.
 *
 * @throws {AppError} 409 `not_owned`; 400 `not_in_account` for a contact of another account.
 */
export async function openTalk(
  { contacts }: Pick<Context, 'contacts'>,
  account: Account,
  externalUserId: string | null,
): Promise<{ account: Account; contact: Contact | null }> {
  if (account.ownerId === null)
    throw new AppError(409, 'not_owned', { message: isPromised(account) ? PROMISED_AWAY : UNOWNED });
  if (externalUserId === null) return { account, contact: null };
  const contact = await contacts.find(externalUserId);
  if (contact?.accountId === account._id) return { account, contact };
  throw new AppError(400, 'not_in_account', { message: '这位联系人不属于这个客户，请刷新后再试' });
}
