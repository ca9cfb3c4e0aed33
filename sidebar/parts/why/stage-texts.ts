import type { ClassificationView } from '../../../server/api/contract/classification.ts';
import { dayText } from '../days.ts';
import { STAGE } from '../texts.ts';

type Stage = ClassificationView['stage'];
type StageWhy = NonNullable<Stage['why']>;
type Limits = NonNullable<StageWhy['limits']>;

/** What held where an old explanation does not say. Source: domain.md §5. */
const USUAL: Limits = {
  prospectDays: 90,
  longTermSinceMonths: 12,
  longTermActiveMonths: 6,
  advocateNps: 9,
  advocateSharePercent: 80,
  repeatOrders: 2,
  strategicReferrals: 1,
};

/** Words of the explanation of a stage. */
export const STAGE_WHY = {
  title: (stage: Stage['value']) => `为什么是「${STAGE[stage]}」`,
  unknown: '还没有计算过阶段，下一次夜间计算后会有结果',
  here: '当前',
} as const;

/** What each stage takes, lowest first. Source: domain.md §5. */
export function stageRules(limits: Limits = USUAL): (readonly [stage: Stage['value'], rule: string])[] {
  return [
    ['suspect', '已经认识，还没有更多进展'],
    ['prospect', `有意向以上的商机，预计 ${limits.prospectDays} 天内成交`],
    [
      'first_purchase',
      limits.repeatOrders === 2 ? '有且只有一笔已付款订单' : `有已付款订单，但不到 ${limits.repeatOrders} 笔`,
    ],
    ['repeat', `${limits.repeatOrders} 笔以上已付款订单`],
    [
      'long_term',
      `首单满 ${limits.longTermSinceMonths} 个月，近 ${limits.longTermActiveMonths} 个月内还有订单`,
    ],
    [
      'advocate',
      `重复购买，且评分 ${limits.advocateNps} 分以上或某品类 ${limits.advocateSharePercent}% 以上买我们的`,
    ],
    ['strategic_partner', `重复购买，且转介绍成交 ${limits.strategicReferrals} 家以上`],
    ['partner', '签有代理、分销或股权合同'],
  ];
}

/** The one sentence that answers "why this stage?". */
export function stageSentence({ value, why }: { value: Stage['value']; why: StageWhy }): string {
  const rule = stageRules(why.limits).find(([name]) => name === why.rule)?.[1] ?? '';
  if (!why.isManual) return `符合条件：${rule}。`;
  const reason = why.manualReason ? `：${why.manualReason}` : '';
  return `由人工指定为「${STAGE[value]}」${reason}。按事实计算为「${STAGE[why.rule]}」。`;
}

const dayOrNone = (day: string | null) => (day ? dayText(day) : '没有');

/** The facts that were read for a stage. */
export function stageRows(why: StageWhy): [label: string, value: string][] {
  return [
    ['已付款订单', `${why.paidOrders} 笔`],
    ['首单', dayOrNone(why.firstOrderOn)],
    ['最近一单', dayOrNone(why.lastOrderOn)],
    ['最近评分', why.latestNps === null ? '没有' : `${why.latestNps} 分`],
    ['预计成交', dayOrNone(why.opportunityClosesOn)],
    ['最大份额', why.largestSharePercent === null ? '不清楚' : `${why.largestSharePercent}%`],
    ['转介绍成交', `${why.referralsWon} 家`],
    ['合伙合同', why.partnerContract ? '有' : '没有'],
  ];
}
