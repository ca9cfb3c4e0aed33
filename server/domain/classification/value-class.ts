import { daysBetween, type Day } from '../calendar.ts';
import { isWhole, unless, type Problem } from '../problem.ts';
import type { Tier } from './tier.ts';

/** What an account is worth to us 价值分类, by more than its size. Source: domain.md §4. */
export const VALUE_CLASSES = [
  'diamond', // 钻石
  'gold', // 黄金
  'strategic', // 战略
  'potential', // 潜力
  'general', // 一般
  'problem', // 问题
] as const;
export type ValueClass = (typeof VALUE_CLASSES)[number];

/** Figures of the year before last, the last full year, and the running one. */
export type Years<Value> = { yearBefore: Value; lastYear: Value; runningYear: Value };

/** What a value class is read from; money in fen. Tiers of full years are by value alone. */
export type ValueFacts = {
  tierYearBefore: Tier;
  tierLastYear: Tier;
  tierNow: Tier;
  revenueFen: Years<number>;
  profitFen: Years<number>;
  growthPercent: number | null; // see `growthOf`; null: nothing to compare with
  overdueSince: Day | null; // when the oldest open receivable fell due
  isMarked: boolean; // 战略客户, by a manager, in force
  potentialScore: number | null; // 0–100
};

/** What a condition can ask about, with the largest limit that makes sense. */
const LIMITS = {
  overdue_days: 3650, // of the oldest receivable
  loss_years: 3, // in a row with negative profit
  head_years: 2, // of the last two full ones
  head_or_waist_years: 2,
  strategic_mark: 1, // 1 while it is in force
  below_head: 1, // 1 unless head now
  potential_score: 100,
  growth_percent: 1000,
} as const;
export type ValueFact = keyof typeof LIMITS;
export const VALUE_FACTS = Object.keys(LIMITS) as ValueFact[];

/** `over`: more than the limit; `from`: at least the limit. What is not known never holds. */
export type ValueCondition = { fact: ValueFact; is: 'over' | 'from'; limit: number };

/** Holds when all of `all` hold, and at least one of `any` where there are any. */
export type ValueRule = { valueClass: ValueClass; all: ValueCondition[]; any: ValueCondition[] };

/** The first rule that holds wins; the last has no conditions. A strategic mark ends after so many months. */
export type ValueClassSettings = { rules: ValueRule[]; strategicMonths: number };

const over = (fact: ValueFact, limit: number): ValueCondition => ({ fact, is: 'over', limit });
const from = (fact: ValueFact, limit: number): ValueCondition => ({ fact, is: 'from', limit });

/** Source: domain.md §4. */
export const DEFAULT_VALUE_CLASS: ValueClassSettings = {
  rules: [
    { valueClass: 'problem', all: [], any: [over('overdue_days', 90), from('loss_years', 2)] },
    { valueClass: 'diamond', all: [from('head_years', 2)], any: [] },
    { valueClass: 'strategic', all: [from('strategic_mark', 1)], any: [] },
    { valueClass: 'gold', all: [from('head_or_waist_years', 2)], any: [] },
    {
      valueClass: 'potential',
      all: [from('below_head', 1)],
      any: [from('potential_score', 70), from('growth_percent', 50)],
    },
    { valueClass: 'general', all: [], any: [] },
  ],
  strategicMonths: 12,
};

/** The class, which rule gave it (from 1; 0: none), and the conditions that made it hold. */
export type ValueClassFound = { valueClass: ValueClass; place: number; held: ValueCondition[] };

/** The class by the first rule that holds; 一般 general when none does. Source: domain.md §4. */
export function valueClassOf(
  facts: ValueFacts,
  today: Day,
  { rules }: ValueClassSettings = DEFAULT_VALUE_CLASS,
): ValueClassFound {
  const holds = (condition: ValueCondition) => isMet(condition, READINGS[condition.fact](facts, today));
  const isRuleMet = ({ all, any }: ValueRule) => all.every(holds) && (any.length === 0 || any.some(holds));
  const index = rules.findIndex(isRuleMet);
  const rule = rules[index];
  if (!rule) return { valueClass: 'general', place: 0, held: [] };
  return { valueClass: rule.valueClass, place: index + 1, held: [...rule.all, ...rule.any.filter(holds)] };
}

