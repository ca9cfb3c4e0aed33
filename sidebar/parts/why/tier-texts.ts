import type { ClassificationView } from '../../../server/api/contract/classification.ts';
import { dayText } from '../days.ts';
import { TIER } from '../texts.ts';
import { yuanText } from '../yuan.ts';

type Tier = ClassificationView['tier'];
type TierWhy = NonNullable<Tier['why']>;
type Rows = [label: string, value: string][];

/** What accounts are ranked by. */
const BASIS: Readonly<Record<TierWhy['basis'], string>> = {
  revenue: '回款',
  profit: '利润',
  lifetime_revenue: '累计回款',
};

/** How the tiers part; the numbers belong to the administrators. */
const MODE: Readonly<Record<TierWhy['mode'], (basis: string) => string>> = {
  rank: (basis) => `按${basis}排名：默认前 10% 为头部，其后 30% 为腰部，其余为尾部；没有${basis}的不分层`,
  threshold: (basis) =>
    `按${basis}金额：达到头部线为头部，达到腰部线为腰部，其余为尾部；没有${basis}的不分层`,
  share: (basis) =>
    `按${basis}累计占比：从高到低累加，默认占到 60% 的为头部，占到 90% 的为腰部，其余为尾部；没有${basis}的不分层`,
};

/** Words of the explanation of a tier. */
export const TIER_WHY = {
  title: (tier: Tier['value']) => `为什么是${TIER[tier]}`,
  unknown: '还没有计算过分层，下一次夜间计算后会有结果',
  mode: (why: TierWhy) => MODE[why.mode](BASIS[why.basis]),
  position: (rank: number, ranked: number) => `第 ${rank} / ${ranked} 名`,
} as const;

/** `近 12 个月回款`; what counts for a lifetime has no window. */
const basisText = ({ basis, windowMonths }: TierWhy) =>
  basis === 'lifetime_revenue' ? BASIS[basis] : `近 ${windowMonths} 个月${BASIS[basis]}`;

/** The one sentence that answers "why this tier?". */
export function tierSentence({ value, why }: { value: Tier['value']; why: TierWhy }): string {
  const amount = `${basisText(why)} ${yuanText(why.valueFen)}`;
  const place = why.rank === null ? '' : `，排名第 ${why.rank} / ${why.ranked}`;
  switch (why.rule) {
    case 'pinned':
      return `由主管指定为${TIER[value]}${why.pinReason ? `：${why.pinReason}` : ''}。按${BASIS[why.basis]}计算为${TIER[why.computedTier ?? why.freshTier]}。`;
    case 'held':
      return `${amount}${place}，这次算出来是${TIER[why.freshTier]}，但离分界线不到 ${why.hysteresisPercent}%，而且是头一回，所以先保持${TIER[value]}。下次仍如此就调整。`;
    case 'unrated':
      return `${nothingText(why)}，所以不分层。`;
    case 'ranked':
      return `${amount}${place}，属于${TIER[value]}。`;
  }
}

/** `近 12 个月没有回款`. */
const nothingText = (why: TierWhy) => basisText(why).replace(BASIS[why.basis], `没有${BASIS[why.basis]}`);

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
    [BASIS[why.basis], yuanText(why.valueFen)],
    ['统计期', `${dayText(why.windowFrom)} 至 ${dayText(why.windowTo)}`],
    ...lines.flatMap(([label, fen]): Rows => (fen === null ? [] : [[label, `${yuanText(fen)} 起`]])),
    ...distanceRow(why),
  ];
}
