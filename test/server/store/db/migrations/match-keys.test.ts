import { expect, it } from 'vitest';
import { fillMatchKeys } from '../../../../../server/store/db/migrations/match-keys.ts';
import { blank } from '../../../../../server/store/account-model.ts';
import { aShelf } from '../../../../support/a-shelf.ts';

const knownSince = new Date('2026-01-01');
const anAccount = (_id: string, name: string, more: { nameKey?: string; externalId?: string } = {}) => ({
  ...blank(),
  _id,
  name,
  knownSince,
  isSolo: !more.nameKey,
  ...more,
});
const order = { accountId: 'a1', product: '', amountFen: 1, costFen: 0, paidOn: '2026-01-01', kind: 'sale' };

it('gives what an earlier version kept the keys of today: names and numbers are found again, twins stay two', async () => {
  const { connection, accounts, accountBook, orders } = await aShelf();
  await connection
    .collection<{ _id: string }>('accounts')
    .insertMany([
      anAccount('a1', '恒通\u200b（上海）', { nameKey: '恒通\u200b(上海)' }),
      anAccount('a2', '恒通【上海】', { nameKey: '恒通【上海】', externalId: 'Ｋ１' }),
      anAccount('solo-wm1', '恒通（上海）'),
      anAccount('a4', '启明', { nameKey: '启明' }),
    ]);
  await connection.collection<{ _id: string }>('orders').insertMany([
    { _id: 'ＳＯ－1', ...order },
    { _id: 'SO-2', ...order },
  ]);
  for (let time = 0; time < 2; time += 1) await fillMatchKeys(connection);
  expect((await accounts.findByKey('恒通(上海)'))?._id).toBe('a1');
  expect(await accounts.find('a2')).toMatchObject({ name: '恒通【上海】', twinKey: '恒通(上海)' });
  expect(await accounts.find('solo-wm1')).not.toHaveProperty('nameKey');
  const book = await accountBook.find({ numbers: ['K1'], keys: ['启明'] });
  expect([book.byNumber.get('K1')?._id, book.byKey.get('启明')?._id]).toEqual(['a2', 'a4']);
  expect((await orders.findMany(['SO-1', 'ＳＯ-２'])).map(({ _id }) => _id).toSorted()).toEqual([
    'SO-2',
    'ＳＯ－1',
  ]);
  expect((await accounts.sharing('a1', ['恒通(上海)'])).map(({ _id }) => _id)).toEqual(['a2']);
});

it('takes the word of an earlier version that it was done', async () => {
  const { connection, accountBook } = await aShelf();
  await connection
    .collection<{ _id: string }>('accounts')
    .insertOne(anAccount('a1', '启明', { externalId: 'Ｋ１' }));
  await connection
    .collection<{ _id: string; at: Date }>('marks')
    .insertOne({ _id: 'match-keys', at: knownSince });
  await fillMatchKeys(connection);
  expect((await accountBook.find({ numbers: ['K1'], keys: [] })).byNumber.size).toBe(0);
});

it('gives the name to the oldest of many that have become one, and goes on with the others', async () => {
  const { connection } = await aShelf();
  const accounts = connection.collection<{ _id: string; nameKey?: string; twinKey?: string }>('accounts');
  const names = ['恒通\u200b', '恒通\u200c', '恒通\u200d', '启明\u200b'];
  await accounts.insertMany(names.map((name, n) => anAccount(`a${n}`, name, { nameKey: name })));
  await fillMatchKeys(connection);
  const kept = await accounts.find({}).sort({ _id: 1 }).toArray();
  expect(kept.map(({ twinKey, nameKey }) => twinKey ?? nameKey)).toEqual(['恒通', '恒通', '恒通', '启明']);
  expect(kept.map(({ twinKey }) => twinKey)).toEqual([undefined, '恒通', '恒通', undefined]);
});
