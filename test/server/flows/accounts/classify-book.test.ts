import { describe, expect, it } from 'vitest';
import { classifyAccount } from '../../../../server/flows/accounts/classify-account.ts';
import { classifyAccounts } from '../../../../server/flows/accounts/classify-accounts.ts';
import { DEFAULT_TIER_SETTINGS, type TierSettings } from '../../../../server/domain/classification/tier.ts';
import { aBookShelf } from '../../../support/a-book-shelf.ts';

type Book = Awaited<ReturnType<typeof aBookShelf>>;
const save = ({ context }: Book, tier: Partial<TierSettings>) =>
  context.settings.save(
    'tier',
    { value: { ...DEFAULT_TIER_SETTINGS, ...tier }, version: 0 },
    { by: 'olga', at: context.now() },
  );
const tiersOf = async ({ accountOf }: Book, ...ids: string[]) =>
  Promise.all(ids.map(async (id) => (await accountOf(id)).tier));
const fallen = (dueOn: string) => ({
  kind: 'delivery' as const,
  dueOn,
  amountFen: 100,
  paidFen: 0,
  paidOn: null,
  isWrittenOff: false,
});

const aTrio = async () => {
  const book = await aBookShelf({ a: {}, b: {}, c: {}, none: {} });
  await book.sell(
    ['a', 1_000, '2026-01-05', { costFen: 99_500 }],
    ['b', 500, '2026-01-05'],
    ['c', 10, '2026-01-05'],
  );
  await book.sell(['c', 9_000, '2019-01-05']);
  return book;
};

describe('tiers by the settings of the administrator', () => {
  it.each<[string, Partial<TierSettings>, string[]]>([
    ['revenue of the last 12 months', {}, ['head', 'waist', 'tail', 'unrated']],
    ['profit', { basis: 'profit' }, ['tail', 'head', 'waist', 'unrated']],
    ['lifetime revenue', { basis: 'lifetime_revenue' }, ['waist', 'tail', 'head', 'unrated']],
    ['cumulative share of value', { mode: 'share' }, ['head', 'waist', 'tail', 'unrated']],
    [
      'absolute thresholds',
      { mode: 'threshold', thresholdFen: { head: 50_000, waist: 2_000 } },
      ['head', 'head', 'tail', 'unrated'],
    ],
    [
      'other shares of accounts',
      { rankPercent: { head: 34, waist: 33, tail: 33 } },
      ['head', 'head', 'waist', 'unrated'],
    ],
  ])('by %s', async (_, settings, tiers) => {
    const book = await aTrio();
    await save(book, settings);
    await classifyAccounts(book.context);
    expect(await tiersOf(book, 'a', 'b', 'c', 'none')).toEqual(tiers);
  });

  it('take refunds off, and count no order that was paid back whole', async () => {
    const book = await aBookShelf({ a: {}, b: {} });
    await book.sell(['a', 1_000, '2026-01-05'], ['b', 500, '2026-01-06']);
    await book.context.orders.saveRefunds(
      'a-2026-01-05-0',
      [],
      [{ externalId: 'r1', amountFen: 100_000, refundedOn: '2026-02-01' }],
    );
    await classifyAccounts(book.context);
    expect(await book.accountOf('a')).toMatchObject({ tier: 'unrated', stage: 'suspect' });
    expect(await book.accountOf('b')).toMatchObject({ tier: 'head', tierWhy: { rank: 1, ranked: 1 } });
  });
});

describe('facts from every shelf, each of its own account', () => {
  it('opportunities, contracts, payments, referrals, answers', async () => {
    const book = await aBookShelf({
      a: {},
      b: {},
      c: {},
      d: { referredById: 'e' },
      e: {},
      f: { referredById: 'f' },
      g: { mergedInto: 'a', referredById: 'e' },
      h: { referredById: 'a' },
    });
    const deal = {
      name: '商机',
      ownerId: null,
      lines: [],
      purchaseType: 'occasional' as const,
      lostReason: null,
    };
    await book.context.opportunities.saveAll([
      {
        ...deal,
        _id: 'o1',
        accountId: 'a',
        stage: 'interest',
        expectedCloseOn: '2026-06-09',
        stageHistory: [],
      },
      {
        ...deal,
        _id: 'o2',
        accountId: 'c',
        stage: 'target',
        expectedCloseOn: '2026-04-01',
        stageHistory: [],
      },
    ]);
    await book.sign('b', { kind: 'agency' });
    await book.sign('c', { milestones: [fallen('2025-12-10')] });
    await book.sell(['d', 1, '2026-01-01'], ['e', 1, '2026-01-01'], ['e', 1, '2026-02-01']);
    await book.sell(['f', 1, '2026-01-01'], ['f', 1, '2026-02-01'], ['g', 1, '2026-01-01']);
    await classifyAccounts(book.context);
    const found = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'h'].map(book.accountOf));
    expect(found.map(({ stage }) => stage)).toEqual([
      'prospect',
      'partner',
      'suspect',
      'first_purchase',
      'strategic_partner',
      'repeat', // nobody recommends themselves
      'suspect',
    ]);
    expect(found.map(({ valueClass }) => valueClass)[2]).toBe('problem');
    expect(found[0]?.stageWhy).toMatchObject({ opportunityClosesOn: '2026-06-09', referralsWon: 0 });
    expect(found[4]?.stageWhy).toMatchObject({ referralsWon: 1 });
    expect(found[2]?.valueClassWhy).toMatchObject({ place: 1, facts: { overdueSince: '2025-12-10' } });
  });

  it('diamond = head in both of the last two years, read from the orders of those years', async () => {
    const book = await aBookShelf({ a: {}, b: {} });
    await book.sell(
      ['a', 9, '2024-12-31'],
      ['a', 9, '2025-01-01'],
      ['b', 8, '2024-06-01'],
      ['b', 8, '2025-06-01'],
    );
    await classifyAccounts(book.context);
    expect(await book.accountOf('a')).toMatchObject({ valueClass: 'diamond', valueClassWhy: { place: 2 } });
    expect(await book.accountOf('b')).toMatchObject({ valueClass: 'general' });
  });
});

