import { describe, expect, it } from 'vitest';
import {
  classify,
  type AccountFacts,
  type Classified,
} from '../../../../server/domain/classification/classification.ts';
import { periodsOf } from '../../../../server/domain/deals/order-facts.ts';
import { changesBetween, isChanged } from '../../../../server/domain/classification/reclassification.ts';
import { aClassified, aRun, factsWith, NOBODY, ORDERS } from '../../../support/a-classified.ts';

const RUN = aRun();
const settled = (facts: AccountFacts = factsWith(120_000), given: Partial<Classified> = {}): Classified => {
  const account = aClassified(given);
  return { ...account, ...classify(account, facts, RUN) };
};
const again = (before: Classified, facts = factsWith(120_000), run = RUN) => classify(before, facts, run);

describe('only what changed is written: a second run', () => {
  it('with the same facts finds nothing new, even read back from a database', () => {
    const before = settled();
    expect(isChanged(before, again(before))).toBe(false);
    const { tierWhy, stageWhy, valueClassWhy } = JSON.parse(JSON.stringify(before)) as Classified;
    expect(isChanged({ ...before, tierWhy, stageWhy, valueClassWhy }, again(before))).toBe(false);
  });

  it('on the next day finds nothing new in a window that only moved on', () => {
    const tomorrow = aRun({ periods: periodsOf('2026-03-12', 12) });
    expect(isChanged(settled(), again(settled(), factsWith(120_000), tomorrow))).toBe(false);
  });

  it.each<[string, AccountFacts]>([
    ['another value', factsWith(120_001)],
    ['a new order', factsWith(120_000, { orders: { ...ORDERS, paidOrders: 4, lastOrderOn: '2026-03-11' } })],
    ['an answer', factsWith(120_000, { latestNps: 9 })],
    [
      'a partner’s contract',
      factsWith(120_000, { contracts: { partnerContract: true, overdueSince: null } }),
    ],
    [
      'a payment that is late',
      factsWith(120_000, { contracts: { partnerContract: false, overdueSince: '2026-03-01' } }),
    ],
    ['a referral', factsWith(120_000, { referralsWon: 1 })],
    ['a deal that comes near', factsWith(120_000, { opportunityClosesOn: '2026-04-01' })],
    ['no revenue any more', NOBODY],
  ])('finds %s', (_, facts) => {
    expect(isChanged(settled(), again(settled(), facts))).toBe(true);
  });

  it('finds a date that a touch moved', () => {
    const before = { ...settled(), lastTouchAt: new Date('2026-03-11T04:00:00Z') };
    expect(isChanged(before, again(before))).toBe(true);
  });

  it('finds the first classification', () => {
    expect(isChanged(aClassified(), classify(aClassified(), NOBODY, RUN))).toBe(true);
  });

  it('finds settings that changed, for the reason shown names them', () => {
    const { settings } = RUN;
    const lifecycle = { ...settings.lifecycle, prospectDays: 60 };
    const tier = { ...settings.tier, hysteresisPercent: 6 };
    const wider = { ...settings.tier, rankPercent: { head: 20, waist: 30, tail: 50 } };
    const before = settled();
    for (const changes of [{ lifecycle }, { tier }, { tier: wider }]) {
      const run = aRun({ settings: { ...settings, ...changes } });
      expect(isChanged(before, again(before, factsWith(120_000), run))).toBe(true);
    }
  });
});

describe('what others do moves an account a little every night, and is written', () => {
  const before = settled(factsWith(50_000));
  const why = before.tierWhy;
  const moved = (given: object) => ({ ...before, tierWhy: why && { ...why, ...given } });
  const big = (given: object) => ({
    ...before,
    tierWhy: why && { ...why, rank: 10, ranked: 1_000, ...given },
  });

  it.each([
    ['when it comes to stand in another percent of the book', { rank: 11 }, true],
    ['not when it stays in the same percent', { rank: 9 }, false],
    ['not when the book only grew', { ranked: 1_004 }, false],
  ])('%s', (_, given, isNew) => {
    expect(isChanged(big({}), big(given))).toBe(isNew);
  });

  it.each([
    ['when a boundary moves by 1 %', { headFromFen: 101_000 }, true],
    ['when it falls by 1 %', { waistFromFen: 39_600 }, true],
    ['not when it moves by less', { headFromFen: 100_999 }, false],
    ['when there is none any more', { waistFromFen: null }, true],
  ])('%s', (_, given, isNew) => {
    expect(isChanged(before, moved(given))).toBe(isNew);
  });
});

describe('every change is an event: who, what, why, when', () => {
  it('but not the first classification: nobody was told anything before', () => {
    expect(changesBetween(aClassified(), settled())).toEqual([]);
  });

  it('of tier, stage and value class, with from, to and the full why', () => {
    const before = settled(NOBODY);
    const after = again(before, factsWith(120_000), RUN);
    expect(changesBetween(before, after)).toEqual([
      { kind: 'tier', from: 'unrated', to: 'head', why: after.tierWhy, isFall: false },
      { kind: 'stage', from: 'suspect', to: 'long_term', why: after.stageWhy, isFall: false },
    ]);
    const late = factsWith(120_000, { contracts: { partnerContract: false, overdueSince: '2025-01-01' } });
    expect(changesBetween(settled(), again(settled(), late))).toMatchObject([
      { kind: 'value_class', from: 'general', to: 'problem', isFall: true },
    ]);
  });

  it('marks a fall, so that a warning can be raised: long_term without order in 6 months falls back to repeat', () => {
    const before = settled();
    const later = aRun({ periods: periodsOf('2026-07-06', 12) });
    const [change, ...more] = changesBetween(before, again(before, factsWith(120_000), later));
    expect(change).toMatchObject({ kind: 'stage', from: 'long_term', to: 'repeat', isFall: true });
    expect(more).toEqual([]);
    expect(changesBetween(before, again(before, NOBODY))).toMatchObject([
      { kind: 'tier', isFall: true },
      { kind: 'stage', isFall: true },
    ]);
  });

  it('marks nothing that people set by hand, or that ended with it', () => {
    const at = new Date('2026-03-01T00:00:00Z');
    const pin = { reason: '试', by: 'lena', at, expiresOn: '2026-03-11' };
    const hands = {
      tierPin: { ...pin, value: 'tail' as const },
      stagePin: { ...pin, value: 'suspect' as const },
    };
    const pinned = { ...settled(), ...hands };
    expect(changesBetween(pinned, again(pinned)).map(({ isFall }) => isFall)).toEqual([false, false]);
    const high = settled(NOBODY, {
      tierPin: { ...pin, value: 'head' },
      stagePin: { ...pin, value: 'partner' },
    });
    const after = again(high, NOBODY, aRun({ periods: periodsOf('2026-03-12', 12) }));
    expect(changesBetween(high, after)).toMatchObject([
      { kind: 'tier', from: 'head', to: 'unrated', isFall: false },
      { kind: 'stage', from: 'partner', to: 'suspect', isFall: false },
    ]);
  });
});
