import { addDays, addMonths, type Day } from './calendar.ts';

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

/** What the stage is read from. Days are in the corp's time zone. */
export type LifecycleFacts = {
  paidOrders: number;
  firstOrderOn: Day | null;
  lastOrderOn: Day | null;
  latestNps: number | null; // 0–10
  partnerContract: boolean; // agency, distribution or equity on record
  opportunityClosesOn?: Day | null; // earliest expected close of an open opportunity at 意向 or later
  largestSharePercent?: number | null; // our largest share of the account's spend in a category
  referralsWon?: number; // referrals that became customers
};

/** An order within so many months keeps a customer long-term, whose first order is at least so many months old. Source: domain.md §5. */
const LONG_TERM = { sinceMonths: 12, activeMonths: 6 };
const PROSPECT_DAYS = 90;
const ADVOCATE_NPS = 9;
const ADVOCATE_SHARE_PERCENT = 80;

/** Each rule, highest stage first: the first that holds wins. Source: domain.md §5. */
const RULES: readonly [Stage, (facts: LifecycleFacts, today: Day) => boolean][] = [
  ['partner', (facts) => facts.partnerContract],
  ['strategic_partner', (facts) => isRepeat(facts) && (facts.referralsWon ?? 0) >= 1],
  ['advocate', (facts) => isRepeat(facts) && isFan(facts)],
  ['long_term', (facts, today) => isRepeat(facts) && isLoyal(facts, today)],
  ['repeat', isRepeat],
  ['first_purchase', (facts) => facts.paidOrders === 1],
  ['prospect', isNearClose],
];

/** The highest stage whose rule the facts satisfy. */
export function stageOf(facts: LifecycleFacts, today: Day): Stage {
  return RULES.find(([, holds]) => holds(facts, today))?.[0] ?? 'suspect';
}

function isRepeat({ paidOrders }: LifecycleFacts): boolean {
  return paidOrders >= 2;
}

function isFan({ latestNps, largestSharePercent }: LifecycleFacts): boolean {
  return (latestNps ?? 0) >= ADVOCATE_NPS || (largestSharePercent ?? 0) >= ADVOCATE_SHARE_PERCENT;
}

function isLoyal({ firstOrderOn, lastOrderOn }: LifecycleFacts, today: Day): boolean {
  if (!firstOrderOn || !lastOrderOn) return false;
  const isOld = firstOrderOn <= addMonths(today, -LONG_TERM.sinceMonths);
  return isOld && lastOrderOn >= addMonths(today, -LONG_TERM.activeMonths);
}

function isNearClose({ opportunityClosesOn }: LifecycleFacts, today: Day): boolean {
  return Boolean(
    opportunityClosesOn &&
    opportunityClosesOn >= today &&
    opportunityClosesOn <= addDays(today, PROSPECT_DAYS),
  );
}
