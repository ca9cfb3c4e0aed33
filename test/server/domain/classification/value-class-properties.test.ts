import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../server/domain/calendar.ts';
import { TIERS } from '../../../../server/domain/classification/tier.ts';
import {
  DEFAULT_VALUE_CLASS,
  growthOf,
  valueClassOf,
  type ValueClass,
  type ValueFacts,
} from '../../../../server/domain/classification/value-class.ts';

const today = '2026-07-15';
const anyTier = fc.constantFrom(...TIERS);
const anyFen = fc.integer({ min: -1000, max: 1000 });
const anyYears = fc.record({ yearBefore: anyFen, lastYear: anyFen, runningYear: anyFen });
const anyFacts: fc.Arbitrary<ValueFacts> = fc.record({
  tierYearBefore: anyTier,
  tierLastYear: anyTier,
  tierNow: anyTier,
  revenueFen: anyYears,
  profitFen: anyYears,
  growthPercent: fc.option(fc.integer({ min: -100, max: 300 })),
  overdueSince: fc.option(fc.nat(200).map((days) => addDays(today, -days))),
  isMarked: fc.boolean(),
  potentialScore: fc.option(fc.integer({ min: 0, max: 100 })),
});
const classOf = (facts: ValueFacts) => valueClassOf(facts, today).valueClass;
/** From 0 for the rule that is asked first. */
const place = (valueClass: ValueClass) =>
  DEFAULT_VALUE_CLASS.rules.findIndex((rule) => rule.valueClass === valueClass);

/** Each rule of domain.md §4 in its own words, to be held against the table that administrators edit. */
const isProblem = ({ overdueSince, profitFen: p }: ValueFacts) =>
  (overdueSince !== null && overdueSince < addDays(today, -90)) ||
  (p.yearBefore < 0 && p.lastYear < 0) ||
  (p.lastYear < 0 && p.runningYear < 0);
const isHeadTwice = ({ tierYearBefore, tierLastYear }: ValueFacts) =>
  tierYearBefore === 'head' && tierLastYear === 'head';
const isUpperTwice = ({ tierYearBefore, tierLastYear }: ValueFacts) =>
  [tierYearBefore, tierLastYear].every((tier) => tier === 'head' || tier === 'waist');
const hasPotential = ({ tierNow, potentialScore, growthPercent }: ValueFacts) =>
  tierNow !== 'head' && ((potentialScore ?? -1) >= 70 || (growthPercent ?? -1) >= 50);

const expected = (facts: ValueFacts): ValueClass => {
  if (isProblem(facts)) return 'problem';
  if (isHeadTwice(facts)) return 'diamond';
  if (facts.isMarked) return 'strategic';
  if (isUpperTwice(facts)) return 'gold';
  return hasPotential(facts) ? 'potential' : 'general';
};

it('first matching rule wins: problem, diamond, strategic, gold, potential, general = the rest', () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      expect(classOf(facts)).toBe(expected(facts));
    }),
    { numRuns: 500 },
  );
});

describe('better facts', () => {
  it.each<[string, (facts: ValueFacts) => ValueFacts]>([
    ['a strategic mark', (facts) => ({ ...facts, isMarked: true })],
    ['a higher potential score', (facts) => ({ ...facts, potentialScore: 100 })],
    ['head in both years', (facts) => ({ ...facts, tierYearBefore: 'head', tierLastYear: 'head' })],
    ['more growth', (facts) => ({ ...facts, growthPercent: (facts.growthPercent ?? 0) + 50 })],
  ])('%s never leads to a class that is asked for later', (_, improve) => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(place(classOf(improve(facts)))).toBeLessThanOrEqual(place(classOf(facts)));
      }),
    );
  });

  it('paid receivables and profit make nobody a problem', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const years = { yearBefore: 1, lastYear: 1, runningYear: 1 };
        expect(classOf({ ...facts, overdueSince: null, profitFen: years })).not.toBe('problem');
      }),
    );
  });
});

describe('what is not known', () => {
  it('never makes a class: a score, a growth or a due date that nobody knows changes nothing but its own rule', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const unknown = { ...facts, potentialScore: null, growthPercent: null, overdueSince: null };
        expect(classOf(unknown)).not.toBe('potential');
        const isLoss = isProblem({ ...facts, overdueSince: null });
        expect(classOf(unknown) === 'problem').toBe(isLoss);
      }),
    );
  });
});

describe('growth', () => {
  it('of as much is 0 %, of twice as much 100 %, and half the growth is never rounded up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (fen) => {
        expect(growthOf({ yearBefore: fen, lastYear: fen, runningYear: 0 })).toBe(0);
        expect(growthOf({ yearBefore: fen, lastYear: 2 * fen, runningYear: 0 })).toBe(100);
        expect(growthOf({ yearBefore: 1000 * fen, lastYear: 1499 * fen, runningYear: 0 })).toBe(49);
        expect(growthOf({ yearBefore: 1000 * fen, lastYear: 1500 * fen, runningYear: 0 })).toBe(50);
      }),
    );
  });

  it('is never less with more revenue this year', () => {
    fc.assert(
      fc.property(anyYears, fc.nat(1000), (years, more) => {
        const before = growthOf(years) ?? Number.NEGATIVE_INFINITY;
        const after = growthOf({ ...years, runningYear: years.runningYear + more });
        expect(after ?? Number.NEGATIVE_INFINITY).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});
