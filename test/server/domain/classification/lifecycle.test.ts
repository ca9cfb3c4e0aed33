import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../server/domain/calendar.ts';
import {
  dimensionOf,
  isStageFall,
  STAGES,
  stageOf,
  type LifecycleFacts,
} from '../../../../server/domain/classification/lifecycle.ts';
import { LOYAL, NOTHING, ONE_ORDER, today, TWO_ORDERS } from '../../../support/lifecycle-facts.ts';

const rank = (facts: LifecycleFacts) => STAGES.indexOf(stageOf(facts, today));
const stage = (facts: Partial<LifecycleFacts>, day = today) => stageOf({ ...NOTHING, ...facts }, day);

it('knows the eight stages, lowest first', () => {
  expect(STAGES).toEqual([
    'suspect',
    'prospect',
    'first_purchase',
    'repeat',
    'long_term',
    'advocate',
    'strategic_partner',
    'partner',
  ]);
});

it('is managed as select (stages 1–2), acquire (3), keep (4–5), expand (6–8)', () => {
  const expected = 'select select acquire keep keep expand expand expand';
  expect(STAGES.map(dimensionOf).join(' ')).toBe(expected);
});

it('starts as a suspect: known, and nothing more', () => {
  expect(stage({})).toBe('suspect');
});

describe('prospect: an open opportunity whose expected close lies within 90 days', () => {
  it.each([
    ['closes today', '2026-07-15', 'prospect'],
    ['closes tomorrow', '2026-07-16', 'prospect'],
    ['closes in 90 days', '2026-10-13', 'prospect'],
    ['closes in 91 days', '2026-10-14', 'suspect'],
    ['should have closed yesterday', '2026-07-14', 'suspect'],
    ['has no expected close', null, 'suspect'],
  ])('one that %s', (_, opportunityClosesOn, expected) => {
    expect(stage({ opportunityClosesOn })).toBe(expected);
  });
});

describe('first_purchase: exactly one paid order; repeat: two or more', () => {
  it.each([
    [0, 'suspect'],
    [1, 'first_purchase'],
    [2, 'repeat'],
    [3, 'repeat'],
    [50, 'repeat'],
  ])('%d paid of late: %s', (paidOrders, expected) => {
    expect(stage({ ...TWO_ORDERS, paidOrders })).toBe(expected);
  });

  it('outrank an open opportunity', () => {
    expect(stage({ ...ONE_ORDER, opportunityClosesOn: today })).toBe('first_purchase');
  });

  it('one alone never counts as repeat, however long ago, however happy, whoever was referred', () => {
    const facts = { ...LOYAL, paidOrders: 1, latestNps: 10, largestSharePercent: 100, referralsWon: 3 };
    expect(stage(facts)).toBe('first_purchase');
  });

  it('that were all cancelled leave a suspect, whatever else is on record', () => {
    expect(stage({ latestNps: 10, largestSharePercent: 100, referralsWon: 3 })).toBe('suspect');
  });
});

describe('long_term: repeat, first order ≥ 12 months ago, an order in the last 6 months', () => {
  it.each([
    ['both on the very day', '2025-07-15', '2026-01-15', 'long_term'],
    ['the first a day too young', '2025-07-16', '2026-01-15', 'repeat'],
    ['the last a day too old', '2025-07-15', '2026-01-14', 'repeat'],
    ['the first a day older', '2025-07-14', '2026-01-16', 'long_term'],
    ['the last today', '2020-01-01', '2026-07-15', 'long_term'],
    ['no first order known', null, '2026-07-15', 'repeat'],
    ['no last order known', '2020-01-01', null, 'repeat'],
  ])('%s', (...[, firstOrderOn, lastOrderOn, expected]) => {
    expect(stage({ paidOrders: 2, firstOrderOn, lastOrderOn })).toBe(expected);
  });

  it.each([
    ['2026-08-31', '2026-02-28', 'long_term'], // six months before a 31st end with February
    ['2026-08-31', '2026-02-27', 'repeat'],
    ['2028-02-29', '2027-08-29', 'long_term'],
    ['2028-02-29', '2027-08-28', 'repeat'],
  ])('at the end of a month: on %s, last order %s', (day, lastOrderOn, expected) => {
    expect(stage({ paidOrders: 2, firstOrderOn: '2020-01-01', lastOrderOn }, day)).toBe(expected);
  });

  it('without order in 6 months falls back to repeat, and comes back with the next', () => {
    const facts = { paidOrders: 3, firstOrderOn: '2024-01-01', lastOrderOn: '2026-01-15' };
    expect(stage(facts, '2026-07-15')).toBe('long_term');
    expect(stage(facts, '2026-07-16')).toBe('repeat');
    expect(stage({ ...facts, paidOrders: 4, lastOrderOn: '2026-07-20' }, '2026-07-20')).toBe('long_term');
  });
});

