import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createRanking,
  cutsOf,
  freshTierOf,
  type Valued,
} from '../../../../server/domain/classification/ranking.ts';
import {
  DEFAULT_TIER_SETTINGS,
  TIERS,
  type Tier,
  type TierSettings,
} from '../../../../server/domain/classification/tier.ts';

const anAccount = (accountId: string, valueFen: number, knownSince = '2025-01-01'): Valued => ({
  accountId,
  valueFen,
  knownSince: new Date(`${knownSince}T00:00:00Z`),
});
const ranked = (accounts: Iterable<Valued>, settings: Partial<TierSettings> = {}) => {
  const ranking = createRanking();
  for (const account of accounts) ranking.add(account);
  return ranking.close({ ...DEFAULT_TIER_SETTINGS, ...settings });
};
const orderOf = (accounts: Iterable<Valued>): (Valued | null)[] => {
  const { ranked: count, at } = ranked(accounts);
  return Array.from({ length: count }, (_, index) => at(index + 1));
};
const idsOf = (accounts: readonly (Valued | null)[]) => accounts.map((account) => account?.accountId);
/** Some share a value, some an age, some have no revenue. */
const anyBook = fc
  .array(fc.tuple(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.nat(1_000_000)), fc.nat(3)), { maxLength: 60 })
  .map((rows) => rows.map(([value, age], index) => anAccount(`a${index}`, value, `202${age}-01-01`)));
const tiersOf = (book: readonly Valued[], settings: Partial<TierSettings> = {}) => {
  const { cuts } = ranked(book, settings);
  return new Map(book.map((account) => [account.accountId, freshTierOf(account, cuts)]));
};
const bookOf = (...values: number[]) => values.map((value, index) => anAccount(`a${index}`, value));
const HEIGHT: Record<Tier, number> = { unrated: 0, tail: 1, waist: 2, head: 3 };

describe('the cuts: head = ceil(n × 10 / 100), head + waist = ceil(n × 40 / 100)', () => {
  it.each([
    [0, 0, 0],
    [1, 1, 1],
    [2, 1, 1],
    [3, 1, 2],
    [5, 1, 2],
    [6, 1, 3],
    [7, 1, 3],
    [8, 1, 4],
    [10, 1, 4],
    [11, 2, 5],
    [20, 2, 8],
    [21, 3, 9],
    [70, 7, 28],
    [100, 10, 40],
    [101, 11, 41],
    [10_000, 1_000, 4_000],
  ])('of %d accounts put %d into head, %d into head or waist', (count, head, headAndWaist) => {
    expect(cutsOf(count)).toEqual({ head, headAndWaist });
  });

  it('are the exact tenth and four tenths, rounded up, for any number', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (count) => {
        const exact = {
          head: Number((BigInt(count) + 9n) / 10n),
          headAndWaist: Number((BigInt(count) * 4n + 9n) / 10n),
        };
        expect(cutsOf(count)).toEqual(exact);
      }),
    );
  });
});

describe('the ranking', () => {
  it('puts the most valuable first, and leaves out who has no revenue', () => {
    const book = [
      anAccount('small', 1),
      anAccount('none', 0),
      anAccount('refunded', -100),
      anAccount('big', 500),
    ];
    expect(idsOf(orderOf(book))).toEqual(['big', 'small']);
  });

  it.each([
    ['the older customer', anAccount('b', 100, '2020-01-01'), anAccount('a', 100, '2020-01-02')],
    ['the smaller id, when the age is the same', anAccount('a', 100), anAccount('b', 100)],
    ['the larger value, however young', anAccount('b', 101, '2026-01-01'), anAccount('a', 100, '2010-01-01')],
  ])(
    'ranked by value descending (ties: older customer first, then id): puts %s first',
    (_, first, second) => {
      expect(orderOf([second, first])).toEqual([first, second]);
      expect(orderOf([first, second])).toEqual([first, second]);
    },
  );

  it('is permutation-invariant: the same whatever the order of the book', () => {
    const shuffled = anyBook.chain((book) =>
      fc.tuple(fc.constant(book), fc.shuffledSubarray(book, { minLength: book.length })),
    );
    fc.assert(
      fc.property(shuffled, ([book, other]) => {
        expect(idsOf(orderOf(other))).toEqual(idsOf(orderOf(book)));
        expect([...tiersOf(other)].toSorted()).toEqual([...tiersOf(book)].toSorted());
      }),
    );
  });
});

