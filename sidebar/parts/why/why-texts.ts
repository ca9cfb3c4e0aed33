import type { Profile } from '../../../server/api/contract/profile.ts';
import { dayText } from '../days.ts';
import { STAGE, TIER } from '../texts.ts';
import { yuanText } from '../yuan.ts';

type Account = Profile['account'];
type TierWhy = NonNullable<Account['tierWhy']>;
type StageWhy = NonNullable<Account['stageWhy']>;
type Rows = [label: string, value: string][];

/** Words of the two sheets that explain a tier and a stage. */
export const WHY = {
  tierTitle: (tier: Account['tier']) => `为什么是${TIER[tier]}`,
  stageTitle: (stage: Account['stage']) => `为什么是「${STAGE[stage]}」`,
  tierUnknown: '还没有计算过分层，下一次夜间计算后会有结果',
  stageUnknown: '还没有计算过阶段，下一次夜间计算后会有结果',
  shares: '按回款排名：前 10% 为头部，其后 30% 为腰部，其余为尾部；没有回款的不分层',
  manual: '人工指定',
  here: '当前',
  position: (rank: number, ranked: number) => `第 ${rank} / ${ranked} 名`,
} as const;

/** The one sentence that answers "why this tier?". */
export function tierSentence(tier: Account['tier'], why: TierWhy): string {
  const value = yuanText(why.valueFen);
  const place = why.rank === null ? '' : `，排名第 ${why.rank} / ${why.ranked}`;
  switch (why.rule) {
    case 'pinned':
      return `由主管指定为${TIER[tier]}${why.pinReason ? `：${why.pinReason}` : ''}。按回款计算为${TIER[why.freshTier]}。`;
    case 'held':
      return `近 12 个月回款 ${value}${place}，这次算出来是${TIER[why.freshTier]}，但离分界线不到 5%，而且是头一回，所以先保持${TIER[tier]}。下次仍如此就调整。`;
    case 'unrated':
      return '近 12 个月没有回款，所以不分层。';
    case 'ranked':
      return `近 12 个月回款 ${value}${place}，属于${TIER[tier]}。`;
  }
}

/** What is missing to reach the next tier up, when a line for it is known. */
function distanceRow({ valueFen, headFromFen, waistFromFen }: TierWhy): Rows {
  const lines: [string, number | null][] = [
    ['离腰部线', waistFromFen],
    ['离头部线', headFromFen],
  ];
  const next = lines.find(([, line]) => line !== null && line > valueFen);
  return next && next[1] !== null ? [[next[0], `还差 ${yuanText(next[1] - valueFen)}`]] : [];
}

/** The numbers behind a tier. */
export function tierRows(why: TierWhy): Rows {
  const lines: [string, number | null][] = [
    ['头部线', why.headFromFen],
    ['腰部线', why.waistFromFen],
  ];
  return [
    ['回款', yuanText(why.valueFen)],
    ['统计期', `${dayText(why.windowFrom)} 至 ${dayText(why.windowTo)}`],
    ...lines.flatMap(([label, fen]): Rows => (fen === null ? [] : [[label, `${yuanText(fen)} 起`]])),
    ...distanceRow(why),
  ];
}

/** What each stage takes. Source: domain.md §5. */
export const STAGE_RULES: readonly (readonly [stage: Account['stage'], rule: string])[] = [
  ['suspect', '已经认识，还没有更多进展'],
  ['prospect', '有意向以上的商机，预计 90 天内成交'],
  ['first_purchase', '有且只有一笔已付款订单'],
  ['repeat', '两笔以上已付款订单'],
  ['long_term', '首单满 12 个月，近 6 个月内还有订单'],
  ['advocate', '重复购买，且评分 9 分以上或某品类 80% 以上买我们的'],
  ['strategic_partner', '重复购买，且转介绍过成交客户'],
  ['partner', '签有代理、分销或股权合同'],
];

/** The one sentence that answers "why this stage?". */
export function stageSentence(stage: Account['stage'], why: StageWhy): string {
  const rule = STAGE_RULES.find(([name]) => name === why.rule)?.[1] ?? '';
  if (!why.isManual) return `符合条件：${rule}。`;
  const reason = why.manualReason ? `：${why.manualReason}` : '';
  return `由人工指定为「${STAGE[stage]}」${reason}。按事实计算为「${STAGE[why.rule]}」。`;
}

/** The facts that were read for a stage. */
export function stageRows(why: StageWhy): Rows {
  return [
    ['已付款订单', `${why.paidOrders} 笔`],
    ['首单', why.firstOrderOn ? dayText(why.firstOrderOn) : '没有'],
    ['最近一单', why.lastOrderOn ? dayText(why.lastOrderOn) : '没有'],
    ['最近评分', why.latestNps === null ? '没有' : `${why.latestNps} 分`],
    ['合伙合同', why.partnerContract ? '有' : '没有'],
  ];
}
