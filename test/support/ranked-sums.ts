import type { Context } from '../../server/context.ts';
import { calendarDay } from '../../server/domain/calendar.ts';
import { periodsOf } from '../../server/domain/deals/order-facts.ts';
import type { Tier } from '../../server/domain/classification/tier.ts';

/** What a book holds, counted from both ends: from the accounts, and from what belongs to them. */
export async function rankedSums({ accounts, contacts, orders, now, site }: Context) {
  const today = calendarDay(now(), site.timeZone);
  const sums = { accounts: 0, contacts: 0, paidOrders: 0, strays: 0, tierValueFen: 0, orderValueFen: 0 };
  const tiers: Record<Tier, number> = { head: 0, waist: 0, tail: 0, unrated: 0 };
  const ids = new Set<string>();
  for await (const { _id, tier, tierWhy } of accounts.all()) {
    sums.accounts += 1;
    tiers[tier] += 1;
    sums.tierValueFen += tierWhy?.valueFen ?? 0;
    ids.add(_id);
  }
  sums.contacts = (await contacts.ofAccounts([...ids])).length;
  for await (const facts of orders.facts(periodsOf(today, 12))) {
    sums.paidOrders += facts.paidOrders;
    sums.orderValueFen += facts.window.revenueFen;
    if (!ids.has(facts.accountId)) sums.strays += 1;
  }
  return { ...sums, tiers };
}
