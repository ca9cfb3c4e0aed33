import { accountRight, reaches, type AccountStake } from '../accounts/account-right.ts';
import { canSee, type Caller } from '../staff/staff.ts';

/** How far somebody may go with a contact; who may write may read. */
export type ContactRight = 'none' | 'read' | 'write';

type Following = { staffId: string; lostAt: Date | null; lostBy: string | null };

/**
 * What the caller may do with a contact. Write: who follows them, owns their account, is its deputy or stands in today, who
 * manages such a member, and an admin. Read: who once followed them, and who manages such a member. A follower who handed
 * them over keeps nothing of that.
 *
 * @param standInId today's stand-in of the account's owner; see `absence`.
 */
export function contactRight(
  caller: Caller,
  {
    account,
    standInId,
    followers,
  }: {
    account: AccountStake;
    standInId: string | null;
    followers: readonly Following[];
  },
): ContactRight {
  const active = followers.filter(({ lostAt }) => !lostAt).map(({ staffId }) => staffId);
  const right = accountRight(caller, account, standInId ? [...active, standInId] : active);
  if (reaches(right, 'read')) return 'write';
  const former = followers.filter(({ lostBy }) => lostBy !== 'transferred').map(({ staffId }) => staffId);
  return canSee(caller, former) ? 'read' : 'none';
}
