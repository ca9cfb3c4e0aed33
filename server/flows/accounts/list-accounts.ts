import type { Context } from '../../context.ts';
import { accountRight, reaches } from '../../domain/accounts/account-right.ts';
import { accountBasics, namer, ONLY_TO_CLAIM } from '../../domain/accounts/account-view.ts';
import { calendarDay, type Day } from '../../domain/calendar.ts';
import type { Stage } from '../../domain/classification/lifecycle.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import type { Tier } from '../../domain/classification/tier.ts';
import type { Account } from '../../store/account-model.ts';

/** What a list is narrowed by; see contract/accounts. */
export type AccountQuery = {
  after?: string | undefined;
  limit: number;
  owner?: string | undefined;
  tier?: Tier | undefined;
  stage?: Stage | undefined;
  valueClass?: string | undefined;
  pool: boolean;
  team: boolean;
  due?: 'due' | 'overdue' | undefined;
  text?: string | undefined;
};

const DATES = { due: (today: Day) => ({ $lte: today }), overdue: (today: Day) => ({ $lt: today }) };

function whose(
  { role, teamIds }: Caller,
  { pool, team, owner }: Pick<AccountQuery, 'pool' | 'team' | 'owner'>,
) {
  return {
    whoseIds: pool || role === 'admin' ? undefined : teamIds,
    ownerId: pool ? null : owner,
    ownedByIds: team ? teamIds : undefined,
  };
}

/**
 * One page of the accounts that the caller may list; the pool is open to everybody, so that it can be claimed from, but of what
 * is not theirs to read they get the basics. What they do not see they cannot look for either: such a page may hold fewer.
 */
export async function listAccounts(
  context: Pick<Context, 'accounts' | 'contacts' | 'staff' | 'site' | 'now'>,
  caller: Caller,
  { owner: named, pool, team, due, ...query }: AccountQuery,
) {
  const { accounts, staff, site, now } = context;
  const [owner] = await staff.spelled(named ? [named] : []);
  const found = await accounts.list({
    ...query,
    limit: query.limit + 1,
    ...whose(caller, { pool, team, owner }),
    due: due && DATES[due](calendarDay(now(), site.timeZone)),
  });
  const page = found.slice(0, query.limit);
  const person = namer(await staff.all());
  const isReadable = await readableTo(context, caller, page);
  const looksDeeper = due !== undefined || query.valueClass !== undefined;
  return {
    accounts: page
      .filter((account) => isReadable(account) || !looksDeeper)
      .map((account) => ({
        ...accountBasics(account, person),
        ...(isReadable(account) ? {} : ONLY_TO_CLAIM),
      })),
    next: nextOf(found, page),
  };
}

const nextOf = (found: readonly Account[], page: readonly Account[]) =>
  found.length === page.length ? null : (page.at(-1)?._id ?? null);

/** Which of these the caller may read; who follows somebody is asked only where nothing else tells. */
async function readableTo(
  { contacts }: Pick<Context, 'contacts'>,
  caller: Caller,
  page: readonly Account[],
): Promise<(account: Account) => boolean> {
  const unsure = page.filter((account) => accountRight(caller, account, []) === 'basics');
  const people = unsure.length > 0 ? await contacts.followedIn(unsure.map(({ _id }) => _id)) : [];
  const followersOf = new Map<string | null, string[]>();
  for (const { accountId, followers } of people)
    followersOf.set(accountId, [
      ...(followersOf.get(accountId) ?? []),
      ...followers.map(({ staffId }) => staffId),
    ]);
  return (account) => reaches(accountRight(caller, account, followersOf.get(account._id) ?? []), 'read');
}
