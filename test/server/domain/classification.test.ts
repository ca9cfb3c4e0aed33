import { describe, expect, it } from 'vitest';
import {
  classify,
  isChanged,
  type AccountFacts,
  type Classified,
  type Run,
} from '../../../server/domain/classification.ts';
import { NO_ORDERS } from '../../../server/domain/order.ts';

/** Ten ranked accounts: one head from ¥1,000, three waist from ¥400. Fen. */
const RUN: Run = {
  boundaries: {
    ranked: 10,
    headFromFen: 100_000,
    belowHeadFen: 80_000,
    waistFromFen: 40_000,
    belowWaistFen: 30_000,
  },
  window: { from: '2025-03-12', to: '2026-03-11' },
  timeZone: 'Asia/Shanghai',
};
const anAccount = (given: Partial<Classified> = {}): Classified => ({
  tier: 'unrated',
  tierWhy: null,
  pendingTier: null,
  stage: 'suspect',
  stageWhy: null,
  knownSince: new Date('2025-01-06T04:00:00Z'),
  lastTouchAt: new Date('2026-03-02T04:00:00Z'),
  promisedOn: null,
  newContactAt: null,
  detractorAt: null,
  dueOn: null,
  ...given,
});
const ORDERS = {
  paidOrders: 3,
  firstOrderOn: '2024-06-03',
  lastOrderOn: '2026-01-05',
  valueFen: 120_000,
  partnerContract: false,
};
const facts = (given: Partial<AccountFacts> = {}): AccountFacts => ({
  orders: ORDERS,
  latestNps: null,
  rank: 1,
  ...given,
});
const nobody = facts({ orders: NO_ORDERS, rank: null });

describe('classification', () => {
  it('decides tier, stage and next date together, each with its reasons', () => {
    expect(classify(anAccount(), facts({ latestNps: 7 }), RUN)).toEqual({
      tier: 'head',
      pendingTier: null,
      tierWhy: {
        ...RUN.boundaries,
        rule: 'ranked',
        valueFen: 120_000,
        rank: 1,
        freshTier: 'head',
        windowFrom: '2025-03-12',
        windowTo: '2026-03-11',
        pinReason: null,
      },
      stage: 'long_term',
      stageWhy: {
        rule: 'long_term',
        isManual: false,
        manualReason: null,
        paidOrders: 3,
        firstOrderOn: '2024-06-03',
        lastOrderOn: '2026-01-05',
        partnerContract: false,
        latestNps: 7,
      },
      dueOn: '2026-03-09',
    });
  });

  it.each([
    [1, 'head'],
    [2, 'waist'],
    [4, 'waist'],
    [5, 'tail'],
    [10, 'tail'],
    [null, 'unrated'],
  ] as const)('puts rank %s of ten into %s', (rank, tier) => {
    expect(classify(anAccount(), facts({ rank }), RUN).tier).toBe(tier);
  });

  it('sets the next date by the new tier and stage, not by the old ones', () => {
    const dueOn = (rank: number | null) => classify(anAccount({ tier: 'head' }), facts({ rank }), RUN).dueOn;
    expect(classify(anAccount(), facts({ rank: 2 }), RUN).dueOn).toBe('2026-03-16');
    expect(classify(anAccount(), facts({ rank: 9 }), RUN).dueOn).toBe('2026-04-01');
    expect(dueOn(1)).toBe('2026-03-09');
    expect(classify(anAccount({ tier: 'head' }), nobody, RUN)).toMatchObject({
      tier: 'unrated',
      dueOn: '2026-03-23',
    });
  });

  it('holds an account that is only just over the boundary, and tells so', () => {
    const account = anAccount({ tier: 'head' });
    const just = classify(account, facts({ rank: 2, orders: { ...ORDERS, valueFen: 96_000 } }), RUN);
    expect(just).toMatchObject({ tier: 'head', pendingTier: { tier: 'waist', since: '2026-03-11' } });
    expect(just.tierWhy).toMatchObject({ rule: 'held', freshTier: 'waist', rank: 2 });
  });

  it('lets go of it on the next run', () => {
    const account = anAccount({ tier: 'head', pendingTier: { tier: 'waist', since: '2026-03-10' } });
    const next = classify(account, facts({ rank: 2, orders: { ...ORDERS, valueFen: 96_000 } }), RUN);
    expect(next).toMatchObject({ tier: 'waist', pendingTier: null, tierWhy: { rule: 'ranked' } });
  });

  it('knows of an account without orders that nobody bought and why', () => {
    expect(classify(anAccount({ lastTouchAt: null }), nobody, RUN)).toMatchObject({
      tier: 'unrated',
      tierWhy: { rule: 'unrated', valueFen: 0, rank: null, freshTier: 'unrated' },
      stage: 'suspect',
      stageWhy: { paidOrders: 0, firstOrderOn: null, lastOrderOn: null },
      dueOn: '2025-01-07',
    });
  });

  it('keeps the touches as they are', () => {
    const fields = classify(anAccount(), facts(), RUN);
    expect(Object.keys(fields).sort()).toEqual(
      ['dueOn', 'pendingTier', 'stage', 'stageWhy', 'tier', 'tierWhy'].sort(),
    );
  });
});

const settled = (given: Partial<AccountFacts> = {}) => {
  const account = anAccount();
  return { ...account, ...classify(account, facts(given), RUN) };
};

describe('a second run', () => {
  it('with the same facts finds nothing new, even read back from JSON', () => {
    const before = settled();
    expect(isChanged(before, classify(before, facts(), RUN))).toBe(false);
    const { tierWhy, stageWhy } = JSON.parse(JSON.stringify(before)) as Pick<
      Classified,
      'tierWhy' | 'stageWhy'
    >;
    expect(isChanged({ ...before, tierWhy, stageWhy }, classify(before, facts(), RUN))).toBe(false);
  });

  it('on the next day finds nothing new in a window that only moved on', () => {
    const before = settled();
    const tomorrow = { ...RUN, window: { from: '2025-03-13', to: '2026-03-12' } };
    expect(isChanged(before, classify(before, facts(), tomorrow))).toBe(false);
  });

  it.each<[string, Partial<AccountFacts>]>([
    ['another rank', { rank: 2 }],
    ['another value', { orders: { ...ORDERS, valueFen: 120_001 } }],
    ['a new order', { orders: { ...ORDERS, paidOrders: 4, lastOrderOn: '2026-03-11' } }],
    ['an answer', { latestNps: 9 }],
    ['a partner’s contract', { orders: { ...ORDERS, partnerContract: true } }],
    ['no revenue any more', { rank: null, orders: { ...ORDERS, valueFen: 0 } }],
  ])('finds %s', (_, given) => {
    const before = settled();
    expect(isChanged(before, classify(before, facts(given), RUN))).toBe(true);
  });

  it('finds boundaries that moved, for the reason shown names them', () => {
    const before = settled();
    const moved = { ...RUN, boundaries: { ...RUN.boundaries, headFromFen: 110_000 } };
    expect(isChanged(before, classify(before, facts(), moved))).toBe(true);
  });

  it('finds a date that a touch moved', () => {
    const before = { ...settled(), lastTouchAt: new Date('2026-03-11T04:00:00Z') };
    expect(isChanged(before, classify(before, facts(), RUN))).toBe(true);
  });

  it('finds the first classification', () => {
    expect(isChanged(anAccount(), classify(anAccount(), nobody, RUN))).toBe(true);
  });
});
