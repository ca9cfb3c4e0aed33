import { expect, it } from 'vitest';
import type { Tier } from '../../../server/domain/tier.ts';
import { aShelf } from '../../support/a-shelf.ts';

const knownSince = new Date('2026-03-01T00:00:00Z');
const named = (name: string) => ({ name, knownSince });

it('makes one account of a name, also for many who come at once', async () => {
  const { accounts } = await aShelf();
  const made = await Promise.all(Array.from({ length: 10 }, () => accounts.findOrCreate('甲', named('甲'))));
  expect(new Set(made.map(({ _id }) => _id)).size).toBe(1);
  expect(made[0]).toMatchObject({
    isSolo: false,
    ownerId: null,
    tier: 'unrated',
    stage: 'suspect',
    tierWhy: null,
  });
  expect(await accounts.findOrCreate('甲', named('another'))).toMatchObject({ name: '甲' });
});

it('makes one account of a person whose company is unknown', async () => {
  const { accounts } = await aShelf();
  const made = await Promise.all([1, 2, 3].map(() => accounts.findOrCreateSolo('wm1', named('周文博'))));
  expect(made.map(({ _id }) => _id)).toEqual(Array(3).fill('solo-wm1'));
  expect(await accounts.findOrCreateSolo('wm2', named('周文博'))).toMatchObject({
    _id: 'solo-wm2',
    isSolo: true,
  });
});

it('gives a customer number to one account only', async () => {
  const { accounts } = await aShelf();
  const [a, b] = [
    await accounts.findOrCreate('甲', named('甲')),
    await accounts.findOrCreate('乙', named('乙')),
  ];
  await accounts.update(a._id, { externalId: 'K1' });
  await expect(accounts.update(b._id, { externalId: 'K1' })).rejects.toThrow('E11000');
  expect(await accounts.findByExternalId('K1')).toMatchObject({ name: '甲' });
});

it('lists due accounts of an owner up to today, the longest overdue first', async () => {
  const { accounts } = await aShelf();
  for (const [name, dueOn] of [
    ['甲', '2026-03-11'],
    ['乙', '2026-03-09'],
    ['丙', '2026-03-12'],
    ['丁', null],
  ] as const) {
    const { _id } = await accounts.findOrCreate(name, named(name));
    await accounts.update(_id, { dueOn, ownerId: 'anna' });
  }
  const due = (owner: string, limit = 9, tier: Tier = 'unrated') =>
    accounts.due(owner, '2026-03-11', { tier, limit }).then((rows) => rows.map(({ name }) => name));
  expect(await due('anna')).toEqual(['乙', '甲']);
  expect(await due('anna', 1)).toEqual(['乙']);
  expect([await due('anna', 9, 'head'), await due('ben')]).toEqual([[], []]);
  expect(await accounts.countDue(['anna'], { $lte: '2026-03-11' })).toBe(2);
  expect(await accounts.countDue(['anna'], { $lt: '2026-03-11' })).toBe(1);
});

it('shows merged accounts in no list, but keeps them', async () => {
  const { accounts } = await aShelf();
  const { _id } = await accounts.findOrCreateSolo('wm1', named('周文博'));
  await accounts.update(_id, { dueOn: '2026-03-01', mergedInto: 'x' });
  const all = [];
  for await (const each of accounts.all()) all.push(each);
  expect([all, await accounts.countLiving(), await accounts.countPool()]).toEqual([[], 0, 0]);
  expect(await accounts.find(_id)).toMatchObject({ mergedInto: 'x' });
});

it('refuses fields that it does not know, and writes many at once', async () => {
  const { accounts } = await aShelf();
  const { _id } = await accounts.findOrCreate('甲', named('甲'));
  await expect(accounts.update(_id, { colour: 'red' } as object)).rejects.toThrow(/colour/);
  await accounts.updateMany([{ accountId: _id, fields: { tier: 'head' } }]);
  await accounts.updateMany([]);
  expect(await accounts.find(_id)).toMatchObject({ tier: 'head' });
});
