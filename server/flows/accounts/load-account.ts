import type { Context } from '../../context.ts';
import { awayOn, standInOf } from '../../domain/staff/absence.ts';
import {
  accountRight,
  isPromised,
  PROMISED_AWAY,
  reaches,
  rightFor,
  type AccountRight,
  type AccountAccess,
} from '../../domain/accounts/account-right.ts';
import { calendarDay } from '../../domain/calendar.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<Context, 'absences' | 'accounts' | 'contacts' | 'now' | 'site'>;

/** Which account, and how far the caller must be allowed to go. `itself`: also when it was merged into another. */
export type Asked = { accountId: string; to: AccountAccess; itself?: boolean };

/** An account, and how far the caller may go with it. */
export type LoadedAccount = { account: Account; right: AccountRight };

/**
 * Opens an account for a caller; see `accountRight`. One that was merged gives the one it was merged into, unless `itself` is
 * wanted. Followers and absences are asked for only where nothing else gives the right.
 *
 * @throws {AppError} 404 `account_not_found`; 403 `claim_first` for one in the pool of which the caller gets the basics;
 * `not_your_account` or `not_your_team`; 409 `not_owned` for one in the pool that the caller may read, but nobody talks with.
 */
export async function loadAccount(
  context: Needs,
  caller: Caller,
  { accountId, to, itself = false }: Asked,
): Promise<LoadedAccount> {
  const { accounts } = context;
  const account = itself ? await accounts.find(accountId) : await accounts.resolveMerged(accountId);
  if (!account) throw new AppError(404, 'account_not_found', { message: '没有这个客户，可能已被删除' });
  const right = await rightOf(context, caller, account);
  if (!reaches(right, rightFor(to))) throw refusal(account, right, to);
  if (to === 'talk' && account.ownerId === null)
    throw new AppError(409, 'not_owned', { message: isPromised(account) ? PROMISED_AWAY : UNOWNED });
  return { account, right };
}

async function rightOf(context: Needs, caller: Caller, account: Account): Promise<AccountRight> {
  const own = accountRight(caller, account, []);
  if (reaches(own, 'read')) return own;
  const people = await context.contacts.followedIn([account._id]);
  const followerIds = people.flatMap(({ followers }) => followers.map(({ staffId }) => staffId));
  const asFollower = accountRight(caller, account, followerIds);
  if (reaches(asFollower, 'read')) return asFollower;
  return accountRight(caller, account, await standInsOf(context, account));
}

/** Who stands in for the owner today: nobody or one. */
async function standInsOf({ absences, now, site }: Needs, account: Account): Promise<string[]> {
  if (account.ownerId === null) return [];
  const today = calendarDay(now(), site.timeZone);
  const standInId = standInOf(account, awayOn(await absences.on(today), today));
  return standInId ? [standInId] : [];
}

const CLAIM_FIRST = '客户在待分配中：请先在管理后台 → 客户中打开它，点“领取”，之后就能查看、修改和记跟进';

const UNOWNED = '客户在待分配中，还没有负责人：请先在管理后台 → 客户中打开它，点“领取”或分配给同事，再记跟进';

function refusal(account: Account, right: AccountRight, to: AccountAccess): AppError {
  if (right === 'basics')
    return new AppError(403, 'claim_first', { message: isPromised(account) ? PROMISED_AWAY : CLAIM_FIRST });
  if (to === 'manage')
    return new AppError(403, 'not_your_team', { message: '只有负责人的主管和管理员可以修改' });
  const message = right === 'none' ? '只能查看自己或本部门同事的客户' : '只能修改自己或本部门同事负责的客户';
  return new AppError(403, 'not_your_account', { message });
}
