import type { Context } from '../../context.ts';
import { mayThemselves, type AccountRight } from '../../domain/accounts/account-right.ts';
import type { Complaint } from '../../domain/complaints/complaint.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';

/** A complaint that the caller may go so far with, and the account that it is about. */
export type FoundComplaint = { complaint: Complaint; account: Account };

/**
 * Opens a complaint for who may go so far with its account.
 *
 * @throws {AppError} 404 `complaint_not_found`, also for one of an account of others.
 */
export async function findComplaint(
  { accounts, complaints }: Pick<Context, 'accounts' | 'complaints'>,
  caller: Caller,
  { id, to }: { id: string; to: AccountRight },
): Promise<FoundComplaint> {
  const complaint = await complaints.find(id);
  const account = complaint && (await accounts.resolveMerged(complaint.accountId));
  if (complaint && account && mayThemselves(caller, account, to)) return { complaint, account };
  throw new AppError(404, 'complaint_not_found', { message: '没有这条投诉，或不由您负责' });
}
