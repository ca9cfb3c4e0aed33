import type { Context } from '../../context.ts';
import { awayOn, standInOf } from '../../domain/absence.ts';
import { calendarDay } from '../../domain/calendar.ts';
import { canSeeAccount, type Caller } from '../../domain/staff.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<Context, 'absences' | 'accounts' | 'contacts' | 'now' | 'site'>;

/**
 * Opens an account for a caller: owner, deputy, today's stand-in, who follows one of its contacts, their manager, or an admin;
 * one of the pool for everybody, so that it can be claimed. An account that was merged gives the one it was merged into.
 *
 * @throws {AppError} 404 `account_not_found`; 403 `not_your_account`.
 */
export async function openAccount(context: Needs, caller: Caller, accountId: string): Promise<Account> {
  const { accounts, contacts } = context;
  const account = await accounts.findStanding(accountId);
  if (!account) throw new AppError(404, 'account_not_found', { message: '没有这个客户，可能已被删除' });
  if (account.ownerId === null || canSeeAccount(caller, account, [])) return account;
  const people = await contacts.followedIn([account._id]);
  const followerIds = people.flatMap(({ followers }) => followers.map(({ staffId }) => staffId));
  if (canSeeAccount(caller, account, followerIds)) return account;
  if (canSeeAccount(caller, account, await standInsOf(context, account))) return account;
  throw new AppError(403, 'not_your_account', { message: '只能查看自己或本部门同事的客户' });
}

/** Who stands in for the owner today: nobody or one. */
async function standInsOf({ absences, now, site }: Needs, account: Account): Promise<string[]> {
  const today = calendarDay(now(), site.timeZone);
  const standInId = standInOf(account, awayOn(await absences.on(today), today));
  return standInId ? [standInId] : [];
}
