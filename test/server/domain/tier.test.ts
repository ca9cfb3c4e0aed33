import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boundariesOf,
  cutsOf,
  decideTier,
  freshTierOf,
  rankAccounts,
  TIERS,
  WINDOW_MONTHS,
  type Tier,
  type TierCase,
  type Valued,
} from '../../../server/domain/tier.ts';

const anAccount = (accountId: string, valueFen: number, knownSince = '2025-01-01'): Valued => ({
  accountId,
  valueFen,
  knownSince: new Date(`${knownSince}T00:00:00Z`),
});
const idsOf = (accounts: readonly Valued[]) => accounts.map(({ accountId }) => accountId);
/** Some share a value, some an age, some have no revenue. */
const anyBook = fc
  .array(fc.tuple(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.nat(1_000_000)), fc.nat(3)), { maxLength: 60 })
  .map((rows) => rows.map(([value, age], index) => anAccount(`a${index}`, value, `202${age}-01-01`)));
const tiersOf = (book: readonly Valued[]) => {
  const ranking = rankAccounts(book);
  const ranks = new Map(ranking.map(({ accountId }, index) => [accountId, index + 1]));
  return new Map(book.map(({ accountId: id }) => [id, freshTierOf(ranks.get(id) ?? null, ranking.length)]));
};
const rankingOf = (...values: number[]) =>
  rankAccounts(values.map((value, index) => anAccount(`a${index}`, value)));
const HEIGHT: Record<Tier, number> = { unrated: 0, tail: 1, waist: 2, head: 3 };

it('has head, waist, tail, and unrated for accounts without revenue in the last 12 months', () => {
  expect(TIERS).toEqual(['head', 'waist', 'tail', 'unrated']);
  expect(WINDOW_MONTHS).toBe(12);
});

describe('the cuts', () => {
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
  ])('of %d accounts put %d into head, %d into head or waist', (ranked, head, headAndWaist) => {
    expect(cutsOf(ranked)).toEqual({ head, headAndWaist });
  });

  it('are the exact tenth and four tenths, rounded up, for any number', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (ranked) => {
        const exact = {
          head: Number((BigInt(ranked) + 9n) / 10n),
          headAndWaist: Number((BigInt(ranked) * 4n + 9n) / 10n),
        };
        expect(cutsOf(ranked)).toEqual(exact);
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
    expect(idsOf(rankAccounts(book))).toEqual(['big', 'small']);
    expect(idsOf(book)).toEqual(['small', 'none', 'refunded', 'big']);
  });

  it.each([
    ['the older customer', anAccount('b', 100, '2020-01-01'), anAccount('a', 100, '2020-01-02')],
    ['the smaller id, when the age is the same', anAccount('a', 100), anAccount('b', 100)],
    ['the larger value, however young', anAccount('b', 101, '2026-01-01'), anAccount('a', 100, '2010-01-01')],
  ])('puts %s first', (_, first, second) => {
    expect(rankAccounts([second, first])).toEqual([first, second]);
    expect(rankAccounts([first, second])).toEqual([first, second]);
  });

  it('keeps what else an account carries', () => {
    expect(rankAccounts([{ ...anAccount('a', 1), name: '恒通' }])[0]?.name).toBe('恒通');
  });

  it('takes any iterable', () => {
    expect(idsOf(rankAccounts(new Set([anAccount('a', 1), anAccount('b', 2)])))).toEqual(['b', 'a']);
  });

  it('is the same whatever the order of the book', () => {
    const shuffled = anyBook.chain((book) =>
      fc.tuple(fc.constant(book), fc.shuffledSubarray(book, { minLength: book.length })),
    );
    fc.assert(
      fc.property(shuffled, ([book, other]) => {
        expect(idsOf(rankAccounts(other))).toEqual(idsOf(rankAccounts(book)));
        expect([...tiersOf(other)].toSorted()).toEqual([...tiersOf(book)].toSorted());
      }),
    );
  });
});

