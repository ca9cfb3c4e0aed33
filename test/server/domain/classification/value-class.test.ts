import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../server/domain/calendar.ts';
import { TIERS } from '../../../../server/domain/classification/tier.ts';
import {
  DEFAULT_VALUE_CLASS,
  growthOf,
  VALUE_CLASSES,
  valueClassOf,
  valueClassProblems,
  type ValueFacts,
  type ValueRule,
} from '../../../../server/domain/classification/value-class.ts';

const today = '2026-07-15';
const NOTHING: ValueFacts = {
  tierYearBefore: 'unrated',
  tierLastYear: 'unrated',
  tierNow: 'unrated',
  revenueFen: { yearBefore: 0, lastYear: 0, runningYear: 0 },
  profitFen: { yearBefore: 0, lastYear: 0, runningYear: 0 },
  growthPercent: null,
  overdueSince: null,
  isMarked: false,
  potentialScore: null,
};
const HEAD_TWICE = { tierYearBefore: 'head', tierLastYear: 'head', tierNow: 'head' } as const;
const classOf = (facts: Partial<ValueFacts>) => valueClassOf({ ...NOTHING, ...facts }, today).valueClass;
const profits = (yearBefore: number, lastYear: number, runningYear: number) => ({
  profitFen: { yearBefore, lastYear, runningYear },
});

it('knows six classes, and asks problem, diamond, strategic, gold, potential, general in this order', () => {
  expect(VALUE_CLASSES).toHaveLength(6);
  expect(DEFAULT_VALUE_CLASS.rules.map(({ valueClass }) => valueClass)).toEqual([
    'problem',
    'diamond',
    'strategic',
    'gold',
    'potential',
    'general',
  ]);
});

it('general = the rest', () => {
  expect(valueClassOf(NOTHING, today)).toEqual({ valueClass: 'general', place: 6, held: [] });
});

describe('problem = any receivable overdue > 90 days or profit negative two years in a row', () => {
  it.each([
    ['90 days', addDays(today, -90), 'general'],
    ['91 days', addDays(today, -91), 'problem'],
    ['not at all', null, 'general'],
  ])('overdue for %s', (_, overdueSince, expected) => {
    expect(classOf({ overdueSince })).toBe(expected);
  });

  it.each([
    ['two full years', [-1, -1, 5], 'problem'],
    ['last year and so far in this one', [9, -1, -1], 'problem'],
    ['three years', [-1, -1, -1], 'problem'],
    ['one year only', [5, -1, 5], 'general'],
    ['two years, but not in a row', [-1, 5, -1], 'general'],
    ['a year with nothing between', [-1, 0, -1], 'general'],
  ] as const)('a loss in %s', (_, [before, last, running], expected) => {
    expect(classOf(profits(before, last, running))).toBe(expected);
  });

  it('outranks everything: size alone never makes a class', () => {
    expect(classOf({ ...HEAD_TWICE, isMarked: true, ...profits(-1, -1, 0) })).toBe('problem');
  });
});

describe('diamond = head in both of the last two years', () => {
  it.each([
    ['head', 'head', 'diamond'],
    ['head', 'waist', 'gold'],
    ['waist', 'head', 'gold'],
    ['unrated', 'head', 'general'],
  ] as const)('%s, then %s: %s', (tierYearBefore, tierLastYear, expected) => {
    expect(classOf({ tierYearBefore, tierLastYear })).toBe(expected);
  });

  it('outranks a strategic mark, which outranks gold', () => {
    expect(classOf({ ...HEAD_TWICE, isMarked: true })).toBe('diamond');
    expect(classOf({ ...HEAD_TWICE, tierLastYear: 'waist', isMarked: true })).toBe('strategic');
  });
});

it('strategic = marked by a manager with reason, whatever it buys', () => {
  expect(valueClassOf({ ...NOTHING, isMarked: true }, today)).toEqual({
    valueClass: 'strategic',
    place: 3,
    held: [{ fact: 'strategic_mark', is: 'from', limit: 1 }],
  });
});

describe('gold = head or waist in both years', () => {
  it.each([
    ['waist', 'waist', 'gold'],
    ['waist', 'tail', 'general'],
    ['tail', 'waist', 'general'],
    ['tail', 'tail', 'general'],
  ] as const)('%s, then %s: %s', (tierYearBefore, tierLastYear, expected) => {
    expect(classOf({ tierYearBefore, tierLastYear })).toBe(expected);
  });
});

