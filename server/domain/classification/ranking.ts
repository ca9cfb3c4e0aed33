import { DEFAULT_TIER_SETTINGS, type Boundaries, type Tier, type TierSettings } from './tier.ts';

/** What ranking reads of an account. */
export type Valued = { accountId: string; valueFen: number; knownSince: Date };

/** The last account of head, and of head and waist together; null when nobody is there. */
export type Cuts = { head: Valued | null; headAndWaist: Valued | null };

/** A ranked book. `topFen` is the value of the first so many percent of accounts, rounded up. */
export type Ranking = {
  ranked: number;
  cuts: Cuts;
  boundaries: Boundaries;
  totalFen: number;
  topFen: number;
  /** Where an account with this value stands, from 1; null without value. */
  rankOf: (account: Valued) => number | null;
  /** Who stands there; null when nobody does. */
  at: (rank: number) => Valued | null;
};

type Positions = { head: number; headAndWaist: number };
type Sorted = Pick<Ranking, 'ranked' | 'totalFen' | 'at'>;

/** Later than any customer, after any id: an account that has just the value stands before it. */
const LAST = { knownSince: new Date(8.64e15), accountId: '\uffff' };

/** Most valuable first; ties go to the older customer, then by id. Source: domain.md §3. */
export function byValue(a: Valued, b: Valued): number {
  if (a.valueFen !== b.valueFen) return b.valueFen - a.valueFen;
  const age = a.knownSince.getTime() - b.knownSince.getTime();
  if (age !== 0) return age;
  if (a.accountId === b.accountId) return 0;
  return a.accountId < b.accountId ? -1 : 1;
}

/** How many of `ranked` accounts are head, and how many are head or waist. Source: domain.md §3. */
export function cutsOf(ranked: number, { head, waist } = DEFAULT_TIER_SETTINGS.rankPercent): Positions {
  return {
    head: Math.ceil((ranked * head) / 100),
    headAndWaist: Math.ceil((ranked * (head + waist)) / 100),
  };
}

/** The tier of an account by value alone: no hysteresis, no pin. */
export function freshTierOf(account: Valued, { head, headAndWaist }: Cuts): Tier {
  if (account.valueFen <= 0) return 'unrated';
  if (head && byValue(account, head) <= 0) return 'head';
  return headAndWaist && byValue(account, headAndWaist) <= 0 ? 'waist' : 'tail';
}

/** Gathers the accounts of a book, in any order, in columns: a million of them take some 60 MB. Who has no value is left out. */
export function createRanking() {
  const ids: string[] = [];
  const values: number[] = [];
  const ages: number[] = [];
  const accountOf = (index: number) => valuedOf(ids[index], values[index], ages[index]);
  const compare = (a: number, b: number) =>
    difference(values[b], values[a]) ||
    difference(ages[a], ages[b]) ||
    ((ids[a] ?? '') < (ids[b] ?? '') ? -1 : 1);
  return {
    add({ accountId, valueFen, knownSince }: Valued): void {
      if (valueFen <= 0) return;
      ids.push(accountId);
      values.push(valueFen);
      ages.push(knownSince.getTime());
    },
    /** Ranks what was gathered. */
    close(settings: TierSettings = DEFAULT_TIER_SETTINGS): Ranking {
      const order = Uint32Array.from(ids.keys()).sort(compare);
      const at = (rank: number) => {
        const index = order[rank - 1];
        return index === undefined ? null : accountOf(index);
      };
      const totalFen = values.reduce((sum, fen) => sum + fen, 0);
      return rankingOf({ ranked: order.length, totalFen, at }, settings);
    },
  };
}

const difference = (a = 0, b = 0) => a - b;

const valuedOf = (accountId = '', valueFen = 0, knownSinceMs = 0): Valued => ({
  accountId,
  valueFen,
  knownSince: new Date(knownSinceMs),
});

function rankingOf(sorted: Sorted, settings: TierSettings): Ranking {
  const { ranked } = sorted;
  return {
    ...sorted,
    ...(settings.mode === 'threshold' ? fixedLines(ranked, settings) : movingLines(sorted, settings)),
    topFen: sumTo(sorted, Math.ceil((ranked * settings.topPercent) / 100)),
    rankOf: (account) =>
      account.valueFen > 0 ? firstFrom(sorted, (other) => byValue(account, other) <= 0) : null,
  };
}

function positionsOf(sorted: Sorted, { mode, rankPercent, sharePercent }: TierSettings): Positions {
  if (mode !== 'share') return cutsOf(sorted.ranked, rankPercent);
  const needed = (percent: number) => Number((BigInt(sorted.totalFen) * BigInt(percent) + 99n) / 100n);
  const [head, headAndWaist] = reachingRanks(sorted, [needed(sharePercent.head), needed(sharePercent.waist)]);
  return { head: head ?? 0, headAndWaist: headAndWaist ?? 0 };
}

/** For each sum, how many of the first accounts have it together; the sums ascend. */
function reachingRanks({ ranked, at }: Sorted, sums: readonly number[]): number[] {
  const ranks: number[] = [];
  let sum = 0;
  for (let rank = 1; rank <= ranked && ranks.length < sums.length; rank += 1) {
    sum += at(rank)?.valueFen ?? 0;
    while (ranks.length < sums.length && sum >= (sums[ranks.length] ?? 0)) ranks.push(rank);
  }
  return ranks;
}

function sumTo({ at }: Sorted, last: number): number {
  let sum = 0;
  for (let rank = 1; rank <= last; rank += 1) sum += at(rank)?.valueFen ?? 0;
  return sum;
}

/** The first rank from which on `holds` is true; one more than all when it never is. */
function firstFrom({ ranked, at }: Sorted, holds: (account: Valued) => boolean): number {
  let [low, high] = [1, ranked + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const account = at(middle);
    if (account && holds(account)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** By rank or share, the tiers part where somebody stands. */
function movingLines(sorted: Sorted, settings: TierSettings): Pick<Ranking, 'cuts' | 'boundaries'> {
  const { ranked, at } = sorted;
  const { head, headAndWaist } = positionsOf(sorted, settings);
  const valueAt = (rank: number) => at(rank)?.valueFen ?? null;
  const boundaries = {
    ranked,
    headFromFen: valueAt(head),
    belowHeadFen: valueAt(head + 1),
    waistFromFen: headAndWaist > head ? valueAt(headAndWaist) : null,
    belowWaistFen: valueAt(headAndWaist + 1),
  };
  return { cuts: { head: at(head), headAndWaist: at(headAndWaist) }, boundaries };
}

/** By amount, the lines are where they were drawn, whoever stands there. */
function fixedLines(ranked: number, { thresholdFen }: TierSettings): Pick<Ranking, 'cuts' | 'boundaries'> {
  const { head, waist } = thresholdFen;
  const cuts = { head: { ...LAST, valueFen: head }, headAndWaist: { ...LAST, valueFen: waist } };
  const lines = { headFromFen: head, belowHeadFen: head, waistFromFen: waist, belowWaistFen: waist };
  return { cuts, boundaries: { ranked, ...lines } };
}
