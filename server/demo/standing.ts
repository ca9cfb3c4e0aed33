/** Where an account stands in the ranking by revenue; `old`: bought only more than a year ago, `none`: never. */
export type Standing = {
  group: 'head' | 'waist' | 'tail' | 'old' | 'none';
  /** From 0 within the rated accounts. */
  rank: number;
  /** Revenue of the last 12 months relative to the average rated account. */
  weight: number;
};

/** Shares of all accounts: rated, only old orders; the rest never bought. Whole percent. */
const RATED_PERCENT = 82;
const OLD_PERCENT = 8;

/** Where the account with this index stands among `total`; a scattered, complete permutation of the ranks. */
export function standingOf(index: number, total: number): Standing {
  const rank = (index * stepFor(total) + Math.floor(total / 3)) % total;
  const rated = Math.ceil((total * RATED_PERCENT) / 100);
  const old = Math.ceil((total * OLD_PERCENT) / 100);
  if (rank >= rated + old) return { group: 'none', rank, weight: 0 };
  if (rank >= rated) return { group: 'old', rank, weight: 0.3 };
  const weight = weightAt((rank + 0.5) / rated);
  if (rank < Math.ceil((rated * 10) / 100)) return { group: 'head', rank, weight };
  return { group: rank < Math.ceil((rated * 40) / 100) ? 'waist' : 'tail', rank, weight };
}

/**
 * The long tail as a density over the ranking: the first 10 % carry 60 % of the value, the next 30 % carry 30 %, the rest 10 %.
 * Source: domain.md §3.
 *
 * @param quantile from 0 (best) to 1.
 */
function weightAt(quantile: number): number {
  if (quantile < 0.1) return 3.6 * (quantile / 0.1) ** -0.4;
  if (quantile < 0.4) return 1.6 - (1.2 * (quantile - 0.1)) / 0.3;
  return 0.333 - (0.32 * (quantile - 0.4)) / 0.6;
}

/** A step near the golden section that has no divisor in common with the total, so that every rank is met once. */
function stepFor(total: number): number {
  let step = Math.max(1, Math.floor(total * 0.618));
  while (divisorOf(step, total) !== 1) step += 1;
  return step;
}

/** The greatest common divisor. */
function divisorOf(left: number, right: number): number {
  return right === 0 ? left : divisorOf(right, left % right);
}