describe('every night only what changed is written', () => {
  it('nothing when nothing did, and a night that was cut short tells nothing twice', async () => {
    const book = await aBookShelf({ a: {}, b: {}, c: {} });
    await book.sell(['c', 100, '2026-01-01']);
    await classifyAccounts(book.context);
    expect(book.writes.accounts).toBe(3);
    await classifyAccounts(book.context);
    book.setNow('2026-03-12T03:30:00+08:00');
    await classifyAccounts(book.context);
    expect(book.writes.accounts).toBe(3);
    await book.sell(['a', 1, '2026-01-01']);
    const before = await book.accountOf('a');
    await classifyAccounts(book.context);
    expect(book.writes.accounts).toBe(5); // `a`, and `c` who is now the first of two
    await book.context.classification.write([{ accountId: 'a', fields: before }]);
    await classifyAccounts(book.context);
    expect((await book.context.history.ofAccount('a')).map(({ kind }) => kind).sort()).toEqual([
      'stage',
      'tier',
    ]);
  });

  it('a regression is marked, so that it raises a warning', async () => {
    const book = await aBookShelf({ a: {} });
    await book.sell(['a', 1, '2025-01-05'], ['a', 1, '2025-09-12']);
    await classifyAccounts(book.context);
    expect((await book.accountOf('a')).stage).toBe('long_term');
    book.setNow('2026-03-13T03:30:00+08:00');
    await classifyAccounts(book.context);
    expect(await book.context.history.ofAccount('a')).toMatchObject([
      {
        kind: 'stage',
        from: 'long_term',
        to: 'repeat',
        isFall: true,
        by: 'classify-accounts',
        ownerId: 'anna',
      },
    ]);
  });
});

describe('one account at once', () => {
  it('follows its facts by the lines of the last night, and tells who changed them', async () => {
    const book = await aBookShelf({ a: {}, b: {} });
    await book.sell(['a', 10, '2026-01-01']);
    await classifyAccounts(book.context);
    await book.sell(['b', 11, '2026-03-01']);
    expect(await classifyAccount(book.context, 'b', 'anna')).toEqual(['b']);
    expect(await book.accountOf('b')).toMatchObject({ tier: 'head', stage: 'first_purchase' });
    expect((await book.accountOf('a')).tier).toBe('head');
    expect((await book.context.history.ofAccount('b')).map(({ by }) => by)).toEqual(['anna', 'anna']);
    expect(await classifyAccount(book.context, 'b', 'anna')).toEqual([]);
  });

  it('ranks the book itself before the first night, and knows nobody who is not there', async () => {
    const book = await aBookShelf({ a: {}, b: {} });
    await book.sell(['a', 10, '2026-01-01'], ['b', 1, '2026-01-01']);
    await classifyAccount(book.context, 'b', 'anna');
    expect(await book.accountOf('b')).toMatchObject({ tier: 'tail', tierWhy: { rank: 2, ranked: 2 } });
    expect(await classifyAccount(book.context, 'nobody', 'anna')).toEqual([]);
  });
});

it('keeps the real shares of value by tier', async () => {
  const book = await aBookShelf({ a: {}, b: {}, c: {} });
  await book.sell(['a', 60, '2026-01-01'], ['b', 40, '2026-01-01']);
  await classifyAccounts(book.context);
  expect((await book.context.classification.lastRun())?.shape).toMatchObject({
    tiers: { head: { accounts: 1, percent: 60 }, tail: { percent: 40 }, unrated: { accounts: 1 } },
    totalFen: 10_000,
    concentrationPercent: 60,
  });
});
