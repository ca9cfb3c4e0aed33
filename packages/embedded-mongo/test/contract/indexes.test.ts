import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, openContractDb } from './open-contract-db.ts';
import type { ContractDb, Doc } from './open-contract-db.ts';

let contract: ContractDb;
beforeAll(async () => {
  contract = await openContractDb();
});
afterAll(() => contract.close());

describe('unique', () => {
  it('refuses a second document of the same key, and says which', async () => {
    const collection = await contract.collection([{ _id: 1, staffId: 'a', day: 1 }]);
    await collection.createIndex({ staffId: 1, day: -1 }, { unique: true });
    const error = await collection
      .insertOne({ _id: 2, staffId: 'a', day: 1 })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 11000,
      keyPattern: { staffId: 1, day: -1 },
      keyValue: { staffId: 'a', day: 1 },
    });
    expect(String(error)).toMatch(
      /E11000 duplicate key error collection: \S+ index: staffId_1_day_-1 dup key: \{ staffId: "a", day: 1 \}/,
    );
    await collection.insertOne({ _id: 2, staffId: 'a', day: 2 });
    await collection.deleteOne({ _id: 1 });
    await collection.insertOne({ _id: 3, staffId: 'a', day: 1 });
  });

  it('counts a missing field as null, once', async () => {
    const collection = await contract.collection([{ _id: 1 }]);
    await collection.createIndex({ k: 1 }, { unique: true });
    expect((await errorOf(collection.insertOne({ _id: 2, k: null })))?.code).toBe(11000);
  });

  it('counts each element of an array, but not twice within one document', async () => {
    const collection = await contract.collection([{ _id: 1, tags: ['x', 'y', 'x'] }]);
    await collection.createIndex({ tags: 1 }, { unique: true });
    expect((await errorOf(collection.insertOne({ _id: 2, tags: ['z', 'y'] })))?.code).toBe(11000);
    await collection.insertOne({ _id: 2, tags: ['z'] });
    await collection.updateOne({ _id: 1 }, { $set: { tags: ['x'] } });
    await collection.updateOne({ _id: 2 }, { $set: { tags: ['z', 'y'] } });
    expect(await collection.findOne({ tags: 'y' })).toEqual({ _id: 2, tags: ['z', 'y'] });
  });

  it('is not made over documents that already break it, and leaves nothing behind', async () => {
    const collection = await contract.collection([
      { _id: 1, k: 1 },
      { _id: 2, k: 1 },
    ]);
    expect((await errorOf(collection.createIndex({ k: 1 }, { unique: true })))?.code).toBe(11000);
    expect(await collection.indexes()).toHaveLength(1);
    await collection.createIndex({ k: 1 });
    expect(await collection.countDocuments({ k: 1 })).toBe(2);
  });

  it('compares by value, whatever the length of the key', async () => {
    const long = 'x'.repeat(5000);
    const collection = await contract.collection([{ _id: 1, k: `${long}a` }]);
    await collection.createIndex({ k: 1 }, { unique: true });
    await collection.insertOne({ _id: 2, k: `${long}b` });
    expect((await errorOf(collection.insertOne({ _id: 3, k: `${long}a` })))?.code).toBe(11000);
    expect((await collection.find({ k: `${long}b` }).toArray()).map(({ _id }) => _id)).toEqual([2]);
    expect((await collection.find({ k: { $gt: `${long}a` } }).toArray()).map(({ _id }) => _id)).toEqual([2]);
    expect((await collection.find().sort({ k: -1 }).toArray()).map(({ _id }) => _id)).toEqual([2, 1]);
  });

  it('stops an ordered insert at the error, and lets an unordered one go on', async () => {
    const documents = [{ _id: 1 }, { _id: 1 }, { _id: 2 }];
    const ordered = await contract.collection([]);
    const first = await ordered.insertMany(documents).catch((thrown: unknown) => thrown);
    expect(first).toMatchObject({ code: 11000, result: { insertedCount: 1 } });
    const unordered = await contract.collection([]);
    const second = await unordered
      .insertMany(documents, { ordered: false })
      .catch((thrown: unknown) => thrown);
    expect(second).toMatchObject({ code: 11000, writeErrors: [{ index: 1 }] });
    expect(await unordered.countDocuments({})).toBe(2);
  });
});

describe('sparse and partial', () => {
  it('a sparse unique index passes over documents without the field, but not over null', async () => {
    const collection = await contract.collection([{ _id: 1 }, { _id: 2 }, { _id: 3, k: null }]);
    await collection.createIndex({ k: 1 }, { unique: true, sparse: true });
    expect((await errorOf(collection.insertOne({ _id: 4, k: null })))?.code).toBe(11000);
    expect(await collection.countDocuments({ k: null })).toBe(3);
    expect(await collection.find().sort({ k: 1 }).toArray()).toHaveLength(3);
  });

  it('a partial unique index holds for its documents only', async () => {
    const collection = await contract.collection([{ _id: 1, k: 1, open: false }]);
    await collection.createIndex({ k: 1 }, { unique: true, partialFilterExpression: { open: true } });
    await collection.insertMany([
      { _id: 2, k: 1, open: true },
      { _id: 3, k: 1, open: false },
      { _id: 4, k: 1 },
    ]);
    expect((await errorOf(collection.insertOne({ _id: 5, k: 1, open: true })))?.code).toBe(11000);
    expect((await errorOf(collection.updateOne({ _id: 1 }, { $set: { open: true } })))?.code).toBe(11000);
    await collection.updateOne({ _id: 2 }, { $set: { open: false } });
    await collection.updateOne({ _id: 1 }, { $set: { open: true } });
    expect(await collection.countDocuments({ k: 1 })).toBe(4);
    expect((await collection.find({ k: 1, open: true }).toArray()).map(({ _id }) => _id)).toEqual([1]);
  });
});

