import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookRankingOf, type Earner } from '../../../../server/domain/classification/book-ranking.ts';
import { noOrders } from '../../../../server/domain/deals/order-facts.ts';
import { cutsOf, freshTierOf } from '../../../../server/domain/classification/ranking.ts';
import {
  DEFAULT_TIER_SETTINGS,
  TIERS,
  type TierBasis,
} from '../../../../server/domain/classification/tier.ts';

const knownSince = new Date('2024-01-01T00:00:00Z');
const sums = (revenueFen: number) => ({ revenueFen, profitFen: Math.floor(revenueFen / 2) });
/** Worth so much in the window, the last year, and the year before it. */
const anEarner = (_id: string, [now, last, before]: readonly [number, number, number]): Earner => ({
  _id,
  knownSince,
  orders: {
    ...noOrders(),
    lifetimeFen: last + before,
    window: sums(now),
    lastYear: sums(last),
    yearBefore: sums(before),
  },
});
async function* streamOf(earners: readonly Earner[]) {
  yield* earners;
}
const rankingOf = (earners: readonly Earner[], basis: TierBasis = 'revenue') =>
  bookRankingOf(streamOf(earners), { ...DEFAULT_TIER_SETTINGS, basis });

const anyFen = fc.integer({ min: -1000, max: 1000 });
const anyBook = fc
  .array(fc.tuple(anyFen, anyFen, anyFen), { maxLength: 30 })
  .map((values) => values.map((each, index) => anEarner(`a${index}`, each)));

describe('a ranked book', () => {
  it('has exact head, waist and tail counts, whatever the order in which accounts are read', async () => {
    await fc.assert(
      fc.asyncProperty(anyBook, async (book) => {
        const { ranking, lines } = await rankingOf(book);
        const tierOf = ({ _id: accountId, orders }: Earner) =>
          freshTierOf({ accountId, knownSince, valueFen: orders.window.revenueFen }, lines.cuts);
        const counts = TIERS.map((tier) => book.filter((each) => tierOf(each) === tier).length);
        const ranked = book.filter(({ orders }) => orders.window.revenueFen > 0).length;
        const { head, headAndWaist } = cutsOf(ranked);
        expect(ranking.ranked).toBe(ranked);
        expect(counts).toEqual([head, headAndWaist - head, ranked - headAndWaist, book.length - ranked]);
        expect((await rankingOf(book.toReversed())).lines).toEqual(lines);
      }),
    );
  });

  it('counts all value once: the total is what the accounts with value bring, in fen', async () => {
    await fc.assert(
      fc.asyncProperty(anyBook, async (book) => {
        const { ranking } = await rankingOf(book);
        const values = book.map(({ orders }) => orders.window.revenueFen).filter((fen) => fen > 0);
        expect(ranking.totalFen).toBe(values.reduce((sum, fen) => sum + fen, 0));
        expect(ranking.topFen).toBeLessThanOrEqual(ranking.totalFen);
      }),
    );
  });

  it('parts the last two full years by themselves: who was head then need not be head now', async () => {
    const { lines } = await rankingOf([
      anEarner('now', [900, 100, 10]),
      anEarner('last', [100, 900, 100]),
      anEarner('before', [10, 10, 900]),
    ]);
    const heads = [lines.cuts, lines.lastYear, lines.yearBefore].map(({ head }) => head?.accountId);
    expect(heads).toEqual(['now', 'last', 'before']);
  });

  it.each<[TierBasis, string]>([
    ['revenue', 'rich'],
    ['profit', 'rich'],
    ['lifetime_revenue', 'old'],
  ])('by %s, %s is head', async (basis, expected) => {
    const book = [anEarner('rich', [1000, 0, 0]), anEarner('old', [10, 800, 800])];
    const { lines } = await rankingOf(book, basis);
    expect(lines.cuts.head?.accountId).toBe(expected);
  });

  it('of nobody has no cuts, no boundary and no value', async () => {
    expect(await rankingOf([])).toMatchObject({
      ranking: { ranked: 0, totalFen: 0, topFen: 0 },
      lines: { cuts: { head: null, headAndWaist: null }, lastYear: { head: null } },
    });
  });
});
