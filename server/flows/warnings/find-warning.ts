import type { Context } from '../../context.ts';
import { mayThemselves, type AccountRight } from '../../domain/accounts/account-right.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';
import type { Warning } from '../../store/warning-model.ts';

/** A warning that the caller may go so far with, and the account that it is about. */
export type FoundWarning = { warning: Warning; account: Account };

/**
 * Opens a warning for who may go so far with its account.
 *
 * @throws {AppError} 404 `warning_not_found`, also for one that the caller may not see.
 */
export async function findWarning(
  { accounts, warnings }: Pick<Context, 'accounts' | 'warnings'>,
  caller: Caller,
  { id, to }: { id: string; to: AccountRight },
): Promise<FoundWarning> {
  const warning = await warnings.find(id);
  const account = warning && (await accounts.find(warning.accountId));
  if (warning && account && mayThemselves(caller, account, to)) return { warning, account };
  throw new AppError(404, 'warning_not_found', { message: '没有这条预警' });
}
