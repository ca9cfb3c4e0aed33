import type { Context } from '../context.ts';
import { versionOf } from '../domain/accounts/account-edits.ts';
import type { LoadedAccount } from '../flows/accounts/load-account.ts';
import { readConflict } from '../flows/accounts/read-conflict.ts';

/** Which account, as it was opened for the caller, and which version they looked at; undefined: what stands now. */
export type Changing = { account: LoadedAccount['account']; version: number | undefined };

/**
 * Changes an account by hand: of two who change it at once the second is refused and told what the first changed. `write` gives
 * `false` when somebody was faster after it was opened.
 *
 * @throws {AppError} 409 `changed_meanwhile`; see `read-conflict` for its details.
 */
export async function changeAccount(
  context: Context,
  { account, version }: Changing,
  write: () => Promise<boolean>,
): Promise<void> {
  const standing = versionOf(account);
  const seen = version ?? standing;
  if (seen === standing && (await write())) return;
  throw await readConflict(context, account._id, seen);
}
