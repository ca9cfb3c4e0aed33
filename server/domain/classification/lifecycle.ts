import { addDays, addMonths, type Day } from '../calendar.ts';
import { isWhole, unless, type Problem } from '../problem.ts';

/** The eight stages 客户八阶段, lowest first. Source: domain.md §5. */
export const STAGES = [
  'suspect', // 猜想
  'prospect', // 预期
  'first_purchase', // 首次成交
  'repeat', // 重复购买
  'long_term', // 长期
  'advocate', // 拥护者
  'strategic_partner', // 战略合作
  'partner', // 合伙人
] as const;
export type Stage = (typeof STAGES)[number];

/** What is to be done with customers of a stage 管理维度: 选择 select, 获取 acquire, 保持 keep, 拓展 expand. Source: domain.md §5. */
export const DIMENSIONS = ['select', 'acquire', 'keep', 'expand'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Select (stages 1–2), acquire (3), keep (4–5), expand (6–8). Source: domain.md §5. */
export function dimensionOf(stage: Stage): Dimension {
  const number = STAGES.indexOf(stage) + 1;
  if (number <= 2) return 'select';
  if (number === 3) return 'acquire';
  return number <= 5 ? 'keep' : 'expand';
}

/** What the stage is read from. Days are in the corp's time zone. */
export type LifecycleFacts = {
  paidOrders: number;
  firstOrderOn: Day | null;
  lastOrderOn: Day | null;
  latestNps: number | null; // 0–10
  partnerContract: boolean; // agency, distribution or equity on record
  opportunityClosesOn: Day | null; // earliest expected close of an open opportunity at 意向 or later
  largestSharePercent: number | null; // our largest share of the account's spend in a category
  referralsWon: number; // referrals that became customers
};

/** The numbers of the rules. */
export type LifecycleSettings = {
  prospectDays: number; // an opportunity closes within
  longTermSinceMonths: number; // the first order is at least so old
  longTermActiveMonths: number; // the last order is at most so old
  advocateNps: number; // the latest answer is at least
  advocateSharePercent: number; // or our share in a category is at least
  repeatOrders: number; // so many paid orders are a repeat; fewer a first purchase
  strategicReferrals: number; // so many referrals became customers
};

/** Source: domain.md §5. */
export const DEFAULT_LIFECYCLE: LifecycleSettings = {
  prospectDays: 90,
  longTermSinceMonths: 12,
  longTermActiveMonths: 6,
  advocateNps: 9,
  advocateSharePercent: 80,
  repeatOrders: 2,
  strategicReferrals: 1,
};

/** The largest value of each number, and the smallest. */
const RANGES: Record<keyof LifecycleSettings, [from: number, to: number, unit: string]> = {
  prospectDays: [1, 730, '天数'],
  longTermSinceMonths: [1, 120, '月数'],
  longTermActiveMonths: [1, 60, '月数'],
  advocateNps: [0, 10, '分数'],
  advocateSharePercent: [1, 100, '百分比'],
  repeatOrders: [2, 20, '笔数'],
  strategicReferrals: [1, 20, '家数'],
};

/** What an administrator has to mend, field by field. */
export function lifecycleProblems(settings: LifecycleSettings): Problem[] {
  const fields = Object.keys(RANGES) as (keyof LifecycleSettings)[];
  return fields.flatMap((field) => {
    const [from, to, unit] = RANGES[field];
    return unless(isWhole(settings[field], from, to), field, `${unit}须为 ${from} 到 ${to} 之间的整数`);
  });
}

type Case = { facts: LifecycleFacts; today: Day; limits: LifecycleSettings };

/** Each rule, highest stage first: the first that holds wins. Source: domain.md §5. */
const RULES: readonly [Stage, (given: Case) => boolean][] = [
  ['partner', ({ facts }) => facts.partnerContract],
  ['strategic_partner', (given) => isRepeat(given) && isReferring(given)],
  ['advocate', (given) => isRepeat(given) && isFan(given)],
  ['long_term', (given) => isRepeat(given) && isLoyal(given)],
  ['repeat', isRepeat],
  ['first_purchase', ({ facts }) => facts.paidOrders >= 1],
  ['prospect', isNearClose],
];

/** The highest stage whose rule the facts satisfy. */
export function stageOf(
  facts: LifecycleFacts,
  today: Day,
  limits: LifecycleSettings = DEFAULT_LIFECYCLE,
): Stage {
  return RULES.find(([, holds]) => holds({ facts, today, limits }))?.[0] ?? 'suspect';
}

/** True when `to` is a lower stage than `from`. */
export const isStageFall = (from: Stage, to: Stage): boolean => STAGES.indexOf(to) < STAGES.indexOf(from);

function isRepeat({ facts, limits }: Case): boolean {
  return facts.paidOrders >= limits.repeatOrders;
}

function isReferring({ facts, limits }: Case): boolean {
  return facts.referralsWon >= limits.strategicReferrals;
}

function isFan({ facts: { latestNps, largestSharePercent }, limits }: Case): boolean {
  const isPraised = latestNps !== null && latestNps >= limits.advocateNps;
  return isPraised || (largestSharePercent !== null && largestSharePercent >= limits.advocateSharePercent);
}

function isLoyal({ facts: { firstOrderOn, lastOrderOn }, today, limits }: Case): boolean {
  if (!firstOrderOn || !lastOrderOn) return false;
  const isOld = firstOrderOn <= addMonths(today, -limits.longTermSinceMonths);
  return isOld && lastOrderOn >= addMonths(today, -limits.longTermActiveMonths);
}

function isNearClose({ facts: { opportunityClosesOn }, today, limits }: Case): boolean {
  return Boolean(
    opportunityClosesOn &&
    opportunityClosesOn >= today &&
    opportunityClosesOn <= addDays(today, limits.prospectDays),
  );
}
