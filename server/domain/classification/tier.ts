import type { Day } from '../calendar.ts';
import { isWhole, unless, type Problem } from '../problem.ts';

/** The pyramid 金字塔: 头部 head, 腰部 waist, 尾部 tail; accounts without revenue are 未分层 unrated. Source: domain.md §3. */
export const TIERS = ['head', 'waist', 'tail', 'unrated'] as const;
export type Tier = (typeof TIERS)[number];

/** What an account is ranked by, over the window; lifetime revenue has none. Source: domain.md §3. */
export const TIER_BASES = ['revenue', 'profit', 'lifetime_revenue'] as const;
export type TierBasis = (typeof TIER_BASES)[number];

/** How tiers are cut: by rank, by absolute thresholds, or by cumulative share of value. Source: domain.md §3. */
export const TIER_MODES = ['rank', 'threshold', 'share'] as const;
export type TierMode = (typeof TIER_MODES)[number];

/** How accounts are tiered. Percents are whole numbers; money in fen. */
export type TierSettings = {
  basis: TierBasis;
  windowMonths: number;
  mode: TierMode;
  rankPercent: { head: number; waist: number; tail: number }; // of the accounts with value; sums to 100
  sharePercent: { head: number; waist: number }; // cumulative, of all value
  thresholdFen: { head: number; waist: number }; // from which value on
  hysteresisPercent: number; // of the boundary value
  confirmingRuns: number; // so many runs in a row change a tier, however near the boundary
  topPercent: number; // concentration is what the first so many percent of accounts bring
  usualPercent: { head: number; waist: number; tail: number }; // of all value, to hold the real shares against; sums to 100
};

/** The percents at which tiers part. */
export type CutPercent = { head: number; waist: number };

/** Source: domain.md §3. */
export const DEFAULT_TIER_SETTINGS: TierSettings = {
  basis: 'revenue',
  windowMonths: 12,
  mode: 'rank',
  rankPercent: { head: 10, waist: 30, tail: 60 },
  sharePercent: { head: 60, waist: 90 },
  thresholdFen: { head: 100_000_000, waist: 20_000_000 },
  hysteresisPercent: 5,
  confirmingRuns: 2,
  topPercent: 20,
  usualPercent: { head: 60, waist: 30, tail: 10 },
};

/** What an explanation says of the cut: each tier's own part of the accounts by rank, the running sum of the value by share. */
export function cutPercentOf({ mode, rankPercent, sharePercent }: TierSettings): CutPercent | null {
  if (mode === 'threshold') return null;
  const { head, waist } = mode === 'rank' ? rankPercent : sharePercent;
  return { head, waist };
}

const MOST_MONTHS = 60;
const MOST_HYSTERESIS = 50;
const MOST_RUNS = 10;
const LARGEST_FEN = 100_000_000_000_000;

/** What an administrator has to mend, field by field. */
export function tierProblems(settings: TierSettings): Problem[] {
  const { basis, mode, windowMonths, hysteresisPercent } = settings;
  return [
    ...unless(TIER_BASES.includes(basis), 'basis', '请选择回款、利润或累计回款'),
    ...unless(TIER_MODES.includes(mode), 'mode', '请选择按排名、按金额或按累计占比'),
    ...unless(
      isWhole(windowMonths, 1, MOST_MONTHS),
      'windowMonths',
      `统计期须为 1 到 ${MOST_MONTHS} 之间的整月数`,
    ),
    ...unless(
      isWhole(hysteresisPercent, 0, MOST_HYSTERESIS),
      'hysteresisPercent',
      `缓冲须为 0 到 ${MOST_HYSTERESIS} 之间的整数`,
    ),
    ...unless(
      isWhole(settings.confirmingRuns, 1, MOST_RUNS),
      'confirmingRuns',
      `请填写 1 到 ${MOST_RUNS} 之间的整数`,
    ),
    ...unless(isWhole(settings.topPercent, 1, 99), 'topPercent', '请填写 1 到 99 之间的整数'),
    ...partsProblems('rankPercent', settings.rankPercent),
    ...partsProblems('usualPercent', settings.usualPercent),
    ...shareProblems(settings.sharePercent),
    ...thresholdProblems(settings.thresholdFen),
  ];
}

/** Parts of a whole, one for each tier. */
function partsProblems(field: string, { head, waist, tail }: TierSettings['rankPercent']): Problem[] {
  const wrong = Object.entries({ head, waist, tail }).filter(([, percent]) => !isWhole(percent, 1, 98));
  if (wrong.length > 0)
    return wrong.map(([name]) => ({ field: `${field}.${name}`, message: '请填写 1 到 98 之间的整数' }));
  const sum = head + waist + tail;
  return unless(
    sum === 100,
    field,
    `头部、腰部、尾部的占比加起来是 ${sum} %，应为 100 %：请${sum > 100 ? '减少' : '增加'} ${Math.abs(sum - 100)} %`,
  );
}

