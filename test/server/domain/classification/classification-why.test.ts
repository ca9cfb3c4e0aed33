import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../server/domain/calendar.ts';
import {
  classify,
  type AccountFacts,
  type Classified,
} from '../../../../server/domain/classification/classification.ts';
import { STAGES, stageOf } from '../../../../server/domain/classification/lifecycle.ts';
import { noOrders } from '../../../../server/domain/deals/order-facts.ts';
import { cutsOf } from '../../../../server/domain/classification/ranking.ts';
import { TIERS } from '../../../../server/domain/classification/tier.ts';
import { valueClassOf } from '../../../../server/domain/classification/value-class.ts';
import { aClassified, aRun, factsWith } from '../../../support/a-classified.ts';

const today = '2026-03-11';
const OTHERS = [1000, 800, 600, 400, 300, 250, 200, 150, 100, 50];
const run = aRun({}, OTHERS);

const anyFen = fc.integer({ min: -50_000, max: 150_000 });
const anySums = fc.record({ revenueFen: anyFen, profitFen: anyFen });
const anyPastDay = fc.nat(1200).map((days) => addDays(today, -days));
const anyOrders = fc.record({
  paidOrders: fc.nat(4),
  firstOrderOn: fc.option(anyPastDay),
  lastOrderOn: fc.option(anyPastDay),
  partnerOrder: fc.boolean(),
  lifetimeFen: anyFen,
  window: anySums,
  runningYear: anySums,
  lastYear: anySums,
  yearBefore: anySums,
});
const anyFacts: fc.Arbitrary<AccountFacts> = fc.record({
  orders: anyOrders,
  contracts: fc.record({ partnerContract: fc.boolean(), overdueSince: fc.option(anyPastDay) }),
  opportunityClosesOn: fc.option(fc.integer({ min: -9, max: 120 }).map((days) => addDays(today, days))),
  latestNps: fc.option(fc.integer({ min: 0, max: 10 })),
  referralsWon: fc.nat(2),
});
const anyPin = <Value>(value: fc.Arbitrary<Value>) =>
  fc.option(
    fc.record({
      value,
      reason: fc.constant('x'),
      by: fc.constant('lena'),
      at: fc.constant(new Date(0)),
      expiresOn: fc.constantFrom('2026-03-10', today, '2026-12-31'),
    }),
  );
const anyAccount: fc.Arbitrary<Classified> = fc
  .record({
    tierPin: anyPin(fc.constantFrom(...TIERS)),
    stagePin: anyPin(fc.constantFrom(...STAGES)),
    strategicMark: anyPin(fc.constant(true as const)),
    potentialScore: fc.option(fc.integer({ min: 0, max: 100 })),
    sharePercent: fc.option(fc.integer({ min: 0, max: 100 })),
  })
  .map((given) => aClassified(given));

describe('every computed value can be explained with the inputs that produced it', () => {
  it('the tier: rank and cuts give the fresh one, a pin in force or the rule the one that holds', () => {
    fc.assert(
      fc.property(anyAccount, anyFacts, (account, facts) => {
        const { tier, tierWhy: why } = classify(account, facts, run);
        if (!why) throw new Error('no why');
        const { head, headAndWaist } = cutsOf(OTHERS.length);
        const byRank = (rank: number) => (rank <= head ? 'head' : rank <= headAndWaist ? 'waist' : 'tail');
        // An account that stands outside of the ranked ten displaces who has just its rank.
        expect(why.freshTier).toBe(why.rank === null ? 'unrated' : byRank(why.rank));
        expect(why.valueFen).toBe(facts.orders.window.revenueFen);
        expect(why.rule === 'pinned').toBe(Boolean(account.tierPin && account.tierPin.expiresOn >= today));
        expect(tier).toBe(why.rule === 'pinned' ? account.tierPin?.value : why.computedTier);
        expect(why.pin?.reason ?? null).toBe(why.pinReason);
      }),
    );
  });

  it('the stage: the facts in its why give its rule again, and a manual set overrides it', () => {
    fc.assert(
      fc.property(anyAccount, anyFacts, (account, facts) => {
        const { stage, stageWhy: why } = classify(account, facts, run);
        if (!why) throw new Error('no why');
        expect(stageOf(why, today, why.limits)).toBe(why.rule);
        expect(why.isManual).toBe(Boolean(account.stagePin && account.stagePin.expiresOn >= today));
        expect(stage).toBe(why.isManual ? account.stagePin?.value : why.rule);
      }),
    );
  });

  it('the value class: the facts in its why give its rule, its place and what held again', () => {
    fc.assert(
      fc.property(anyAccount, anyFacts, (account, facts) => {
        const { valueClass, valueClassWhy: why } = classify(account, facts, run);
        if (!why) throw new Error('no why');
        expect(valueClassOf(why.facts, today)).toEqual({ valueClass, place: why.place, held: why.held });
        expect(why.facts.isMarked).toBe(why.mark !== null);
      }),
    );
  });

  it('and is the same again for the same facts: a second run of the day changes nothing', () => {
    fc.assert(
      fc.property(anyAccount, anyFacts, (account, facts) => {
        const first = classify(account, facts, run);
        expect(classify({ ...account, ...first }, facts, run)).toEqual(first);
      }),
    );
  });
});

/** From 0 for head. */
const rank = (fen: number) => TIERS.indexOf(classify(aClassified(), factsWith(fen), run).tier);

describe('more revenue', () => {
  it('never lowers a tier on a fresh ranking, whatever else is known', () => {
    fc.assert(
      fc.property(anyFen, fc.nat(200_000), (valueFen, moreFen) => {
        expect(rank(valueFen + moreFen)).toBeLessThanOrEqual(rank(valueFen));
      }),
    );
  });

  it('never makes a class of its own: size alone never makes a class', () => {
    const huge = { revenueFen: 100_000_000_000_000, profitFen: 1 };
    const orders = { ...noOrders(), paidOrders: 1, window: huge, runningYear: huge };
    const { tier, valueClass } = classify(aClassified(), factsWith(0, { orders }), run);
    expect([tier, valueClass]).toEqual(['head', 'general']);
  });
});
