import type { Context } from '../../context.ts';
import { accountBasics, namer } from '../../domain/account-view.ts';
import { calendarDay, type Day } from '../../domain/calendar.ts';
import type { Stage } from '../../domain/lifecycle.ts';
import type { Caller } from '../../domain/staff.ts';
import type { Tier } from '../../domain/tier.ts';

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

/** One page of the accounts that the caller may list; the pool is open to everybody, so that it can be claimed from. */
export async function listAccounts(
  { accounts, staff, site, now }: Pick<Context, 'accounts' | 'staff' | 'site' | 'now'>,
  caller: Caller,
  { owner, pool, team, due, ...query }: AccountQuery,
) {
  const found = await accounts.list({
    ...query,
    limit: query.limit + 1,
    ...whose(caller, { pool, team, owner }),
    due: due && DATES[due](calendarDay(now(), site.timeZone)),
  });
  const page = found.slice(0, query.limit);
  const person = namer(await staff.all());
  const isLast = found.length === page.length;
  return {
    accounts: page.map((account) => accountBasics(account, person)),
    next: isLast ? null : (page.at(-1)?._id ?? null),
  };
}