describe('advocate: at least repeat, and latest NPS answer ≥ 9, or share ≥ 80 % of a category', () => {
  it.each([
    ['NPS 8', { latestNps: 8 }, 'repeat'],
    ['NPS 9', { latestNps: 9 }, 'advocate'],
    ['NPS 10', { latestNps: 10 }, 'advocate'],
    ['NPS 0', { latestNps: 0 }, 'repeat'],
    ['79 % of a category', { largestSharePercent: 79 }, 'repeat'],
    ['80 % of a category', { largestSharePercent: 80 }, 'advocate'],
    ['an unknown share', { largestSharePercent: null }, 'repeat'],
    ['both', { latestNps: 9, largestSharePercent: 80 }, 'advocate'],
    ['a bad mark, and all of a category', { latestNps: 3, largestSharePercent: 100 }, 'advocate'],
  ])('%s', (_, facts, expected) => {
    expect(stage({ ...TWO_ORDERS, ...facts })).toBe(expected);
  });

  it('is more than long-term, and no more once the latest mark is worse', () => {
    expect(stage({ ...LOYAL, latestNps: 9 })).toBe('advocate');
    expect(stage({ ...LOYAL, latestNps: 8 })).toBe('long_term');
  });
});

describe('strategic_partner: at least repeat, and ≥ 1 referral that became a customer', () => {
  it.each([
    ['no referral', 0, 'repeat'],
    ['one referral that bought', 1, 'strategic_partner'],
    ['five', 5, 'strategic_partner'],
  ])('%s', (_, referralsWon, expected) => {
    expect(stage({ ...TWO_ORDERS, referralsWon })).toBe(expected);
  });

  it('strategic partnership outranks praise', () => {
    expect(stage({ ...LOYAL, latestNps: 10, referralsWon: 1 })).toBe('strategic_partner');
  });

  it.each([
    ['without an order', {}],
    ['after one order', ONE_ORDER],
    ['of a strategic partner', { ...LOYAL, latestNps: 10, referralsWon: 2 }],
  ])('partner: contract of kind agency / distribution / equity on record, %s', (_, facts) => {
    expect(stage({ ...facts, partnerContract: true })).toBe('partner');
  });
});

describe('stage is monotone in facts: better facts', () => {
  const pastDay = fc.nat(1_500).map((days) => addDays(today, -days));
  const anyFacts: fc.Arbitrary<LifecycleFacts> = fc
    .record({
      paidOrders: fc.nat(4),
      orderDays: fc.tuple(pastDay, pastDay),
      latestNps: fc.option(fc.integer({ min: 0, max: 10 })),
      partnerContract: fc.boolean(),
      opportunityClosesOn: fc.option(fc.integer({ min: -30, max: 120 }).map((days) => addDays(today, days))),
      largestSharePercent: fc.option(fc.integer({ min: 0, max: 100 })),
      referralsWon: fc.nat(2),
    })
    .map(({ orderDays, ...facts }) => {
      const [firstOrderOn = null, lastOrderOn = null] = facts.paidOrders ? orderDays.toSorted() : [];
      return { ...facts, firstOrderOn, lastOrderOn };
    });
  const BETTER: [string, (facts: LifecycleFacts) => LifecycleFacts][] = [
    [
      'one more order',
      (it) => ({
        ...it,
        paidOrders: it.paidOrders + 1,
        firstOrderOn: it.firstOrderOn ?? today,
        lastOrderOn: today,
      }),
    ],
    [
      'an older first order',
      (it) => ({ ...it, firstOrderOn: it.firstOrderOn && addDays(it.firstOrderOn, -400) }),
    ],
    ['a better mark', (it) => ({ ...it, latestNps: Math.min((it.latestNps ?? 5) + 3, 10) })],
    [
      'a larger share',
      (it) => ({ ...it, largestSharePercent: Math.min((it.largestSharePercent ?? 0) + 30, 100) }),
    ],
    ['one more referral', (it) => ({ ...it, referralsWon: it.referralsWon + 1 })],
    ['a partner contract', (it) => ({ ...it, partnerContract: true })],
    ['a deal that closes soon', (it) => ({ ...it, opportunityClosesOn: addDays(today, 30) })],
  ];

  it.each(BETTER)('%s never lowers the stage', (_, improve) => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(rank(improve(facts))).toBeGreaterThanOrEqual(rank(facts));
      }),
    );
  });

  it('nothing raises it but facts: the same facts give the same stage', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(stageOf({ ...facts }, today)).toBe(stageOf(facts, today));
        expect(STAGES).toContain(stageOf(facts, today));
      }),
    );
  });

  it('time alone, without an order, never raises what orders made', () => {
    fc.assert(
      fc.property(anyFacts, fc.nat(800), (facts, days) => {
        const rest = { ...facts, opportunityClosesOn: null };
        const isYoung = stageOf(rest, today) === 'repeat';
        const later = STAGES.indexOf(stageOf(rest, addDays(today, days)));
        expect(later).toBeLessThanOrEqual(isYoung ? STAGES.indexOf('long_term') : rank(rest));
      }),
    );
  });
});

it.each([
  ['long_term', 'repeat', true],
  ['repeat', 'long_term', false],
  ['repeat', 'repeat', false],
  ['prospect', 'suspect', true],
] as const)('from %s to %s is a fall: %s', (from, to, isFall) => {
  expect(isStageFall(from, to)).toBe(isFall);
});
