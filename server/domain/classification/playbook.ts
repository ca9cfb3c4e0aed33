import { yuanText } from '../money.ts';
import { isWhole, unless, type Problem } from '../problem.ts';
import { TIERS, type Tier } from './tier.ts';

/** The tiers that are served by a plan; who is unrated has none yet. */
export type ServedTier = Exclude<Tier, 'unrated'>;
export const SERVED_TIERS = TIERS.filter((tier): tier is ServedTier => tier !== 'unrated');

/** How one tier is served 服务策略 and what it may cost 大客户政策. Percents are whole numbers; money in fen. */
export type TierPolicy = {
  services: string[]; // what sales do, one sentence each
  discountPercent: { from: number; to: number }; // off the list price
  paymentDays: number; // after delivery; 0: paid before it
  visitDays: number; // between two visits; 0: none are planned
  costBudgetFen: number; // per account and quarter
  commissionPercent: number; // of the revenue
};
export type Playbook = Record<ServedTier, TierPolicy>;

/**
 * The services stand in domain.md §3; of the policy it names only the monthly visit and who gets the larger discount, so the
 * other numbers are a place to start from. Source: domain.md §3.
 */
export const DEFAULT_PLAYBOOK: Playbook = {
  head: {
    services: [
      'VIP 服务：指定负责人和副手',
      '每月拜访一次',
      '可以给折扣',
      '投诉最先处理',
      '关注客户的经营、财务和人事变化',
    ],
    discountPercent: { from: 0, to: 10 },
    paymentDays: 60,
    visitDays: 30,
    costBudgetFen: 500_000,
    commissionPercent: 3,
  },
  waist: {
    services: ['保持常规联系', '折扣小一些', '发现升级信号（预算增加、关注新产品）时告诉负责人'],
    discountPercent: { from: 0, to: 5 },
    paymentDays: 30,
    visitDays: 90,
    costBudgetFen: 100_000,
    commissionPercent: 2,
  },
  tail: {
    services: [
      '判断有没有升级潜力，有潜力的重点培养',
      '欠款、要求不合理又没有潜力的，建议淘汰；系统不会自动放弃任何客户',
    ],
    discountPercent: { from: 0, to: 0 },
    paymentDays: 0,
    visitDays: 0,
    costBudgetFen: 0,
    commissionPercent: 1,
  },
};

const MOST_SERVICES = 20;
const LONGEST_SERVICE = 200;
const LARGEST_BUDGET_FEN = 10_000_000_000;

/** What is wrong with a playbook. Source: domain.md §3. */
export function playbookProblems(playbook: Playbook): Problem[] {
  return SERVED_TIERS.flatMap((tier) =>
    policyProblems(playbook[tier]).map(({ field, message }) => ({ field: `${tier}.${field}`, message })),
  );
}

function policyProblems(policy: TierPolicy): Problem[] {
  const { from, to } = policy.discountPercent;
  return [
    ...serviceProblems(policy.services),
    ...unless(isWhole(from, 0, 100), 'discountPercent.from', '折扣请填 0 到 100 的整数'),
    ...unless(isWhole(to, 0, 100), 'discountPercent.to', '折扣请填 0 到 100 的整数'),
    ...unless(from <= to, 'discountPercent.to', `最大折扣不能小于最小折扣（${from}%）`),
    ...unless(isWhole(policy.paymentDays, 0, 365), 'paymentDays', '账期请填 0 到 365 天'),
    ...unless(isWhole(policy.visitDays, 0, 365), 'visitDays', '拜访间隔请填 0 到 365 天，0 表示不安排拜访'),
    ...unless(
      isWhole(policy.costBudgetFen, 0, LARGEST_BUDGET_FEN),
      'costBudgetFen',
      `每季度费用请填 0 到 ${yuanText(LARGEST_BUDGET_FEN)}`,
    ),
    ...unless(isWhole(policy.commissionPercent, 0, 100), 'commissionPercent', '提成请填 0 到 100 的整数'),
  ];
}

const isSentence = (text: string) => text.trim() !== '' && text.length <= LONGEST_SERVICE;

function serviceProblems(services: readonly string[]): Problem[] {
  return [
    ...unless(services.length <= MOST_SERVICES, 'services', `服务内容最多 ${MOST_SERVICES} 条`),
    ...services.flatMap((text, index) =>
      unless(isSentence(text), `services.${index}`, `每条服务内容请写 1 到 ${LONGEST_SERVICE} 个字`),
    ),
  ];
}
