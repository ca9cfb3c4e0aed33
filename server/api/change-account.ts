import type { Context } from '../context.ts';
import { versionOf } from '../domain/accounts/account-edits.ts';
import type { AccountRight } from '../domain/accounts/account-right.ts';
import { openAccount } from '../flows/accounts/open-account.ts';
import { readConflict } from '../flows/accounts/read-conflict.ts';
import type { Signed } from './caller.ts';

/** An account that was opened for the caller. */
export type Account = Awaited<ReturnType<typeof openAccount>>['account'];

/** Which account, how far the caller must be allowed to go, and which version they looked at; undefined: what stands now. */
export type Changing = {
  accountId: string;
  caller: Signed['caller'];
  to: AccountRight;
  version: number | undefined;
};

/**
 * Changes an account by hand: of two who change it at once the second is refused and told what the first changed. `write` gives
 * `false` when somebody was faster after it was opened.
 *
 * @throws {AppError} 409 `changed_meanwhile`; see `read-conflict` for its details.
 */
export async function changeAccount(
  context: Context,
  { accountId, caller, to, version }: Changing,
  write: (account: Account) => Promise<boolean>,
): Promise<Account> {
  const { account } = await openAccount(context, caller, { accountId, to });
  const standing = versionOf(account);
  const seen = version ?? standing;
  if (seen === standing && (await write(account))) return account;
  throw await readConflict(context, account._id, seen);
}
