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

type Cut = NonNullable<TierWhy['cutPercent']>;

const LINES = '达到头部线为头部，达到腰部线为腰部，其余为尾部';

/** How the tiers part; the numbers are those of the run that is explained. */
const CUT: Readonly<Record<'rank' | 'share', (cut: Cut) => string>> = {
  rank: ({ head, waist }) => `排名：前 ${head}% 为头部，其后 ${waist}% 为腰部，其余为尾部`,
  share: ({ head, waist }) =>
    `累计占比：从高到低累加，占到 ${head}% 的为头部，占到 ${waist}% 的为腰部，其余为尾部`,
};

/** An old explanation has no numbers; nor has the cut by amount. */
function modeText({ mode, basis, cutPercent }: TierWhy): string {
  const isByAmount = mode === 'threshold' || !cutPercent;
  const cut = isByAmount ? `金额：${LINES}` : CUT[mode](cutPercent);
  return `按${BASIS[basis]}${cut}；没有${BASIS[basis]}的不分层`;
}

/** Words of the explanation of a tier. */
export const TIER_WHY = {
  title: (tier: Tier['value']) => `为什么是${TIER[tier]}`,
  unknown: '还没有计算过分层，下一次夜间计算后会有结果',
  mode: modeText,
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
      return `${amount}${place}，${heldText(why)}，所以先保持${TIER[value]}。`;
    case 'unrated':
      return `${nothingText(why)}，所以不分层。`;
    case 'ranked':
      return `${amount}${place}，属于${TIER[value]}。`;
  }
}

/** How near the boundary it was, and how many more runs have to say so. */
const heldText = ({ freshTier, hysteresisPercent, confirmingRuns, seenRuns }: TierWhy) =>
  `这次算出来是${TIER[freshTier]}，但离分界线不到 ${hysteresisPercent}%，要连续 ${confirmingRuns} 次都这样才调整（现在是第 ${seenRuns ?? 1} 次）`;

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