describe('head = first 10 % of accounts, waist = next 30 %, tail = the rest (60 %)', () => {
  it.each([
    [1, 10, 'head'],
    [2, 10, 'waist'],
    [4, 10, 'waist'],
    [5, 10, 'tail'],
    [10, 10, 'tail'],
    [2, 11, 'head'],
    [3, 11, 'waist'],
    [5, 11, 'waist'],
    [6, 11, 'tail'],
    [1, 1, 'head'],
    [2, 2, 'tail'],
  ] as const)('rank %s of %d is %s', (rank, count, tier) => {
    const book = bookOf(...Array.from({ length: count }, (_, index) => 1000 - index));
    const { at, cuts } = ranked(book);
    expect(freshTierOf(at(rank) ?? anAccount('nobody', 0), cuts)).toBe(tier);
  });

  it.each([0, -1])('%d fen is no value: unrated, not tail', (valueFen) => {
    expect(freshTierOf(anAccount('a', valueFen), ranked(bookOf(3, 2, 1)).cuts)).toBe('unrated');
  });

  it('part the book: everybody has one tier, the counts are exact, and value falls from tier to tier', () => {
    fc.assert(
      fc.property(anyBook, (book) => {
        const tiers = tiersOf(book);
        const valuesIn = (tier: Tier) =>
          book.filter(({ accountId }) => tiers.get(accountId) === tier).map(({ valueFen }) => valueFen);
        const count = book.filter(({ valueFen }) => valueFen > 0).length;
        const [head, both] = [Math.ceil(count / 10), Math.ceil((count * 4) / 10)];
        expect(TIERS.map((tier) => valuesIn(tier).length)).toEqual([
          head,
          both - head,
          count - both,
          book.length - count,
        ]);
        expect(Math.min(...valuesIn('head'))).toBeGreaterThanOrEqual(Math.max(...valuesIn('waist')));
        expect(Math.min(...valuesIn('head'), ...valuesIn('waist'))).toBeGreaterThanOrEqual(
          Math.max(...valuesIn('tail')),
        );
        expect(valuesIn('unrated').every((value) => value <= 0)).toBe(true);
      }),
    );
  });

  it('more revenue never lowers the tier of an account, nor raises anybody else’s, once it has revenue', () => {
    const filledBook = anyBook.filter((book) => book.length > 0);
    fc.assert(
      fc.property(filledBook, fc.nat(), fc.integer({ min: 1, max: 1_000_000 }), (book, pick, moreFen) => {
        const chosen = book[pick % book.length] ?? anAccount('none', 0);
        const richer = book.map((it) => (it === chosen ? { ...it, valueFen: it.valueFen + moreFen } : it));
        const [before, after] = [tiersOf(book), tiersOf(richer)];
        const change = (id: string) =>
          HEIGHT[after.get(id) ?? 'unrated'] - HEIGHT[before.get(id) ?? 'unrated'];
        expect(change(chosen.accountId)).toBeGreaterThanOrEqual(0);
        const others = chosen.valueFen > 0 ? book.filter((it) => it !== chosen) : [];
        expect(others.every(({ accountId }) => change(accountId) <= 0)).toBe(true);
      }),
    );
  });
});

describe('the boundaries', () => {
  it.each([
    ['nobody', [], 0, null, null],
    ['one account', [70], 1, 70, null],
    ['two accounts', [70, 60], 2, 70, null],
    ['three accounts', [70, 60, 50], 3, 70, 60],
    ['ten accounts', [100, 90, 80, 70, 60, 50, 40, 30, 20, 10], 10, 100, 70],
    ['eleven accounts', [110, 100, 90, 80, 70, 60, 50, 40, 30, 20, 10], 11, 100, 70],
  ])(
    'of %s are the lowest values in head and in waist',
    (...[, values, count, headFromFen, waistFromFen]) => {
      expect(ranked(bookOf(...values)).boundaries).toMatchObject({
        ranked: count,
        headFromFen,
        waistFromFen,
      });
    },
  );
});

const tiers = (book: readonly Valued[], settings: Partial<TierSettings>) => [
  ...tiersOf(book, settings).values(),
];
const sumOf = (all: readonly Valued[]) => all.reduce((sum, { valueFen }) => sum + valueFen, 0);

