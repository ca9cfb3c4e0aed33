import { afterAll, beforeAll, expect, it } from 'vitest';
import { errorOf, openContractDb } from './open-contract-db.ts';
import type { ContractDb } from './open-contract-db.ts';

let contract: ContractDb;
beforeAll(async () => {
  contract = await openContractDb();
});
afterAll(() => contract.close());

const DOCS = [
  { _id: 1, a: 1, b: { c: 1, d: 2 } },
  { _id: 2, a: 2 },
  { _id: 3, a: 3 },
];

it('gives the document as it was, or as it is after', async () => {
  const collection = await contract.collection(DOCS);
  expect(await collection.findOneAndUpdate({ a: 2 }, { $inc: { a: 10 } })).toEqual({ _id: 2, a: 2 });
  const after = await collection.findOneAndUpdate({ a: 12 }, { $inc: { a: 1 } }, { returnDocument: 'after' });
  expect(after).toEqual({ _id: 2, a: 13 });
  expect(await collection.findOneAndUpdate({ a: 99 }, { $inc: { a: 1 } })).toBeNull();
});

it('takes the first by sort, and shows the fields asked for', async () => {
  const collection = await contract.collection(DOCS);
  const last = await collection.findOneAndUpdate(
    {},
    { $set: { hit: 1 } },
    { sort: { a: -1 }, projection: { hit: 1 }, returnDocument: 'after' },
  );
  expect(last).toEqual({ _id: 3, hit: 1 });
  const part = await collection.findOneAndUpdate(
    { _id: 1 },
    { $set: { 'b.c': 5 } },
    { projection: { _id: 0, 'b.c': 1 } },
  );
  expect(part).toEqual({ b: { c: 1 } });
});

it('inserts when told to, and says so', async () => {
  const collection = await contract.collection([]);
  const before = await collection.findOneAndUpdate({ k: 1 }, { $setOnInsert: { v: 1 } }, { upsert: true });
  expect(before).toBeNull();
  const raw = await collection.findOneAndUpdate(
    { k: 2 },
    { $set: { v: 2 } },
    { upsert: true, returnDocument: 'after', includeResultMetadata: true },
  );
  expect(raw.value).toMatchObject({ k: 2, v: 2 });
  expect(raw.lastErrorObject).toEqual({ n: 1, updatedExisting: false, upserted: raw.value?._id });
  const existing = await collection.findOneAndUpdate(
    { k: 2 },
    { $set: { v: 2 } },
    { upsert: true, includeResultMetadata: true },
  );
  expect(existing.lastErrorObject).toEqual({ n: 1, updatedExisting: true });
});

it('replaces and removes', async () => {
  const collection = await contract.collection(DOCS);
  expect(await collection.findOneAndReplace({ _id: 1 }, { z: 1 }, { returnDocument: 'after' })).toEqual({
    _id: 1,
    z: 1,
  });
  expect(await collection.findOneAndDelete({ a: { $gt: 1 } }, { sort: { a: 1 } })).toEqual({ _id: 2, a: 2 });
  expect(await collection.findOneAndDelete({ a: 99 })).toBeNull();
  expect(await collection.countDocuments({})).toBe(2);
});

it('uses array filters', async () => {
  const collection = await contract.collection([{ _id: 1, list: [1, 5] }]);
  const big = [{ big: { $gt: 2 } }];
  await collection.findOneAndUpdate({}, { $inc: { 'list.$[big]': 1 } }, { arrayFilters: big });
  expect(await collection.findOne({})).toEqual({ _id: 1, list: [1, 6] });
});

it('lets exactly one of many racing claims win', async () => {
  const collection = await contract.collection([{ _id: 1, taken: 0 }]);
  const claim = () => collection.findOneAndUpdate({ _id: 1, taken: 0 }, { $inc: { taken: 1 } });
  const claims = await Promise.all(Array.from({ length: 20 }, claim));
  expect(claims.filter(Boolean)).toHaveLength(1);
  expect(await collection.findOne({})).toEqual({ _id: 1, taken: 1 });
});

it('answers a unique key that is taken, and changes nothing then', async () => {
  const collection = await contract.collection(DOCS);
  await collection.createIndex({ a: 1 }, { unique: true });
  const error = await errorOf(collection.findOneAndUpdate({ a: 1 }, { $set: { a: 2 } }));
  expect(error?.code).toBe(11000);
  expect(await collection.findOne({ _id: 1 })).toEqual(DOCS[0]);
});

it.each([
  [{ remove: true, update: { $set: { a: 1 } } }, 9],
  [{ remove: true, new: true }, 9],
  [{ remove: true, upsert: true }, 9],
  [{}, 9],
  [{ update: [{ $set: { a: 1 } }], collation: { locale: 'zh' } }, 238],
])('refuses %j', async (options, code) => {
  if (code === 238 && !contract.isEmbedded) return;
  const collection = await contract.collection(DOCS);
  const command = contract.db.command({ findAndModify: collection.collectionName, query: {}, ...options });
  expect((await errorOf(command))?.code).toBe(code);
});
