import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../server/domain/calendar.ts';
import { createRanking, freshTierOf, type Valued } from '../../../../server/domain/classification/ranking.ts';
import { decideTier, type PendingTier, type Tier } from '../../../../server/domain/classification/tier.ts';

type Standing = { tier: Tier; pending: PendingTier | null };
type Ladder = { lower: Tier; upper: Tier };

const FIRST_DAY = '2026-07-01';
const boundaries = {
  ranked: 100,
  headFromFen: 100_000,
  belowHeadFen: 100_000,
  waistFromFen: 20_000,
  belowWaistFen: 20_000,
};
const SIDES: [string, Ladder, number][] = [
  ['waist and head', { lower: 'waist', upper: 'head' }, boundaries.headFromFen],
  ['tail and waist', { lower: 'tail', upper: 'waist' }, boundaries.waistFromFen],
];
/** Thousandths of the boundary, less than 5 % away from it. */
const nearBoundary = fc.integer({ min: -49, max: 49 });

/** One run over one account, whose fresh tier is read off the fixed boundary between two tiers. */
function runOnce(
  standing: Standing,
  { lower, upper }: Ladder,
  at: { valueFen: number; fromFen: number; today: string },
) {
  return decideTier({
    valueFen: at.valueFen,
    fresh: at.valueFen >= at.fromFen ? upper : lower,
    current: standing.tier,
    pending: standing.pending,
    boundaries,
    today: at.today,
  });
}

describe.each(SIDES)('a value that swings around the boundary between %s', (_, ladder, fromFen) => {
  const start = fc.constantFrom(ladder.lower, ladder.upper);
  const near = nearBoundary.map((thousandths) => fromFen + (fromFen * thousandths) / 1_000);

  it('changes nothing in any number of runs on one day', () => {
    fc.assert(
      fc.property(start, fc.array(near), (tier, values) => {
        let standing: Standing = { tier, pending: null };
        for (const valueFen of values) {
          standing = runOnce(standing, ladder, { valueFen, fromFen, today: FIRST_DAY });
          expect(standing.tier).toBe(tier);
        }
      }),
    );
  });

  it('changes nothing day by day, as long as every other run puts it back', () => {
    fc.assert(
      fc.property(start, fc.array(fc.integer({ min: 1, max: 49 })), (tier, swings) => {
        let standing: Standing = { tier, pending: null };
        for (const [index, swing] of swings.entries()) {
          const valueFen = fromFen + (fromFen * swing * (index % 2 ? 1 : -1)) / 1_000;
          standing = runOnce(standing, ladder, { valueFen, fromFen, today: addDays(FIRST_DAY, index) });
          expect(standing.tier).toBe(tier);
        }
      }),
    );
  });

  it('changes at the second run in a row on another day, and only then', () => {
    fc.assert(
      fc.property(start, near, near, (tier, firstFen, secondFen) => {
        const sideOf = (valueFen: number) => (valueFen >= fromFen ? ladder.upper : ladder.lower);
        const first = runOnce({ tier, pending: null }, ladder, {
          valueFen: firstFen,
          fromFen,
          today: FIRST_DAY,
        });
        const next = { valueFen: secondFen, fromFen, today: addDays(FIRST_DAY, 1) };
        const isSeenTwice = sideOf(firstFen) === sideOf(secondFen);
        expect(first.tier).toBe(tier);
        expect(runOnce(first, ladder, next).tier).toBe(isSeenTwice ? sideOf(secondFen) : tier);
      }),
    );
  });

  it('changes at once when it is 5 % past, and does not come back for less', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 50, max: 900 }), nearBoundary, (tier, far, back) => {
        const sign = tier === ladder.lower ? 1 : -1;
        const other = tier === ladder.lower ? ladder.upper : ladder.lower;
        const valueFen = fromFen + (sign * fromFen * far) / 1_000;
        const first = runOnce({ tier, pending: null }, ladder, { valueFen, fromFen, today: FIRST_DAY });
        const next = { valueFen: fromFen + (fromFen * back) / 1_000, fromFen, today: addDays(FIRST_DAY, 1) };
        expect(first).toEqual({ tier: other, rule: 'ranked', pending: null });
        expect(runOnce(first, ladder, next).tier).toBe(other);
      }),
    );
  });
});