function isMet({ is, limit }: ValueCondition, value: number | null): boolean {
  if (value === null) return false;
  return is === 'over' ? value > limit : value >= limit;
}

/** What each fact amounts to; null: not known. */
const READINGS: Record<ValueFact, (facts: ValueFacts, today: Day) => number | null> = {
  overdue_days: ({ overdueSince }, today) => (overdueSince ? daysBetween(overdueSince, today) : null),
  loss_years: ({ profitFen }) => lossYears([profitFen.yearBefore, profitFen.lastYear, profitFen.runningYear]),
  head_years: (facts) => yearsIn(facts, ['head']),
  head_or_waist_years: (facts) => yearsIn(facts, ['head', 'waist']),
  strategic_mark: ({ isMarked }) => Number(isMarked),
  below_head: ({ tierNow }) => Number(tierNow !== 'head'),
  potential_score: ({ potentialScore }) => potentialScore,
  growth_percent: ({ growthPercent }) => growthPercent,
};

const yearsIn = ({ tierYearBefore, tierLastYear }: ValueFacts, tiers: readonly Tier[]) =>
  [tierYearBefore, tierLastYear].filter((tier) => tiers.includes(tier)).length;

function lossYears(profits: readonly number[]): number {
  let [longest, inARow] = [0, 0];
  for (const fen of profits) {
    inARow = fen < 0 ? inARow + 1 : 0;
    longest = Math.max(longest, inARow);
  }
  return longest;
}

/**
 * Growth of revenue in whole percent, rounded down: of the last full year over the one before, or already of the running year
 * over the last full one, whichever is more. A year that is not over can only be underrated. Null without a year to compare with.
 */
export function growthOf({ yearBefore, lastYear, runningYear }: Years<number>): number | null {
  const found = [...overBase(lastYear, yearBefore), ...overBase(runningYear, lastYear)];
  return found.length > 0 ? Math.max(...found) : null;
}

const overBase = (now: number, base: number) => (base > 0 ? [Math.floor(((now - base) * 100) / base)] : []);

const MOST_MARK_MONTHS = 24;

/** What an administrator has to mend, field by field. */
export function valueClassProblems({ rules, strategicMonths }: ValueClassSettings): Problem[] {
  const last = rules.at(-1);
  return [
    ...unless(
      last !== undefined && isCatchAll(last),
      'rules',
      '最后一条规则不能有条件：请把没有条件的“一般”放在最后',
    ),
    ...rules.flatMap((rule, index) => [
      ...unless(
        index === rules.length - 1 || !isCatchAll(rule),
        `rules.${index}`,
        '没有条件的规则会挡住后面的规则：请填写条件，或移到最后',
      ),
      ...ruleProblems(rule, `rules.${index}`),
    ]),
    ...unless(
      isWhole(strategicMonths, 1, MOST_MARK_MONTHS),
      'strategicMonths',
      `战略标记的有效期须为 1 到 ${MOST_MARK_MONTHS} 之间的整月数`,
    ),
  ];
}

const isCatchAll = ({ all, any }: ValueRule) => all.length + any.length === 0;

function ruleProblems({ valueClass, all, any }: ValueRule, field: string): Problem[] {
  const named = [
    ...all.map((condition, index) => [`${field}.all.${index}`, condition] as const),
    ...any.map((condition, index) => [`${field}.any.${index}`, condition] as const),
  ];
  return [
    ...unless(VALUE_CLASSES.includes(valueClass), `${field}.valueClass`, '请选择六个价值分类之一'),
    ...named.flatMap(([name, { fact, is, limit }]) => {
      const most = Object.hasOwn(LIMITS, fact) ? LIMITS[fact] : null;
      if (most === null) return [{ field: `${name}.fact`, message: '请选择列出的条件' }];
      return [
        ...unless(is === 'over' || is === 'from', `${name}.is`, '请选择“超过”或“不低于”'),
        ...unless(isWhole(limit, 0, most), `${name}.limit`, `请填写 0 到 ${most} 之间的整数`),
      ];
    }),
  ];
}