describe('descriptions', () => {
  it('lists what was made, and making it again is fine', async () => {
    const collection = await contract.collection([{ _id: 1 }]);
    expect(await collection.createIndex({ a: 1, 'b.c': -1 })).toBe('a_1_b.c_-1');
    await collection.createIndexes([
      { key: { at: 1 }, expireAfterSeconds: 60 },
      { key: { u: 1 }, name: 'mine', unique: true, partialFilterExpression: { u: { $exists: true } } },
      { key: { s: 1 }, sparse: true },
    ]);
    await collection.createIndex({ a: 1, 'b.c': -1 });
    expect(await collection.indexes()).toEqual([
      { v: 2, key: { _id: 1 }, name: '_id_' },
      { v: 2, key: { a: 1, 'b.c': -1 }, name: 'a_1_b.c_-1' },
      { v: 2, key: { at: 1 }, name: 'at_1', expireAfterSeconds: 60 },
      { v: 2, key: { u: 1 }, name: 'mine', unique: true, partialFilterExpression: { u: { $exists: true } } },
      { v: 2, key: { s: 1 }, name: 's_1', sparse: true },
    ]);
  });

  it('drops one by name or key, or all but that of _id', async () => {
    const collection = await contract.collection([{ _id: 1, a: 1, b: 1, c: 1 }]);
    for (const field of ['a', 'b', 'c']) await collection.createIndex({ [field]: 1 });
    await collection.dropIndex('a_1');
    await contract.db.command({ dropIndexes: collection.collectionName, index: { b: 1 } });
    expect((await collection.indexes()).map(({ name }) => name)).toEqual(['_id_', 'c_1']);
    await collection.dropIndexes();
    expect(await collection.indexes()).toHaveLength(1);
    expect((await errorOf(collection.dropIndex('a_1')))?.code).toBe(27);
    expect((await errorOf(collection.dropIndex('_id_')))?.code).toBe(72);
    expect(await collection.countDocuments({ a: 1 })).toBe(1);
  });

  it.each<[Doc, Doc, number]>([
    [{ a: 1 }, { unique: true }, 86],
    [{ a: 1 }, { sparse: true }, 86],
    [{ a: 1 }, { expireAfterSeconds: 5 }, 85],
    [{ a: 1 }, { partialFilterExpression: { b: 1 } }, 86],
    [{ b: 1 }, { unique: 'x' }, 14],
    [{ _id: 1 }, { sparse: true }, 197],
    [{ a: 1 }, { name: 'other' }, 85],
    [{ b: 1 }, { name: 'a_1' }, 86],
    [{ b: 0 }, {}, 67],
    [{ 'b..c': 1 }, {}, 67],
    [{ a: 1, b: 1 }, { expireAfterSeconds: 5 }, 67],
    [{ b: 1 }, { expireAfterSeconds: -1 }, 67],
    [{ b: 1 }, { partialFilterExpression: { x: { $regex: 'a' } } }, 67],
    [{ b: 1 }, { partialFilterExpression: { x: 1 }, sparse: true }, 67],
  ])('%j with %j is refused', async (key, options, code) => {
    const collection = await contract.collection([{ _id: 1 }]);
    await collection.createIndex({ a: 1 });
    const command = {
      createIndexes: collection.collectionName,
      indexes: [{ key, name: Object.entries(key).flat().join('_'), ...options }],
    };
    expect((await errorOf(contract.db.command(command)))?.code).toBe(code);
  });

  it.each<[Doc]>([
    [{ unique: true }],
    [{ sparse: true }],
    [{ unique: true, sparse: true }],
    [{ partialFilterExpression: { a: { $gt: 5 } } }],
  ])('takes an index with %j beside a plain one of the same fields', async (options) => {
    const collection = await contract.collection([{ _id: 1, a: 1 }, { _id: 2 }]);
    await collection.createIndex({ a: 1 });
    await collection.createIndex({ a: 1 }, { name: 'beside', ...options });
    expect((await collection.indexes()).map(({ name }) => name)).toEqual(['_id_', 'a_1', 'beside']);
    expect(await collection.countDocuments({ a: null })).toBe(1);
    expect((await errorOf(collection.createIndex({ a: 1 }, { name: 'again', ...options })))?.code).toBe(85);
  });

  it('refuses two arrays in one index', async () => {
    const collection = await contract.collection([{ _id: 1, a: 1, b: 1 }]);
    await collection.createIndex({ a: 1, b: 1 });
    expect((await errorOf(collection.insertOne({ _id: 9, a: [1], b: [2] })))?.code).toBe(171);
    await collection.insertMany([
      { _id: 2, a: [1, 2], b: 1 },
      { _id: 3, a: 1, b: [1, 2] },
    ]);
    expect(await collection.countDocuments({ a: 1, b: 1 })).toBe(3);
  });

  it('knows no text or geo index', async (context) => {
    context.skip(!contract.isEmbedded, 'a real server has them');
    const collection = await contract.collection([]);
    for (const kind of ['text', '2dsphere', 'hashed'] as const) {
      expect(await errorOf(collection.createIndex({ a: kind }))).toMatchObject({
        code: 238,
        message: expect.stringContaining(kind),
      });
    }
  });
});