describe('a whole book after one change of one account', () => {
  const HEIGHT: Record<Tier, number> = { unrated: 0, tail: 1, waist: 2, head: 3 };
  const anyBook = fc
    .array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 40 })
    .map((values) => values.map((valueFen, index) => anAccount(index, valueFen)));
  const anyChange = fc.record({
    book: anyBook,
    pick: fc.nat(),
    valueFen: fc.integer({ min: 1, max: 1_000_000 }),
  });

  it('moves every account in one direction only, to where the ranking puts it, by the second run', () => {
    fc.assert(
      fc.property(anyChange, (change) => {
        const { history, fresh } = historyOf(change, 4);
        for (const [id, tier] of fresh) {
          const heights = history.map((standings) => HEIGHT[standings.get(id)?.tier ?? 'unrated']);
          const ordered = heights.toSorted((a, b) => a - b);
          expect([ordered, ordered.toReversed()]).toContainEqual(heights);
          expect(heights.slice(2)).toEqual(heights.slice(2).map(() => HEIGHT[tier]));
        }
      }),
    );
  });

  it('never changes a settled book', () => {
    fc.assert(
      fc.property(anyBook, (book) => {
        const unchanged = { book, pick: 0, valueFen: book[0]?.valueFen ?? 1 };
        const { history, fresh } = historyOf(unchanged, 2);
        const last = [...(history.at(-1) ?? [])].map(([id, { tier, pending }]) => [id, tier, pending]);
        expect(last).toEqual([...fresh].map(([id, tier]) => [id, tier, null]));
      }),
    );
  });

  it('does nothing more when the first run is repeated on its day', () => {
    fc.assert(
      fc.property(anyChange, (change) => {
        const { history } = historyOf(change, 1);
        const { book, pick, valueFen } = change;
        const changed = book.map((it, index) => (index === pick % book.length ? { ...it, valueFen } : it));
        const once = history.at(-1) ?? new Map<string, Standing>();
        expect(tiersIn(runBook(once, changed, FIRST_DAY))).toEqual(tiersIn(once));
      }),
    );
  });
});

function anAccount(index: number, valueFen: number): Valued {
  return { accountId: `a${index}`, valueFen, knownSince: new Date('2025-01-01T00:00:00Z') };
}

const tiersIn = (standings: Map<string, Standing>) => [...standings].map(([id, { tier }]) => [id, tier]);

function rankingOf(book: readonly Valued[]) {
  const ranking = createRanking();
  for (const account of book) ranking.add(account);
  return ranking.close();
}

function freshTiers(book: readonly Valued[]): Map<string, Tier> {
  const { cuts } = rankingOf(book);
  return new Map(book.map((account) => [account.accountId, freshTierOf(account, cuts)]));
}

function runBook(standings: Map<string, Standing>, book: readonly Valued[], today: string) {
  const fresh = freshTiers(book);
  const { boundaries } = rankingOf(book);
  const decide = ({ accountId, valueFen }: Valued): [string, Standing] => {
    const { tier, pending } = standings.get(accountId) ?? { tier: 'unrated', pending: null };
    const given = { valueFen, fresh: fresh.get(accountId) ?? 'unrated', boundaries, today };
    return [accountId, decideTier({ ...given, current: tier, pending })];
  };
  return new Map(book.map(decide));
}

/** The fresh tiers before the change, then the tiers after each of `days` daily runs on the changed book. */
function historyOf(
  { book, pick, valueFen }: { book: Valued[]; pick: number; valueFen: number },
  days: number,
) {
  const changed = book.map((it, index) => (index === pick % book.length ? { ...it, valueFen } : it));
  let standings = new Map<string, Standing>();
  for (const [id, tier] of freshTiers(book)) standings.set(id, { tier, pending: null });
  const history = [standings];
  for (let day = 0; day < days; day += 1) {
    standings = runBook(standings, changed, addDays(FIRST_DAY, day));
    history.push(standings);
  }
  return { history, fresh: freshTiers(changed) };
}
