import { expect, it } from 'vitest';
import type { Account } from '../../../server/store/account-model.ts';
import type { DueAccounts } from '../../../server/store/due.ts';
import { aShelf } from '../../support/a-shelf.ts';

const TODAY = '2026-03-11';
const knownSince = new Date('2026-03-01T00:00:00Z');
type Row = [name: string, fields: Partial<Account>];

async function aDueShelf(rows: readonly Row[]) {
  const shelf = await aShelf();
  const wishes = rows.map(([name]) => ({ nameKey: name, beginning: { name, knownSince } }));
  const made = await shelf.accounts.findOrCreateMany(wishes);
  const changes = made.map(({ _id }, n) => ({ accountId: _id, fields: rows[n]?.[1] ?? {} }));
  await shelf.accounts.updateMany(changes);
  return shelf.due;
}

const namesOf = async (due: Promise<DueAccounts>) => (await due).accounts.map(({ name }) => name);

it('lists the due accounts of an owner by tier, then the longest overdue first', async () => {
  const anna = { ownerId: 'anna' };
  const due = await aDueShelf([
    ['今天', { ...anna, dueOn: '2026-03-11' }],
    ['前天', { ...anna, dueOn: '2026-03-09' }],
    ['腰部', { ...anna, dueOn: '2026-03-10', tier: 'waist' }],
    ['头部', { ...anna, dueOn: '2026-03-11', tier: 'head' }],
    ['尾部', { ...anna, dueOn: '2026-03-01', tier: 'tail' }],
    ['明天', { ...anna, dueOn: '2026-03-12', tier: 'head' }],
    ['没有', { ...anna, dueOn: null }],
    ['并了', { ...anna, dueOn: '2026-03-02', mergedInto: 'x' }],
    ['别人的', { ownerId: 'ben', dueOn: '2026-03-02' }],
  ]);
  expect(await namesOf(due.owned('anna', TODAY, 9))).toEqual(['头部', '腰部', '尾部', '前天', '今天']);
  expect(await namesOf(due.owned('anna', TODAY, 4))).toEqual(['头部', '腰部', '尾部', '前天']);
  expect(await namesOf(due.owned('anna', TODAY, 1))).toEqual(['头部']);
  expect(await namesOf(due.owned('carl', TODAY, 9))).toEqual([]);
  expect((await due.owned('anna', TODAY, 1)).total).toBe(5);
  expect((await due.owned('carl', TODAY, 9)).total).toBe(0);
  expect(await due.count(['anna', 'ben'], { $lt: TODAY })).toBe(4);
});

it('lists for who looks after others what their deputies and stand-ins are to do, and nothing twice', async () => {
  const anna = { ownerId: 'anna', dueOn: '2026-03-09' };
  const due = await aDueShelf([
    ['代理', { ...anna, deputyId: 'ben' }],
    ['无代理', { ...anna, tier: 'head' }],
    ['代理也不在', { ...anna, deputyId: 'carl', dueOn: '2026-03-08' }],
    ['别人代理', { ...anna, deputyId: 'dora' }],
    ['未到期', { ...anna, deputyId: 'ben', dueOn: '2026-03-12' }],
  ]);
  const cover = { staffId: 'ben', awayIds: ['anna', 'carl'], standInForIds: ['anna'] };
  expect(await namesOf(due.covered(cover, TODAY, 9))).toEqual(['代理', '无代理', '代理也不在']);
  expect((await due.covered(cover, TODAY, 1)).total).toBe(3);
});
