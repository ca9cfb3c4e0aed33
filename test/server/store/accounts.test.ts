import { expect, it } from 'vitest';
import { aShelf } from '../../support/a-shelf.ts';

const knownSince = new Date('2026-03-01T00:00:00Z');
const named = (name: string) => ({ nameKey: name, beginning: { name, knownSince } });
const soloOf = (externalUserId: string) => ({
  soloOf: externalUserId,
  beginning: { name: '周文博', knownSince },
});

it('makes one account of a name, also for many who come at once', async () => {
  const { accounts } = await aShelf();
  const wishes = [named('甲'), named('乙'), soloOf('wm1'), named('甲')];
  const made = await Promise.all(Array.from({ length: 10 }, () => accounts.findOrCreateMany(wishes)));
  const ids = made.map((all) => all.map(({ _id }) => _id));
  expect(new Set(ids.map(String)).size).toBe(1);
  expect(ids[0]?.[0]).toBe(ids[0]?.[3]);
  expect(await accounts.countLiving()).toBe(3);
  const blank = { ownerId: null, tier: 'unrated', stage: 'suspect', tierWhy: null };
  expect(made[0]).toMatchObject([
    { name: '甲', nameKey: '甲', isSolo: false, ...blank },
    { name: '乙' },
    { _id: 'solo-wm1', name: '周文博', isSolo: true, ...blank },
    { name: '甲' },
  ]);
});

it('begins an account with the first of several wishes, and leaves one that is there as it is', async () => {
  const { accounts } = await aShelf();
  const also = { nameKey: '甲', beginning: { name: '甲公司', knownSince } };
  expect(await accounts.findOrCreateMany([named('甲'), also])).toMatchObject([
    { name: '甲' },
    { name: '甲' },
  ]);
  expect(await accounts.findOrCreateMany([also])).toMatchObject([{ name: '甲' }]);
  expect(await accounts.findOrCreateMany([])).toEqual([]);
});

it('takes a company for a company, even when it is named like the account of a person', async () => {
  const { accounts } = await aShelf();
  const [company, person] = await accounts.findOrCreateMany([named('solo-wm1'), soloOf('wm1')]);
  expect(company?._id).not.toBe(person?._id);
});

it('gives the account that a merged one went into', async () => {
  const { accounts } = await aShelf();
  const [from, into] = await accounts.findOrCreateMany([named('甲'), named('乙')]);
  await accounts.update(from?._id ?? '', { mergedInto: into?._id ?? '' });
  expect(await accounts.findOrCreateMany([named('甲')])).toMatchObject([{ _id: into?._id }]);
});

it('gives a customer number to one account only', async () => {
  const { accounts } = await aShelf();
  const [a, b] = (await accounts.findOrCreateMany([named('甲'), named('乙')])).map(({ _id }) => _id);
  await accounts.update(a ?? '', { externalId: 'K1' });
  await expect(accounts.update(b ?? '', { externalId: 'K1' })).rejects.toThrow('E11000');
  expect(await accounts.findByExternalId('K1')).toMatchObject({ name: '甲' });
});

it('shows merged accounts in no list, but keeps them', async () => {
  const { accounts } = await aShelf();
  await accounts.findOrCreateMany([soloOf('wm1')]);
  await accounts.update('solo-wm1', { dueOn: '2026-03-01', mergedInto: 'x' });
  const all = [];
  for await (const each of accounts.all()) all.push(each);
  expect([all, await accounts.countLiving(), await accounts.countPool()]).toEqual([[], 0, 0]);
  expect(await accounts.find('solo-wm1')).toMatchObject({ mergedInto: 'x' });
});

it('refuses fields that it does not know, and writes many at once', async () => {
  const { accounts } = await aShelf();
  const _id = (await accounts.findOrCreateMany([named('甲')]))[0]?._id ?? '';
  await expect(accounts.update(_id, { colour: 'red' } as object)).rejects.toThrow(/colour/);
  await accounts.updateMany([{ accountId: _id, fields: { tier: 'head' } }]);
  await accounts.updateMany([]);
  expect(await accounts.find(_id)).toMatchObject({ tier: 'head' });
});

it('looks at no more accounts than it lists of a tier, a stage or a class, nor at any of one that nobody is in', async () => {
  const { accounts, connection } = await aShelf();
  for (let index = 0; index < 60; index += 1) {
    const [account] = await accounts.findOrCreateMany([named(`公司${index}`)]);
    const few = { tier: 'head', stage: 'prospect' } as const;
    const most = { tier: 'tail', stage: 'suspect' } as const;
    const fields = { ...(index % 20 === 0 ? few : most), valueClass: 'general' } as const;
    await accounts.update(account?._id ?? '', fields);
  }
  const examined = async (wanted: object): Promise<unknown> => {
    const shown = connection.collection('accounts').find({ mergedInto: null, ...wanted, $and: [{}] });
    const plan = await shown.sort({ _id: 1 }).limit(2).explain('executionStats');
    return plan['executionStats'].totalDocsExamined;
  };
  for (const wanted of [{ tier: 'head' }, { stage: 'prospect' }, { valueClass: 'general' }])
    expect(await examined(wanted)).toBe(2);
  expect(await examined({ tier: 'head', stage: 'suspect' })).toBeLessThanOrEqual(3);
  for (const wanted of [{ tier: 'waist' }, { stage: 'partner' }, { valueClass: 'strategic' }])
    expect(await examined(wanted)).toBe(0);
});

it.each(['twinKey', 'legalKey'] as const)('looks for who has a %s by the index alone', async (field) => {
  const { accounts, connection } = await aShelf();
  const beginning = { knownSince: new Date() };
  for (let n = 0; n < 30; n += 1)
    await accounts.findOrCreateMany([{ nameKey: `n${n}`, beginning: { ...beginning, name: `n${n}` } }]);
  const [one] = await accounts.findOrCreateMany([{ nameKey: '甲', beginning: { ...beginning, name: '甲' } }]);
  await accounts.update(one?._id ?? '', { [field]: '乙' });
  expect(await accounts.withKey(field, '', 200)).toMatchObject([{ name: '甲' }]);
  expect(await accounts.withKey(field, '乙', 200)).toEqual([]);
  const asked = { [field]: { $gt: '' }, mergedInto: null };
  const plan = await connection
    .collection('accounts')
    .find(asked)
    .sort({ [field]: 1 })
    .explain('executionStats');
  expect(plan['executionStats'].totalDocsExamined).toBe(1);
});
