import type { Day } from './calendar.ts';

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
};

/** Source: domain.md §3. */
export const DEFAULT_TIER_SETTINGS: TierSettings = {
  basis: 'revenue',
  windowMonths: 12,
  mode: 'rank',
  rankPercent: { head: 10, waist: 30, tail: 60 },
  sharePercent: { head: 60, waist: 90 },
  thresholdFen: { head: 100_000_000, waist: 20_000_000 },
  hysteresisPercent: 5,
};

/** Whole percent of the ranked accounts: the first 10 are head, the first 40 head or waist. Source: domain.md §3. */
const CUTS = { head: 10, waist: 40 };

/** A change must pass the boundary by so much percent of its value, or be seen on two runs. Source: domain.md §3. */
const HYSTERESIS = 5;

/** Revenue counts over so many months. Source: domain.md §3. */
export const WINDOW_MONTHS = 12;

/** What ranking reads of an account. */
export type Valued = { accountId: string; valueFen: number; knownSince: Date };

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

/** A change that was seen once and waits for a second run. */
export type PendingTier = { tier: Tier; since: Day };

/** How many of `ranked` accounts are head, and how many are head or waist. */
export function cutsOf(ranked: number): { head: number; headAndWaist: number } {
  return {
    head: Math.ceil((ranked * CUTS.head) / 100),
    headAndWaist: Math.ceil((ranked * CUTS.waist) / 100),
  };
}

/** Accounts with value, most valuable first; ties go to the older customer, then by id. The input stays as it is. */
export function rankAccounts<Account extends Valued>(accounts: Iterable<Account>): Account[] {
  return [...accounts].filter(({ valueFen }) => valueFen > 0).sort(byValue);
}

function byValue(a: Valued, b: Valued): number {
  if (a.valueFen !== b.valueFen) return b.valueFen - a.valueFen;
  const age = a.knownSince.getTime() - b.knownSince.getTime();
  if (age !== 0) return age;
  return a.accountId < b.accountId ? -1 : 1;
}

/** Where the tiers of a ranking begin. */
export function boundariesOf(ranking: readonly Valued[]): Boundaries {
  const { head, headAndWaist } = cutsOf(ranking.length);
  const valueAt = (rank: number) => ranking[rank - 1]?.valueFen ?? null;
  return {
    ranked: ranking.length,
    headFromFen: valueAt(head),
    belowHeadFen: valueAt(head + 1),
    waistFromFen: headAndWaist > head ? valueAt(headAndWaist) : null,
    belowWaistFen: valueAt(headAndWaist + 1),
  };
}

/** The tier of `rank` (from 1; null: without revenue) by position alone. */
export function freshTierOf(rank: number | null, ranked: number): Tier {
  if (rank === null) return 'unrated';
  const { head, headAndWaist } = cutsOf(ranked);
  if (rank <= head) return 'head';
  return rank <= headAndWaist ? 'waist' : 'tail';
}

/** What deciding on a change reads. */
export type TierCase = {
  valueFen: number;
  fresh: Tier;
  current: Tier;
  pending: PendingTier | null | undefined;
  boundaries: Boundaries;
  today: Day;
};

/** The tier that an account gets; `held` when hysteresis keeps it from where the fresh ranking puts it. */
export type TierDecision = { tier: Tier; rule: 'ranked' | 'held' | 'unrated'; pending: PendingTier | null };

/** Decides on a change of tier. A second run on the same day confirms nothing. Source: domain.md §3. */
export function decideTier({ valueFen, fresh, current, pending, boundaries, today }: TierCase): TierDecision {
  if (fresh === 'unrated') return { tier: 'unrated', rule: 'unrated', pending: null };
  const settled: TierDecision = { tier: fresh, rule: 'ranked', pending: null };
  if (current === 'unrated' || current === fresh) return settled;
  const reached = reachedTier(current, fresh, { valueFen, boundaries });
  const waiting = pending?.tier === fresh ? pending : { tier: fresh, since: today };
  if (reached === fresh || waiting.since < today) return settled;
  return { tier: reached, rule: 'held', pending: waiting };
}

const LADDER: readonly Tier[] = ['tail', 'waist', 'head'];

/** How far an account gets from `current` towards `fresh`, one clearly passed boundary after the other. */
function reachedTier(
  current: Tier,
  fresh: Tier,
  { valueFen, boundaries }: Pick<TierCase, 'valueFen' | 'boundaries'>,
): Tier {
  const isRise = LADDER.indexOf(fresh) > LADDER.indexOf(current);
  const step = isRise ? 1 : -1;
  let reached = current;
  while (reached !== fresh) {
    const next = LADDER[LADDER.indexOf(reached) + step] ?? fresh;
    const boundaryFen = boundaryOf(isRise ? next : reached, isRise, boundaries);
    if (!isClearlyPast((valueFen - (boundaryFen ?? valueFen)) * step, boundaryFen)) return reached;
    reached = next;
  }
  return reached;
}

function boundaryOf(upper: Tier, isRise: boolean, boundaries: Boundaries): number | null {
  if (upper === 'head') return isRise ? boundaries.belowHeadFen : boundaries.headFromFen;
  return isRise ? boundaries.belowWaistFen : boundaries.waistFromFen;
}

/** True when `beyondFen` is at least 5 % of the boundary; where nobody is, nothing holds anyone. */
function isClearlyPast(beyondFen: number, boundaryFen: number | null): boolean {
  return boundaryFen === null || beyondFen * 100 >= boundaryFen * HYSTERESIS;
}
