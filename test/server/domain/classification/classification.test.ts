import { describe, expect, it } from 'vitest';
import {
  classify,
  noFacts,
  type AccountFacts,
  type Classified,
  type Run,
} from '../../../../server/domain/classification/classification.ts';
import { noOrders, periodsOf } from '../../../../server/domain/deals/order-facts.ts';
import type { Override } from '../../../../server/domain/classification/override.ts';
import { DEFAULT_SETTINGS } from '../../../../server/domain/settings.ts';
import { aClassified, aRun, factsWith, NOBODY, ORDERS } from '../../../support/a-classified.ts';

const RUN = aRun();
const until = <Value>(value: Value, expiresOn: string): Override<Value> => ({
  value,
  reason: '集团客户',
  by: 'lena',
  at: new Date('2026-03-01T00:00:00Z'),
  expiresOn,
});
const tierOf = (account: Classified, valueFen: number, run: Run = RUN) =>
  classify(account, factsWith(valueFen), run);

describe('tier, stage, class and next date', () => {
  it('are decided together, each with its reasons', () => {
    expect(classify(aClassified(), factsWith(120_000, { latestNps: 7 }), RUN)).toEqual({
      tier: 'head',
      pendingTier: null,
      tierWhy: {
        ...RUN.lines.boundaries,
        rule: 'ranked',
        basis: 'revenue',
        mode: 'rank',
        windowMonths: 12,
        hysteresisPercent: 5,
        confirmingRuns: 2,
        seenRuns: null,
        cutPercent: { head: 10, waist: 30 },
        valueFen: 120_000,
        rank: 1,
        freshTier: 'head',
        computedTier: 'head',
        windowFrom: '2025-03-12',
        windowTo: '2026-03-11',
        pinReason: null,
        pin: null,
      },
      stage: 'long_term',
      stageWhy: {
        rule: 'long_term',
        isManual: false,
        manualReason: null,
        manual: null,
        limits: DEFAULT_SETTINGS.lifecycle,
        paidOrders: 3,
        firstOrderOn: '2024-06-03',
        lastOrderOn: '2026-01-05',
        partnerContract: false,
        latestNps: 7,
        opportunityClosesOn: null,
        largestSharePercent: null,
        referralsWon: 0,
      },
      valueClass: 'general',
      valueClassWhy: expect.objectContaining({ rule: 'general', place: 6, held: [], mark: null }),
      dueOn: '2026-03-09',
    });
  });

  it.each([
    [120_000, 1, 'head'],
    [99_999, 2, 'waist'],
    [40_001, 4, 'waist'],
    [39_999, 5, 'tail'],
    [1, 11, 'tail'],
    [0, null, 'unrated'],
    [-5, null, 'unrated'],
  ] as const)('worth %d fen, at rank %s: %s', (valueFen, rank, tier) => {
    expect(tierOf(aClassified(), valueFen)).toMatchObject({ tier, tierWhy: { rank } });
  });

  it('set the next date by the new tier and stage, not by the old ones', () => {
    expect(tierOf(aClassified(), 90_000).dueOn).toBe('2026-03-16');
    expect(tierOf(aClassified(), 20_000).dueOn).toBe('2026-04-01');
    expect(classify(aClassified({ tier: 'head' }), NOBODY, RUN)).toMatchObject({
      tier: 'unrated',
      dueOn: '2026-03-23',
    });
  });

  it('hold an account that is only just over the boundary, tell so, and let go of it on the next run', () => {
    const head = aClassified({ tier: 'head' });
    const just = tierOf(head, 96_000);
    expect(just).toMatchObject({ tier: 'head', pendingTier: { tier: 'waist', since: '2026-03-11' } });
    expect(just.tierWhy).toMatchObject({ rule: 'held', freshTier: 'waist', computedTier: 'head', rank: 2 });
    const waiting = aClassified({
      tier: 'head',
      pendingTier: { tier: 'waist', since: '2026-03-10', runs: 1, seenOn: '2026-03-10' },
    });
    expect(tierOf(waiting, 96_000)).toMatchObject({ tier: 'waist', pendingTier: null });
  });

  it('know of an account without orders that nobody bought and why', () => {
    expect(classify(aClassified({ lastTouchAt: null }), NOBODY, RUN)).toMatchObject({
      tier: 'unrated',
      tierWhy: { rule: 'unrated', valueFen: 0, rank: null, freshTier: 'unrated' },
      stage: 'suspect',
      stageWhy: { paidOrders: 0, firstOrderOn: null, lastOrderOn: null },
      dueOn: '2025-01-07',
    });
  });

  it('keep the touches as they are', () => {
    expect(Object.keys(classify(aClassified(), NOBODY, RUN))).not.toContain('lastTouchAt');
  });

  it('keep the rank of the last run over the whole book where only one account is looked at', () => {
    const { rankOf: _, ...alone } = RUN;
    const before = { ...aClassified(), ...tierOf(aClassified(), 90_000) };
    expect(tierOf(before, 90_000, alone).tierWhy?.rank).toBe(2);
    expect(tierOf(before, 90_001, alone).tierWhy?.rank).toBeNull();
  });
});