describe('potential = not head and (potential score ≥ 70 or growth ≥ 50 %)', () => {
  it.each<[string, Partial<ValueFacts>, string]>([
    ['a score of 69', { potentialScore: 69 }, 'general'],
    ['a score of 70', { potentialScore: 70 }, 'potential'],
    ['growth of 49 %', { growthPercent: 49 }, 'general'],
    ['growth of 50 %', { growthPercent: 50 }, 'potential'],
    ['a score of 70 at a head', { potentialScore: 70, tierNow: 'head' }, 'general'],
    ['a score of 70 at a waist', { potentialScore: 70, tierNow: 'waist' }, 'potential'],
    ['a bad score, and growth', { potentialScore: 0, growthPercent: 50 }, 'potential'],
  ])('%s', (_, facts, expected) => {
    expect(classOf(facts)).toBe(expected);
  });

  it('tells which of its conditions held', () => {
    const { held } = valueClassOf({ ...NOTHING, growthPercent: 50, potentialScore: 3 }, today);
    expect(held).toEqual([
      { fact: 'below_head', is: 'from', limit: 1 },
      { fact: 'growth_percent', is: 'from', limit: 50 },
    ]);
  });
});

describe('growth', () => {
  it.each([
    ['of the last full year over the one before', [100, 150, 0], 50],
    ['rounded down', [1_000, 1_499, 0], 49],
    ['already of the running year over the last full one', [100, 100, 150], 50],
    ['of both, whichever is more', [100, 130, 260], 100],
    ['never worse for a year that is not over', [100, 100, 10], 0],
    ['that shrinks', [100, 50, 0], -50],
    ['without a year to compare with', [0, 0, 500], null],
    ['from nothing to something, then more', [0, 100, 160], 60],
  ] as const)('%s', (_, [yearBefore, lastYear, runningYear], percent) => {
    expect(growthOf({ yearBefore, lastYear, runningYear })).toBe(percent);
  });
});

const from = (fact: 'potential_score' | 'head_years', limit: number) =>
  ({ fact, is: 'from', limit }) as const;
const everybody: ValueRule = { valueClass: 'gold', all: [], any: [] };

describe('the rules are data', () => {
  it('that can be put in another order', () => {
    const [problem, ...rest] = DEFAULT_VALUE_CLASS.rules;
    const last = rest.pop();
    const rules = [...rest, problem, last].flatMap((rule) => (rule ? [rule] : []));
    const facts = { ...NOTHING, ...HEAD_TWICE, ...profits(-1, -1, 0) };
    expect(valueClassOf(facts, today, { rules, strategicMonths: 12 }).valueClass).toBe('diamond');
  });

  it('of which the first that holds wins, for any facts', () => {
    const anyFacts = fc.record({
      tierYearBefore: fc.constantFrom(...TIERS),
      tierLastYear: fc.constantFrom(...TIERS),
      tierNow: fc.constantFrom(...TIERS),
      profitFen: fc.record({ yearBefore: fc.integer(), lastYear: fc.integer(), runningYear: fc.integer() }),
      growthPercent: fc.option(fc.integer({ min: -100, max: 300 })),
      overdueSince: fc.option(fc.nat(200).map((days) => addDays(today, -days))),
      isMarked: fc.boolean(),
      potentialScore: fc.option(fc.integer({ min: 0, max: 100 })),
    });
    fc.assert(
      fc.property(anyFacts, (given) => {
        const facts = { ...NOTHING, ...given };
        const { valueClass, place } = valueClassOf(facts, today);
        const { rules } = DEFAULT_VALUE_CLASS;
        expect(rules[place - 1]?.valueClass).toBe(valueClass);
        const earlier = [...rules.slice(0, place - 1), everybody];
        expect(valueClassOf(facts, today, { rules: earlier, strategicMonths: 12 }).place).toBe(place);
      }),
    );
  });

  it('without any that holds: general', () => {
    expect(valueClassOf(NOTHING, today, { rules: [], strategicMonths: 12 })).toEqual({
      valueClass: 'general',
      place: 0,
      held: [],
    });
  });

  it.each<[string, ValueRule[], string[]]>([
    ['the defaults', DEFAULT_VALUE_CLASS.rules, []],
    ['no rule at all', [], ['rules']],
    ['a last rule with a condition', [{ ...everybody, all: [from('head_years', 1)] }], ['rules']],
    ['a rule for everybody before the last', [everybody, everybody], ['rules.0']],
    [
      'a score of 101',
      [{ ...everybody, any: [from('potential_score', 101)] }, everybody],
      ['rules.0.any.0.limit'],
    ],
    ['a score of 100', [{ ...everybody, any: [from('potential_score', 100)] }, everybody], []],
    ['half a year', [{ ...everybody, all: [from('head_years', 0.5)] }, everybody], ['rules.0.all.0.limit']],
  ])('with %s', (_, rules, fields) => {
    expect(valueClassProblems({ rules, strategicMonths: 12 }).map(({ field }) => field)).toEqual(fields);
  });

  it.each([
    [0, ['strategicMonths']],
    [1, []],
    [24, []],
    [25, ['strategicMonths']],
  ])('and a mark of %d months', (strategicMonths, fields) => {
    const problems = valueClassProblems({ ...DEFAULT_VALUE_CLASS, strategicMonths });
    expect(problems.map(({ field }) => field)).toEqual(fields);
  });
});