function shareProblems({ head, waist }: TierSettings['sharePercent']): Problem[] {
  if (!isWhole(head, 1, 99)) return [{ field: 'sharePercent.head', message: '请填写 1 到 99 之间的整数' }];
  return unless(
    isWhole(waist, head + 1, 100),
    'sharePercent.waist',
    `腰部的累计占比须为大于头部（${head} %）且不超过 100 的整数`,
  );
}

function thresholdProblems({ head, waist }: TierSettings['thresholdFen']): Problem[] {
  if (!isWhole(waist, 1, LARGEST_FEN))
    return [{ field: 'thresholdFen.waist', message: '腰部起点须大于 0，且不超过一万亿元' }];
  return unless(
    isWhole(head, waist + 1, LARGEST_FEN),
    'thresholdFen.head',
    '头部起点须大于腰部起点，且不超过一万亿元',
  );
}

/**
 * Where the tiers of a ranking part: the lowest value in head and in waist, and the highest below each; null when nobody is
 * there. Who falls is held against the former, who rises against the latter.
 */
export type Boundaries = {
  ranked: number;
  headFromFen: number | null;
  belowHeadFen: number | null;
  waistFromFen: number | null;
  belowWaistFen: number | null;
};

/** A change that waits for more runs to say the same: `runs` of them did, the last on `seenOn`. */
export type PendingTier = { tier: Tier; since: Day; runs: number; seenOn: Day };

/** What deciding on a change reads. */
export type TierCase = {
  valueFen: number;
  fresh: Tier;
  current: Tier;
  pending: PendingTier | null | undefined;
  boundaries: Boundaries;
  today: Day;
  hysteresisPercent?: number;
  confirmingRuns?: number;
};

/** The tier that an account gets; `held` when hysteresis keeps it from where the fresh ranking puts it. */
export type TierDecision = { tier: Tier; rule: 'ranked' | 'held' | 'unrated'; pending: PendingTier | null };

/** Decides on a change of tier. More runs on one day count as one. Source: domain.md §3. */
export function decideTier(given: TierCase): TierDecision {
  const { fresh, current, confirmingRuns = DEFAULT_TIER_SETTINGS.confirmingRuns } = given;
  if (fresh === 'unrated') return { tier: 'unrated', rule: 'unrated', pending: null };
  const settled: TierDecision = { tier: fresh, rule: 'ranked', pending: null };
  if (current === 'unrated' || current === fresh) return settled;
  const reached = reachedTier(given);
  const waiting = seenAgain(given);
  if (reached === fresh || waiting.runs >= confirmingRuns) return settled;
  return { tier: reached, rule: 'held', pending: waiting };
}

function seenAgain({ pending, fresh: tier, today }: TierCase): PendingTier {
  if (pending?.tier !== tier) return { tier, since: today, runs: 1, seenOn: today };
  return pending.seenOn < today ? { ...pending, runs: pending.runs + 1, seenOn: today } : pending;
}

/** Tiers from low to high. */
const LADDER: readonly Tier[] = ['unrated', 'tail', 'waist', 'head'];

/** True when `to` is worth less than `from`. */
export const isTierFall = (from: Tier, to: Tier): boolean => LADDER.indexOf(to) < LADDER.indexOf(from);

/** How far an account gets from `current` towards `fresh`, one clearly passed boundary after the other. */
function reachedTier({ current, fresh, ...given }: TierCase): Tier {
  const isRise = isTierFall(fresh, current);
  const step = isRise ? 1 : -1;
  let reached = current;
  while (reached !== fresh) {
    const next = LADDER[LADDER.indexOf(reached) + step] ?? fresh;
    const boundaryFen = boundaryOf(isRise ? next : reached, isRise, given.boundaries);
    const beyondFen = (given.valueFen - (boundaryFen ?? given.valueFen)) * step;
    if (!isClearlyPast(beyondFen, boundaryFen, given.hysteresisPercent)) return reached;
    reached = next;
  }
  return reached;
}

function boundaryOf(upper: Tier, isRise: boolean, boundaries: Boundaries): number | null {
  if (upper === 'head') return isRise ? boundaries.belowHeadFen : boundaries.headFromFen;
  return isRise ? boundaries.belowWaistFen : boundaries.waistFromFen;
}

/** True when `beyondFen` is at least 5 % (or what was set) of the boundary; where nobody is, nothing holds anyone. */
function isClearlyPast(
  beyondFen: number,
  boundaryFen: number | null,
  percent = DEFAULT_TIER_SETTINGS.hysteresisPercent,
): boolean {
  return boundaryFen === null || beyondFen * 100 >= boundaryFen * percent;
}
