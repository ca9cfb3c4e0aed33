import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../server/domain/calendar.ts';
import {
  isStillPaid,
  noOrders,
  orderFactsOf,
  periodsOf,
  valueOf,
} from '../../../../server/domain/deals/order-facts.ts';

const PERIODS = periodsOf('2026-03-11', 12);
const anOrder = (paidOn: string, amountFen = 100, more: { costFen?: number; refundedFen?: number } = {}) => ({
  paidOn,
  amountFen,
  costFen: 0,
  kind: 'sale' as const,
  ...more,
});
const facts = (...orders: ReturnType<typeof anOrder>[]) => orderFactsOf(orders, PERIODS);

it('value over the last 12 months; classes over the last two full years and the running one', () => {
  expect(PERIODS).toEqual({
    today: '2026-03-11',
    windowFrom: '2025-03-12',
    runningFrom: '2026-01-01',
    lastYearFrom: '2025-01-01',
    yearBeforeFrom: '2024-01-01',
  });
  expect(periodsOf('2026-03-31', 1).windowFrom).toBe('2026-03-01');
});

it('knows nothing of an account without orders', () => {
  expect(facts()).toEqual(noOrders());
});

const where = (paidOn: string) => {
  const found = facts(anOrder(paidOn));
  const periods = ['window', 'runningYear', 'lastYear', 'yearBefore'] as const;
  return periods.filter((period) => found[period].revenueFen === 100);
};

describe('an order counts', () => {
  it.each([
    ['2026-03-11', ['window', 'runningYear']],
    ['2026-01-01', ['window', 'runningYear']],
    ['2025-12-31', ['window', 'lastYear']],
    ['2025-03-12', ['window', 'lastYear']],
    ['2025-03-11', ['lastYear']],
    ['2025-01-01', ['lastYear']],
    ['2024-12-31', ['yearBefore']],
    ['2024-01-01', ['yearBefore']],
    ['2023-12-31', []],
  ])('paid on %s, in %j', (paidOn, periods) => {
    expect(where(paidOn)).toEqual(periods);
  });

  it('not at all while it lies in the future', () => {
    expect(facts(anOrder('2026-03-12'))).toEqual(noOrders());
  });
});

describe('refunds', () => {
  it('are taken off revenue and profit', () => {
    const found = facts(anOrder('2026-02-01', 1_000, { costFen: 600, refundedFen: 300 }));
    expect(found).toMatchObject({ paidOrders: 1, window: { revenueFen: 700, profitFen: 100 } });
  });

  it.each([
    [0, true],
    [999, true],
    [1_000, false],
    [1_001, false],
  ])('of %d out of 1000 leave a paid order: %s', (refundedFen, isPaid) => {
    expect(isStillPaid({ amountFen: 1_000, refundedFen })).toBe(isPaid);
    const found = facts(anOrder('2026-02-01', 1_000, { refundedFen }));
    expect(found.paidOrders).toBe(isPaid ? 1 : 0);
    expect(found.firstOrderOn).toBe(isPaid ? '2026-02-01' : null);
    expect(found.window.revenueFen).toBe(Math.max(0, 1_000 - refundedFen));
  });

  it('of everything make no repeat customer of a first purchase, and no partner', () => {
    const undone = { ...anOrder('2026-02-01', 5, { refundedFen: 5 }), kind: 'agency' as const };
    expect(orderFactsOf([undone, anOrder('2026-02-02')], PERIODS)).toMatchObject({
      paidOrders: 1,
      partnerOrder: false,
    });
  });
});

it.each(['agency', 'distribution', 'equity'] as const)('an order of kind %s makes a partner', (kind) => {
  expect(orderFactsOf([{ ...anOrder('2020-01-01'), kind }], PERIODS).partnerOrder).toBe(true);
});

it('ranks by revenue, by profit, or by lifetime revenue, as of the end of each year', () => {
  const found = facts(
    anOrder('2020-05-05', 1),
    anOrder('2024-05-05', 10, { costFen: 4 }),
    anOrder('2025-05-05', 100, { costFen: 150 }),
    anOrder('2026-02-02', 1_000),
  );
  const values = (basis: 'revenue' | 'profit' | 'lifetime_revenue') =>
    (['window', 'lastYear', 'yearBefore'] as const).map((period) => valueOf(found, basis, period));
  expect(values('revenue')).toEqual([1_100, 100, 10]);
  expect(values('profit')).toEqual([950, -50, 6]);
  expect(values('lifetime_revenue')).toEqual([1_111, 111, 11]);
  expect(valueOf(found, 'revenue')).toBe(1_100);
});

it('all sums in fen agree, in whatever order the orders come', () => {
  const anyOrder = fc.record({
    paidOn: fc.nat(2_000).map((days) => addDays('2026-06-01', -days)),
    amountFen: fc.nat(1_000_000_000),
    costFen: fc.nat(1_000_000_000),
    refundedFen: fc.nat(1_000_000_000),
    kind: fc.constantFrom('sale' as const, 'agency' as const),
  });
  fc.assert(
    fc.property(fc.array(anyOrder), (orders) => {
      const found = orderFactsOf(orders, PERIODS);
      const past = orders.filter(({ paidOn }) => paidOn <= PERIODS.today);
      const netOf = (all: typeof orders) =>
        all.reduce(
          (sum, { amountFen, refundedFen }) => sum + amountFen - Math.min(amountFen, refundedFen),
          0,
        );
      const older = past.filter(({ paidOn }) => paidOn < PERIODS.yearBeforeFrom);
      const years = found.yearBefore.revenueFen + found.lastYear.revenueFen + found.runningYear.revenueFen;
      expect(found.lifetimeFen).toBe(netOf(past));
      expect(years + netOf(older)).toBe(found.lifetimeFen);
      expect(orderFactsOf(orders.toReversed(), PERIODS)).toEqual(found);
    }),
  );
});
