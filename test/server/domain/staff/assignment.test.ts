import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assign,
  ASSIGN_STRATEGIES,
  assignWhyOf,
  type Assigned,
  type AssignStrategy,
  type Takers,
  type Unowned,
} from '../../../../server/domain/staff/assignment.ts';
import type { KnownProduct } from '../../../../server/domain/deals/product.ts';

const accountsOf = (...ids: string[]): Unowned[] => ids.map((_id) => ({ _id, region: '' }));
const takers = (staffIds: string[], more: Partial<Takers> = {}): Takers => ({
  staffIds,
  loads: new Map(),
  regions: new Map(),
  products: new Map(),
  ...more,
});
const owners = (assigned: readonly Assigned[]) => assigned.map(({ ownerId }) => ownerId);
const where = (...names: string[]): Unowned[] => names.map((region, index) => ({ _id: `${index}`, region }));
const counted = (given: readonly Assigned[], staffIds: readonly string[]) =>
  staffIds.map((id) => given.filter(({ ownerId }) => ownerId === id).length);

it('knows manual, round-robin, least-loaded, by region and by product', () => {
  expect(ASSIGN_STRATEGIES).toEqual(['manual', 'round_robin', 'least_loaded', 'by_region', 'by_product']);
});

it('gives everything to the one member who was named', () => {
  expect(owners(assign(accountsOf('a', 'b'), 'manual', takers(['anna'])))).toEqual(['anna', 'anna']);
  expect(owners(assign(accountsOf('a'), 'manual', takers(['anna', 'anna'])))).toEqual(['anna']);
});

it('refuses to give to nobody, and by hand to several', () => {
  expect(() => assign(accountsOf('a'), 'round_robin', takers([]))).toThrow(RangeError);
  expect(() => assign(accountsOf('a'), 'manual', takers(['anna', 'ben']))).toThrow(RangeError);
});

it('goes round in the order in which members are named, accounts in the order of their ids', () => {
  const given = assign(accountsOf('c', 'a', 'b'), 'round_robin', takers(['ben', 'anna']));
  expect(given).toMatchObject([
    { accountId: 'a', ownerId: 'ben' },
    { accountId: 'b', ownerId: 'anna' },
    { accountId: 'c', ownerId: 'ben' },
  ]);
});

it('gives to whoever has least, on a tie to who is named first', () => {
  const loads = new Map([
    ['anna', 2],
    ['ben', 0],
  ]);
  const given = assign(accountsOf('a', 'b', 'c', 'd'), 'least_loaded', takers(['anna', 'ben'], { loads }));
  expect(owners(given)).toEqual(['ben', 'ben', 'anna', 'ben']);
});

describe('by region', () => {
  const regions = new Map([
    ['华东', ['anna', 'ben']],
    ['华北', ['carl', 'nobody']],
  ]);

  it('gives to who takes the region, the least loaded of them first', () => {
    const who = takers(['anna', 'ben', 'carl'], { regions, loads: new Map([['anna', 1]]) });
    expect(owners(assign(where('华东', '华北', '华东'), 'by_region', who))).toEqual(['ben', 'carl', 'anna']);
  });

  it('gives a region that none of them takes to whoever has least', () => {
    const who = takers(['anna', 'carl'], { regions, loads: new Map([['anna', 5]]) });
    expect(owners(assign(where('华南', ''), 'by_region', who))).toEqual(['carl', 'carl']);
  });

  it('never gives to somebody who was not named, whatever the regions say', () => {
    expect(owners(assign(where('华北'), 'by_region', takers(['anna'], { regions })))).toEqual(['anna']);
  });
});

const about = (...names: (string | null)[]): Unowned[] =>
  names.map((product, index) => ({
    _id: `${index}`,
    region: '华东',
    product: product === null ? null : { product, from: 'order', dealId: `D${index}` },
  }));

describe('by product', () => {
  const products = new Map([
    ['水泵', ['anna', 'ben']],
    ['阀门', ['carl', 'nobody']],
  ]);

  it('gives to who takes the product, the least loaded of them first', () => {
    const who = takers(['anna', 'ben', 'carl'], { products, loads: new Map([['anna', 1]]) });
    const given = assign(about('水泵', '阀门', '水泵'), 'by_product', who);
    expect(owners(given)).toEqual(['ben', 'carl', 'anna']);
  });

  it('gives a product that none of them takes, and an account without one, to whoever has least', () => {
    const who = takers(['anna', 'carl'], { products, loads: new Map([['anna', 5]]) });
    expect(owners(assign(about('法兰', null), 'by_product', who))).toEqual(['carl', 'carl']);
  });

  it('never gives to somebody who was not named, whatever the products say', () => {
    expect(owners(assign(about('阀门'), 'by_product', takers(['anna'], { products })))).toEqual(['anna']);
  });

  it('does not ask for the region, nor by region for the product', () => {
    const regions = new Map([['华东', ['carl']]]);
    const who = takers(['anna', 'carl'], { products, regions });
    expect(owners(assign(about('水泵'), 'by_product', who))).toEqual(['anna']);
    expect(owners(assign(about('水泵'), 'by_region', who))).toEqual(['carl']);
  });
});