describe('a pin with reason and expiry wins', () => {
  it.each([
    ['2026-03-12', 'tail', 'pinned'],
    ['2026-03-11', 'tail', 'pinned'],
    ['2026-03-10', 'head', 'ranked'],
  ] as const)('until %s, on 11 March: %s, %s', (expiresOn, tier, rule) => {
    const account = aClassified({ tierPin: until('tail', expiresOn) });
    expect(tierOf(account, 120_000)).toMatchObject({ tier, tierWhy: { rule, computedTier: 'head' } });
  });

  it('over hysteresis too, which goes on underneath, so that the end of the pin is no new change', () => {
    const pinned = aClassified({ tier: 'head', tierPin: until('tail', '2026-03-11') });
    const first = tierOf(pinned, 96_000);
    expect(first).toMatchObject({ tier: 'tail', pendingTier: { tier: 'waist' } });
    expect(first.tierWhy).toMatchObject({
      computedTier: 'head',
      pin: { by: 'lena', expiresOn: '2026-03-11' },
    });
    const tomorrow = aRun({ periods: periodsOf('2026-03-12', 12) });
    expect(tierOf({ ...pinned, ...first }, 96_000, tomorrow)).toMatchObject({
      tier: 'waist',
      pendingTier: null,
    });
    expect(tierOf({ ...pinned, ...first }, 104_000, tomorrow)).toMatchObject({
      tier: 'head',
      pendingTier: null,
    });
  });

  it.each(['suspect', 'partner'] as const)('overrides the stage upward or downward: %s', (stage) => {
    const account = aClassified({ stagePin: until(stage, '2026-03-11') });
    const found = classify(account, factsWith(120_000), RUN);
    expect(found.stage).toBe(stage);
    expect(found.stageWhy).toMatchObject({ rule: 'long_term', isManual: true, manualReason: '集团客户' });
  });
});

const stageWith = (given: Partial<AccountFacts>, account = aClassified()) =>
  classify(account, { ...noFacts(), ...given }, RUN).stage;
const sums = (revenueFen: number) => ({ revenueFen, profitFen: 0 });

const years = (lastYear: number, yearBefore: number) =>
  classify(
    aClassified(),
    { ...noFacts(), orders: { ...ORDERS, lastYear: sums(lastYear), yearBefore: sums(yearBefore) } },
    RUN,
  );

describe('what stages and classes read', () => {
  const twice = { orders: { ...noOrders(), paidOrders: 2 } };

  it.each<[string, Partial<AccountFacts>, string]>([
    ['an opportunity that closes in 90 days', { opportunityClosesOn: '2026-06-09' }, 'prospect'],
    ['one that closes in 91', { opportunityClosesOn: '2026-06-10' }, 'suspect'],
    ['a partner contract', { contracts: { partnerContract: true, overdueSince: null } }, 'partner'],
    ['an order of a partner', { orders: { ...noOrders(), partnerOrder: true } }, 'partner'],
    ['a referral of who buys again', { ...twice, referralsWon: 1 }, 'strategic_partner'],
    ['an answer of 9 of who buys again', { ...twice, latestNps: 9 }, 'advocate'],
  ])('%s', (_, given, stage) => {
    expect(stageWith(given)).toBe(stage);
  });

  it.each([
    [79, 'repeat'],
    [80, 'advocate'],
  ])('our share of %d %%', (sharePercent, stage) => {
    expect(stageWith(twice, aClassified({ sharePercent }))).toBe(stage);
  });

  it.each<[string, Partial<Classified>, Partial<AccountFacts>, string]>([
    [
      'overdue for 91 days',
      {},
      { contracts: { partnerContract: false, overdueSince: '2025-12-10' } },
      'problem',
    ],
    [
      'overdue for 90 days',
      {},
      { contracts: { partnerContract: false, overdueSince: '2025-12-11' } },
      'general',
    ],
    ['a mark in force', { strategicMark: until(true, '2026-03-11') }, {}, 'strategic'],
    ['a mark that ended', { strategicMark: until(true, '2026-03-10') }, {}, 'general'],
    ['a score of 70', { potentialScore: 70 }, {}, 'potential'],
    [
      'a score of 70 at a pinned head',
      { potentialScore: 70, tierPin: until('head', '2026-03-11') },
      {},
      'general',
    ],
  ])('%s', (...[, account, facts, valueClass]) => {
    expect(classify(aClassified(account), { ...noFacts(), ...facts }, RUN).valueClass).toBe(valueClass);
  });

  it('head in both of the last two full years, by value alone, makes a diamond', () => {
    expect(years(100_001, 100_001)).toMatchObject({ valueClass: 'diamond', valueClassWhy: { place: 2 } });
    expect(years(100_001, 99_999).valueClass).toBe('gold');
    expect(years(40_001, 40_001).valueClass).toBe('gold');
    expect(years(40_001, 39_999).valueClass).toBe('general');
  });
});
