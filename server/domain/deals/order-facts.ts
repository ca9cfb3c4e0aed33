import { addDays, addMonths, type Day } from '../calendar.ts';
import { PARTNER_KINDS, type Order } from './order.ts';
import type { TierBasis } from '../classification/tier.ts';

/** The spans that classification reads on `today`: the window, the running year and the two full years before it. */
export type Periods = {
  today: Day;
  windowFrom: Day;
  runningFrom: Day;
  lastYearFrom: Day;
  yearBeforeFrom: Day;
};

/** Days of the periods; the window is the last `windowMonths` months, today included. Source: domain.md §3, §4. */
export function periodsOf(today: Day, windowMonths: number): Periods {
  const year = Number(today.slice(0, 4));
  return {
    today,
    windowFrom: addDays(addMonths(today, -windowMonths), 1),
    runningFrom: `${year}-01-01`,
    lastYearFrom: `${year - 1}-01-01`,
    yearBeforeFrom: `${year - 2}-01-01`,
  };
}

/** What came in and what was left of it, in fen: refunds are taken off both. */
export type Sums = { revenueFen: number; profitFen: number };

/** What classification reads of an account's orders. An order that was paid back whole is no paid order. */
export type OrderFacts = {
  paidOrders: number;
  firstOrderOn: Day | null;
  lastOrderOn: Day | null;
  partnerOrder: boolean; // of kind agency, distribution or equity
  lifetimeFen: number; // revenue ever
  window: Sums;
  runningYear: Sums;
  lastYear: Sums;
  yearBefore: Sums;
};

/** What is read of one order; `refundedFen` absent: nothing was paid back. */
export type PaidOrder = Pick<Order, 'amountFen' | 'costFen' | 'paidOn' | 'kind'> & {
  refundedFen?: number | null | undefined;
};

const nothing = (): Sums => ({ revenueFen: 0, profitFen: 0 });

/** The facts of an account without orders. */
export const noOrders = (): OrderFacts => ({
  paidOrders: 0,
  firstOrderOn: null,
  lastOrderOn: null,
  partnerOrder: false,
  lifetimeFen: 0,
  window: nothing(),
  runningYear: nothing(),
  lastYear: nothing(),
  yearBefore: nothing(),
});

/** True when nothing of the order was paid back, or not all. */
export const isStillPaid = ({
  amountFen,
  refundedFen,
}: Pick<PaidOrder, 'amountFen' | 'refundedFen'>): boolean => !refundedFen || refundedFen < amountFen;

/** The facts of one account; orders after today do not count yet. */
export function orderFactsOf(orders: Iterable<PaidOrder>, periods: Periods): OrderFacts {
  const facts = noOrders();
  for (const order of orders) if (order.paidOn <= periods.today) addOrder(facts, order, periods);
  return facts;
}

function addOrder(facts: OrderFacts, order: PaidOrder, periods: Periods): void {
  const revenueFen = order.amountFen - Math.min(order.refundedFen ?? 0, order.amountFen);
  for (const period of periodsWith(order.paidOn, periods)) {
    facts[period].revenueFen += revenueFen;
    facts[period].profitFen += revenueFen - order.costFen;
  }
  facts.lifetimeFen += revenueFen;
  if (!isStillPaid(order)) return;
  facts.paidOrders += 1;
  facts.firstOrderOn = earlierOf(facts.firstOrderOn, order.paidOn);
  facts.lastOrderOn = laterOf(facts.lastOrderOn, order.paidOn);
  facts.partnerOrder ||= PARTNER_KINDS.includes(order.kind);
}

const earlierOf = (known: Day | null, day: Day) => (known !== null && known < day ? known : day);
const laterOf = (known: Day | null, day: Day) => (known !== null && known > day ? known : day);

type Period = 'window' | 'runningYear' | 'lastYear' | 'yearBefore';

function periodsWith(day: Day, periods: Periods): Period[] {
  const found: Period[] = day >= periods.windowFrom ? ['window'] : [];
  if (day >= periods.runningFrom) found.push('runningYear');
  else if (day >= periods.lastYearFrom) found.push('lastYear');
  else if (day >= periods.yearBeforeFrom) found.push('yearBefore');
  return found;
}

/** What an account is ranked by in a period, in fen; of lifetime revenue, what there was by the end of it. Source: domain.md §3. */
export function valueOf(
  facts: OrderFacts,
  basis: TierBasis,
  period: 'window' | 'lastYear' | 'yearBefore' = 'window',
): number {
  if (basis === 'revenue') return facts[period].revenueFen;
  if (basis === 'profit') return facts[period].profitFen;
  if (period === 'window') return facts.lifetimeFen;
  const byLastYear = facts.lifetimeFen - facts.runningYear.revenueFen;
  return period === 'lastYear' ? byLastYear : byLastYear - facts.lastYear.revenueFen;
}