describe('why this member', () => {
  const loads = new Map([['ben', 3]]);
  const known = { product: '水泵', from: 'order', dealId: 'D0' } as const;

  it.each([
    ['manual', {}, { matched: null, accountCount: null, product: null }],
    ['round_robin', {}, { matched: null, accountCount: null, product: null }],
    ['least_loaded', {}, { matched: null, accountCount: 3, product: null }],
    [
      'by_region',
      { regions: new Map([['华东', ['ben']]]) },
      { matched: '华东', accountCount: 3, product: null },
    ],
    ['by_region', {}, { matched: null, accountCount: 3, product: null }],
    [
      'by_product',
      { products: new Map([['水泵', ['ben']]]) },
      { matched: '水泵', accountCount: 3, product: known },
    ],
    ['by_product', {}, { matched: null, accountCount: 3, product: known }],
  ] as const)('%s is told with what it went by (case %#)', (strategy, more, why) => {
    const [given] = assign(about('水泵'), strategy, takers(['ben'], { loads, ...more }));
    expect(given?.why).toEqual({ strategy, ...why });
    expect(assignWhyOf(given?.why)).toEqual(given?.why);
  });

  it.each([null, undefined, 'assigned', 'claimed', {}, { strategy: 'by_weather' }])(
    'is not read from %j',
    (why) => {
      expect(assignWhyOf(why)).toBeNull();
    },
  );
});

describe('for any pool and any members', () => {
  const staff = fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1 });
  const pool = fc.uniqueArray(fc.string({ maxLength: 4 }), { maxLength: 60 });
  const region = fc.constantFrom('', '华东', '华北');
  const product = fc.option(
    fc.constantFrom<KnownProduct>(
      { product: '水泵', from: 'order', dealId: 'D1' },
      { product: '阀门', from: 'opportunity', dealId: 'C1' },
    ),
  );
  const book = fc.record({
    staffIds: staff,
    accounts: pool.chain((ids) =>
      fc.tuple(
        ...ids.map((_id) =>
          fc
            .tuple(region, product)
            .map(([name, wished]): Unowned => ({ _id, region: name, product: wished })),
        ),
      ),
    ),
    loads: fc.array(fc.nat(20), { minLength: 6, maxLength: 6 }),
    east: staff,
  });
  type Book = { staffIds: string[]; accounts: Unowned[]; loads: number[]; east: string[] };
  const who = ({ staffIds, loads, east }: Book): Takers => ({
    staffIds,
    loads: new Map(['a', 'b', 'c', 'd', 'e', 'f'].map((id, index) => [id, loads[index] ?? 0])),
    regions: new Map([['华东', east]]),
    products: new Map([['水泵', east]]),
  });
  const several: AssignStrategy[] = ['round_robin', 'least_loaded', 'by_region', 'by_product'];

  it.each(several)('%s gives every account exactly one owner out of the candidates', (strategy) => {
    fc.assert(
      fc.property(book, (each) => {
        const given = assign(each.accounts, strategy, who(each));
        expect(given.map(({ accountId }) => accountId).sort()).toEqual(
          each.accounts.map(({ _id }) => _id).sort(),
        );
        expect(given.every(({ ownerId }) => each.staffIds.includes(ownerId))).toBe(true);
      }),
    );
  });

  it.each(several)('%s does not depend on the order in which accounts come', (strategy) => {
    fc.assert(
      fc.property(book, (each) => {
        const backwards = assign(each.accounts.toReversed(), strategy, who(each));
        expect(backwards).toEqual(assign(each.accounts, strategy, who(each)));
      }),
    );
  });

  it.each([
    ['by_region', ({ region: name }: Unowned) => name === '华东'],
    ['by_product', ({ product: wished }: Unowned) => wished?.product === '水泵'],
  ] as const)('%s goes to who takes it wherever somebody named does, and says so', (strategy, isTaken) => {
    fc.assert(
      fc.property(book, (each) => {
        const fit = each.staffIds.filter((id) => each.east.includes(id));
        const byId = new Map(each.accounts.map((account) => [account._id, account]));
        for (const { accountId, ownerId, why } of assign(each.accounts, strategy, who(each))) {
          const account = byId.get(accountId);
          const isMatch = account !== undefined && isTaken(account) && fit.length > 0;
          expect(why.matched !== null).toBe(isMatch);
          expect(!isMatch || fit.includes(ownerId)).toBe(true);
        }
      }),
    );
  });

  it('round-robin is balanced within one', () => {
    fc.assert(
      fc.property(book, (each) => {
        const counts = counted(assign(each.accounts, 'round_robin', who(each)), each.staffIds);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('least-loaded never makes the largest book larger than it has to be', () => {
    fc.assert(
      fc.property(book, (each) => {
        const before = each.staffIds.map((id) => who(each).loads.get(id) ?? 0);
        const given = counted(assign(each.accounts, 'least_loaded', who(each)), each.staffIds);
        const after = before.map((load, index) => load + (given[index] ?? 0));
        const sum = after.reduce((total, load) => total + load, 0);
        const needed = Math.max(...before, Math.ceil(sum / each.staffIds.length));
        expect(Math.max(...after)).toBeLessThanOrEqual(needed);
      }),
    );
  });
});