describe('other ways to cut', () => {
  it('by cumulative share: head until 60 % of value is reached, waist until 90 %', () => {
    const share = { mode: 'share' } as const;
    expect(tiers(bookOf(60, 30, 10), share)).toEqual(['head', 'waist', 'tail']);
    expect(tiers(bookOf(59, 30, 11), share)).toEqual(['head', 'head', 'waist']);
    expect(tiers(bookOf(59, 31, 10), share)).toEqual(['head', 'head', 'tail']);
    expect(tiers(bookOf(61, 28, 11), share)).toEqual(['head', 'waist', 'waist']);
    expect(tiers(bookOf(95, 5), share)).toEqual(['head', 'tail']);
    expect(tiers(bookOf(7), share)).toEqual(['head']);
    expect(tiers(bookOf(0, -3), share)).toEqual(['unrated', 'unrated']);
  });

  it('by cumulative share, head has at least 60 % of all value, and would not without its last account', () => {
    fc.assert(
      fc.property(anyBook, (book) => {
        const valued = book.filter(({ valueFen }) => valueFen > 0);
        fc.pre(valued.length > 0);
        const tierOf = tiersOf(book, { mode: 'share' });
        const head = valued.filter(({ accountId }) => tierOf.get(accountId) === 'head');
        const least = Math.min(...head.map(({ valueFen }) => valueFen));
        expect(sumOf(head) * 100).toBeGreaterThanOrEqual(sumOf(valued) * 60);
        expect((sumOf(head) - least) * 100).toBeLessThan(sumOf(valued) * 60);
      }),
    );
  });

  it('by amount: the threshold itself is in, one fen less is not', () => {
    const amount = { mode: 'threshold', thresholdFen: { head: 1_000, waist: 100 } } as const;
    expect(tiers(bookOf(1_000, 999, 100, 99, 1, 0), amount)).toEqual([
      'head',
      'waist',
      'waist',
      'tail',
      'tail',
      'unrated',
    ]);
    expect(ranked(bookOf(5), amount).boundaries).toEqual({
      ranked: 1,
      headFromFen: 1_000,
      belowHeadFen: 1_000,
      waistFromFen: 100,
      belowWaistFen: 100,
    });
  });

  it.each(['rank', 'share', 'threshold'] as const)('more value never lowers a tier by %s', (mode) => {
    const filledBook = anyBook.filter((book) => book.length > 0);
    fc.assert(
      fc.property(filledBook, fc.nat(), fc.integer({ min: 1, max: 1_000_000 }), (book, pick, moreFen) => {
        const chosen = book[pick % book.length] ?? anAccount('none', 0);
        const richer = book.map((it) => (it === chosen ? { ...it, valueFen: it.valueFen + moreFen } : it));
        const heightIn = (given: readonly Valued[]) =>
          HEIGHT[
            tiersOf(given, { mode, thresholdFen: { head: 500_000, waist: 1_000 } }).get(chosen.accountId) ??
              'unrated'
          ];
        expect(heightIn(richer)).toBeGreaterThanOrEqual(heightIn(book));
      }),
    );
  });
});

describe('a ranked book', () => {
  it('tells every account where it stands, and where somebody new would', () => {
    fc.assert(
      fc.property(anyBook, (book) => {
        const { ranked: count, at, rankOf } = ranked(book);
        for (let rank = 1; rank <= count; rank += 1) {
          const account = at(rank);
          expect(account && rankOf(account)).toBe(rank);
        }
        expect(rankOf(anAccount('none', 0))).toBeNull();
        expect(rankOf(anAccount('giant', 1e14))).toBe(1);
      }),
    );
  });

  it('sums all value, and what the first 20 % of accounts bring, rounded up', () => {
    expect(ranked(bookOf(50, 20, 10, 10, 10))).toMatchObject({ totalFen: 100, topFen: 50 });
    expect(ranked(bookOf(50, 20, 10, 10, 5, 5))).toMatchObject({ totalFen: 100, topFen: 70 });
    expect(ranked([])).toMatchObject({ ranked: 0, totalFen: 0, topFen: 0 });
    expect(ranked(bookOf(50, 20, 10, 10, 10), { topPercent: 30 })).toMatchObject({ topFen: 70 });
  });
});
