import type { Ranking } from './ranking.ts';
import { DEFAULT_TIER_SETTINGS, TIERS, type Tier, type TierSettings } from './tier.ts';

/** Accounts of a tier, and their value in fen. */
export type TierSum = { accounts: number; valueFen: number };

/**
 * The real shape of the pyramid: each tier's share of value beside the usual one, and how much the first `topPercent` of accounts
 * bring together; in percent with one decimal, null while there is no value. Source: domain.md §3.
 */
export type TierShape = {
  tiers: Record<Tier, TierSum & { percent: number | null; usualPercent: number | null }>;
  totalFen: number;
  topPercent: number;
  concentrationPercent: number | null;
};

/** Nobody in any tier yet. */
export const noTierSums = (): Record<Tier, TierSum> => ({
  head: { accounts: 0, valueFen: 0 },
  waist: { accounts: 0, valueFen: 0 },
  tail: { accounts: 0, valueFen: 0 },
  unrated: { accounts: 0, valueFen: 0 },
});

/** Shares of what the tiers, as they stand, bring; `topFen` is what the first `topPercent` of the ranking bring. */
export function tierShapeOf(
  sums: Readonly<Record<Tier, TierSum>>,
  { totalFen, topFen }: Pick<Ranking, 'totalFen' | 'topFen'>,
  { topPercent, usualPercent }: Pick<TierSettings, 'topPercent' | 'usualPercent'> = DEFAULT_TIER_SETTINGS,
): TierShape {
  const usual: Record<Tier, number | null> = { ...usualPercent, unrated: null };
  const percentOf = (fen: number) => (totalFen > 0 ? Math.round((fen * 1000) / totalFen) / 10 : null);
  const withShares = TIERS.map((tier) => [
    tier,
    { ...sums[tier], percent: percentOf(sums[tier].valueFen), usualPercent: usual[tier] },
  ]);
  return {
    tiers: Object.fromEntries(withShares) as TierShape['tiers'],
    totalFen,
    topPercent,
    concentrationPercent: percentOf(topFen),
  };
}