describe('the fresh tiers', () => {
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
    [null, 10, 'unrated'],
    [null, 0, 'unrated'],
  ] as const)('rank %s of %d is %s', (rank, ranked, tier) => {
    expect(freshTierOf(rank, ranked)).toBe(tier);
  });

  it('part the book: everybody has one tier, the counts are exact, and value falls from tier to tier', () => {
    fc.assert(
      fc.property(anyBook, (book) => {
        const tiers = tiersOf(book);
        const valuesIn = (tier: Tier) =>
          book.filter(({ accountId }) => tiers.get(accountId) === tier).map(({ valueFen }) => valueFen);
        const ranked = book.filter(({ valueFen }) => valueFen > 0).length;
        const [head, both] = [Math.ceil(ranked / 10), Math.ceil((ranked * 4) / 10)];
        expect(TIERS.map((tier) => valuesIn(tier).length)).toEqual([
          head,
          both - head,
          ranked - both,
          book.length - ranked,
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
    (...[, values, ranked, headFromFen, waistFromFen]) => {
      expect(boundariesOf(rankingOf(...values))).toMatchObject({ ranked, headFromFen, waistFromFen });
    },
  );
});

describe('a change of tier', () => {
  const boundaries = {
    ranked: 100,
    headFromFen: 100_000,
    belowHeadFen: 100_000,
    waistFromFen: 20_000,
    belowWaistFen: 20_000,
  };
  const aCase = (given: Partial<TierCase>): TierCase => ({
    valueFen: 100_000,
    fresh: 'head',
    current: 'waist',
    pending: null,
    boundaries,
    today: '2026-07-15',
    ...given,
  });

  it.each([
    ['waist', 'head', 104_999, 'waist'],
    ['waist', 'head', 105_000, 'head'],
    ['head', 'waist', 95_001, 'head'],
    ['head', 'waist', 95_000, 'waist'],
    ['tail', 'waist', 20_999, 'tail'],
    ['tail', 'waist', 21_000, 'waist'],
    ['waist', 'tail', 19_001, 'waist'],
    ['waist', 'tail', 19_000, 'tail'],
    ['tail', 'head', 104_999, 'waist'], // past one boundary, not yet the other
    ['tail', 'head', 105_000, 'head'],
    ['head', 'tail', 19_001, 'waist'],
    ['head', 'tail', 19_000, 'tail'],
  ] as const)(
    'from %s, ranked %s with %d fen, leads to %s at the first run',
    (...[current, fresh, valueFen, tier]) => {
      const decision = decideTier(aCase({ current, fresh, valueFen }));
      const pending = tier === fresh ? null : { tier: fresh, since: '2026-07-15' };
      expect(decision).toEqual({ tier, rule: pending ? 'held' : 'ranked', pending });
    },
  );

  it.each([
    ['the same day', '2026-07-15', 'waist'],
    ['the next day', '2026-07-16', 'head'],
    ['a week later', '2026-07-22', 'head'],
  ])('seen once and again %s', (_, today, tier) => {
    const first = decideTier(aCase({}));
    const second = decideTier(aCase({ pending: first.pending, today }));
    expect(first.tier).toBe('waist');
    expect(second.tier).toBe(tier);
  });

  it('starts to wait anew when another tier is seen', () => {
    const pending = { tier: 'tail', since: '2026-07-14' } as const;
    expect(decideTier(aCase({ pending }))).toEqual({
      tier: 'waist',
      rule: 'held',
      pending: { tier: 'head', since: '2026-07-15' },
    });
  });

  it('is forgotten when the next run puts the account back', () => {
    const pending = { tier: 'head', since: '2026-07-14' } as const;
    expect(decideTier(aCase({ fresh: 'waist', pending }))).toEqual({
      tier: 'waist',
      rule: 'ranked',
      pending: null,
    });
  });

  it.each(['head', 'waist', 'tail'] as const)('is not held for a first %s after unrated', (fresh) => {
    const decision = decideTier(aCase({ current: 'unrated', fresh, valueFen: 20_000 }));
    expect(decision).toEqual({ tier: fresh, rule: 'ranked', pending: null });
  });

  it.each(TIERS)('is not held when a %s loses its revenue', (current) => {
    const decision = decideTier(aCase({ current, fresh: 'unrated', valueFen: 0 }));
    expect(decision).toEqual({ tier: 'unrated', rule: 'unrated', pending: null });
  });

  it('lets an account that outgrows everybody below rise at once, so that head is never empty', () => {
    const ranking = rankingOf(1_000, 100, 80, 70, 60, 50, 40, 30, 20, 10);
    const risen = aCase({
      current: 'waist',
      fresh: 'head',
      valueFen: 1_000,
      boundaries: boundariesOf(ranking),
    });
    expect(decideTier(risen).tier).toBe('head');
  });

  it('is not held by the boundary of a tier where nobody is', () => {
    const few = {
      ranked: 2,
      headFromFen: 100_000,
      belowHeadFen: 90_000,
      waistFromFen: null,
      belowWaistFen: 90_000,
    };
    expect(
      decideTier(aCase({ current: 'waist', fresh: 'tail', valueFen: 90_000, boundaries: few })).tier,
    ).toBe('tail');
  });
});
