import { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, openContractDb } from './open-contract-db.ts';
import type { ContractDb, Doc } from './open-contract-db.ts';

let contract: ContractDb;
beforeAll(async () => {
  contract = await openContractDb();
});
afterAll(() => contract.close());

/** The document after an update, and whether the server says it changed. */
async function updated(
  doc: Doc,
  update: Doc,
  filter: Doc = {},
): Promise<{ doc: Doc | null; modified: number }> {
  const collection = await contract.collection([doc]);
  const { modifiedCount } = await collection.updateOne(filter, update);
  return { doc: await collection.findOne({}), modified: modifiedCount };
}

describe('fields', () => {
  it.each<[Doc, Doc, Doc]>([
    [{ a: 1 }, { $set: { a: 2 } }, { a: 2 }],
    [{ a: 1 }, { $set: { b: { c: 1 } } }, { a: 1, b: { c: 1 } }],
    [{ a: 1 }, { $set: { 'b.c.d': 1 } }, { a: 1, b: { c: { d: 1 } } }],
    [{ a: { b: 1, c: 2 } }, { $set: { 'a.b': 9 } }, { a: { b: 9, c: 2 } }],
    [{ a: 1 }, { $set: { z: 1, c: 2, b: 3 } }, { a: 1, b: 3, c: 2, z: 1 }],
    [{ a: [1, 2] }, { $set: { 'a.0': 9 } }, { a: [9, 2] }],
    [{ a: [1] }, { $set: { 'a.3': 9 } }, { a: [1, null, null, 9] }],
    [{ a: [{ b: 1 }] }, { $set: { 'a.0.b': 2, 'a.1.b': 3 } }, { a: [{ b: 2 }, { b: 3 }] }],
    [{ a: 1, b: 2 }, { $unset: { a: '' } }, { b: 2 }],
    [{ a: { b: 1, c: 2 } }, { $unset: { 'a.b': 1 } }, { a: { c: 2 } }],
    [{ a: [1, 2, 3] }, { $unset: { 'a.1': 1 } }, { a: [1, null, 3] }],
    [{ a: 1 }, { $inc: { a: 2, b: 3 } }, { a: 3, b: 3 }],
    [{ a: 1 }, { $inc: { a: -1.5 } }, { a: -0.5 }],
    [{ a: 2 ** 31 - 1 }, { $inc: { a: 1 } }, { a: 2 ** 31 }],
    [{ a: { b: 1 } }, { $inc: { 'a.b': 1, 'a.c': 1 } }, { a: { b: 2, c: 1 } }],
    [{ a: 4 }, { $mul: { a: 2.5, b: 3 } }, { a: 10, b: 0 }],
    [{ a: 5, b: 5 }, { $min: { a: 3, b: 7, c: 1 } }, { a: 3, b: 5, c: 1 }],
    [{ a: 5, b: 5 }, { $max: { a: 3, b: 7, c: 1 } }, { a: 5, b: 7, c: 1 }],
    [{ a: 'text', b: 5 }, { $min: { a: 1, b: null } }, { a: 1, b: null }],
    [{ a: 5 }, { $max: { a: new Date(0) } }, { a: new Date(0) }],
    [{ a: 1, b: 2 }, { $rename: { a: 'c' } }, { b: 2, c: 1 }],
    [{ a: { x: 1 }, b: 2 }, { $rename: { 'a.x': 'b' } }, { a: {}, b: 1 }],
    [{ a: 1 }, { $set: { b: 1 }, $unset: { a: 1 }, $inc: { c: 1 } }, { b: 1, c: 1 }],
  ])('%j and %j give %j', async (doc, update, expected) => {
    const result = await updated({ _id: 1, ...doc }, update);
    expect(result.doc).toEqual({ _id: 1, ...expected });
    expect(Object.keys(result.doc ?? {})).toEqual(['_id', ...Object.keys(expected)]);
    expect(result.modified).toBe(1);
  });

  it.each<[Doc, Doc]>([
    [{ a: 1 }, { $set: { a: 1 } }],
    [{ a: 1 }, { $unset: { b: 1, 'a.b': 1, 'c.d': 1 } }],
    [{ a: 1 }, { $inc: { a: 0 } }],
    [{ a: 1 }, { $min: { a: 1 } }],
    [{ a: 1 }, { $max: { a: 0 } }],
    [{ a: 1 }, { $setOnInsert: { b: 1 } }],
    [{ a: 1 }, { $pull: { b: 1 } }],
    [{ a: [1] }, { $pull: { a: 2 } }],
    [{ a: [1] }, { $addToSet: { a: 1 } }],
    [{ a: 1 }, { $rename: { b: 'c' } }],
    [{ a: [] }, { $pop: { a: 1 } }],
  ])('%j and %j change nothing', async (doc, update) => {
    const result = await updated({ _id: 1, ...doc }, update);
    expect(result).toEqual({ doc: { _id: 1, ...doc }, modified: 0 });
  });

  it('sets the current date', async () => {
    const before = Date.now();
    const { doc } = await updated({ _id: 1 }, { $currentDate: { at: true, 'by.day': { $type: 'date' } } });
    const at = doc?.['at'];
    expect(at).toBeInstanceOf(Date);
    expect(Number(at)).toBeGreaterThanOrEqual(before - 1000);
    expect(doc?.['by']).toEqual({ day: at });
  });
});

describe('what an update may not do', () => {
  it.each<[Doc, Doc, number]>([
    [{ a: 'x' }, { $inc: { a: 1 } }, 14],
    [{ a: 1 }, { $inc: { a: 'x' } }, 14],
    [{ a: null }, { $inc: { a: 1 } }, 14],
    [{ a: [] }, { $mul: { a: 2 } }, 14],
    [{ a: 1 }, { $set: { 'a.b': 1 } }, 28],
    [{ a: null }, { $set: { 'a.b': 1 } }, 28],
    [{ a: [1] }, { $set: { 'a.b': 1 } }, 28],
    [{ a: 1 }, { $set: { _id: 2 } }, 66],
    [{ a: 1 }, { $unset: { _id: 1 } }, 66],
    [{ a: 1 }, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
    [{ a: 1 }, { $set: { b: 1, 'b.c': 1 } }, 40],
    [{ a: 1 }, { $rename: { a: 'b' }, $set: { b: 1 } }, 40],
    [{ a: 1 }, { $foo: { a: 1 } }, 9],
    [{ a: 1 }, { $set: 1 }, 9],
    [{ a: 1 }, { $set: { '': 1 } }, 56],
    [{ a: 1 }, { $set: { 'a..b': 1 } }, 56],
    [{ a: 1 }, { $rename: { a: 'a' } }, 2],
    [{ a: 1 }, { $rename: { a: 5 } }, 2],
    [{ a: 1 }, { $rename: { a: 'a.b' } }, 2],
    [{ a: 1 }, { $rename: { 'a.x': 'b' } }, 28],
    [{ a: null }, { $rename: { 'a.x': 'b' } }, 28],
    [{ a: [{ x: 1 }] }, { $rename: { 'a.x': 'b' } }, 28],
    [{ a: [1] }, { $rename: { 'a.0': 'b' } }, 2],
    [{ a: [{ x: 1 }] }, { $rename: { 'a.0.x': 'b' } }, 2],
    [{ a: 1, b: [1] }, { $rename: { a: 'b.0' } }, 2],
    [{ a: 1, b: [{ c: 1 }] }, { $rename: { a: 'b.0.c' } }, 2],
    [{ a: 1, b: 2 }, { $rename: { a: 'b.x' } }, 28],
    [{ a: 1 }, { $currentDate: { b: 'x' } }, 2],
    [{ a: 1 }, { $push: { a: 1 } }, 2],
    [{ a: 1 }, { $addToSet: { a: 1 } }, 2],
    [{ a: 1 }, { $pull: { a: 1 } }, 2],
    [{ a: 1 }, { $pop: { a: 1 } }, 14],
  ])('%j and %j', async (doc, update, code) => {
    const collection = await contract.collection([{ _id: 1, ...doc }]);
    expect((await errorOf(collection.updateOne({}, update)))?.code).toBe(code);
    expect(await collection.findOne({})).toEqual({ _id: 1, ...doc });
  });

  it('leaves the _id alone even if it is set to itself', async () => {
    expect(await updated({ _id: 1, a: 1 }, { $set: { _id: 1, a: 2 } })).toEqual({
      doc: { _id: 1, a: 2 },
      modified: 1,
    });
  });

  it('refuses types outside the subset, naming the field', async (context) => {
    context.skip(!contract.isEmbedded, 'a real server stores them');
    const { Long, Decimal128 } = mongo;
    const collection = await contract.collection([{ _id: 1 }]);
    for (const value of [Long.fromNumber(5), Decimal128.fromString('1.5')]) {
      const messages = [
        (await errorOf(collection.insertOne({ _id: 2, a: { b: value } })))?.message,
        (await errorOf(collection.updateOne({}, { $set: { a: { b: value } } })))?.message,
      ];
      for (const message of messages) expect(message).toMatch(/'a\.b' holds a .*(long|Decimal128)/);
    }
    expect(await collection.countDocuments({})).toBe(1);
  });
});

describe('replacement and upsert', () => {
  it('replaces everything but the _id', async () => {
    const collection = await contract.collection([{ _id: 1, a: 1, b: 2 }]);
    await collection.replaceOne({ a: 1 }, { c: 3 });
    expect(await collection.findOne({})).toEqual({ _id: 1, c: 3 });
    expect((await errorOf(collection.replaceOne({}, { _id: 2 })))?.code).toBe(66);
  });

  it.each<[Doc, Doc, Doc]>([
    [{ a: 1, b: { $gt: 5 } }, { $set: { c: 1 } }, { a: 1, c: 1 }],
    [{ 'a.b': 1 }, { $set: { 'a.c': 2 } }, { a: { b: 1, c: 2 } }],
    [{ $and: [{ a: 1 }, { b: { $eq: 2 } }] }, { $inc: { n: 1 } }, { a: 1, b: 2, n: 1 }],
    [{ $or: [{ a: 1 }] }, { $set: { n: 1 } }, { a: 1, n: 1 }],
    [{ $or: [{ a: 1 }, { a: 2 }] }, { $set: { n: 1 } }, { n: 1 }],
    [{ a: { $in: [1] } }, { $set: { n: 1 } }, { a: 1, n: 1 }],
    [{ a: { $in: [1, 2] } }, { $set: { n: 1 } }, { n: 1 }],
    [{ a: 1 }, { $setOnInsert: { at: 5 }, $push: { log: 'x' } }, { a: 1, at: 5, log: ['x'] }],
    [{ a: 1 }, { $inc: { a: 1 } }, { a: 2 }],
    [{ a: 1 }, { $max: { m: 3 }, $addToSet: { t: { $each: ['x', 'x'] } } }, { a: 1, m: 3, t: ['x'] }],
  ])('an upsert of %j with %j inserts %j', async (filter, update, expected) => {
    const collection = await contract.collection([]);
    const { upsertedId, matchedCount } = await collection.updateOne(filter, update, { upsert: true });
    expect(matchedCount).toBe(0);
    expect(await collection.findOne({})).toEqual({ _id: upsertedId, ...expected });
  });

  it('takes the _id of an upsert from the filter or the update, and puts it first', async () => {
    const collection = await contract.collection([]);
    await collection.updateOne({ z: 1, _id: 'from filter' }, { $set: { a: 1 } }, { upsert: true });
    await collection.updateOne({ z: 2 }, { $setOnInsert: { _id: 'from update' } }, { upsert: true });
    await collection.replaceOne({ _id: 'replaced' }, { z: 3 }, { upsert: true });
    const docs = await collection.find().sort({ z: 1 }).toArray();
    expect(docs.map((doc) => Object.entries(doc))).toEqual([
      [
        ['_id', 'from filter'],
        ['z', 1],
        ['a', 1],
      ],
      [
        ['_id', 'from update'],
        ['z', 2],
      ],
      [
        ['_id', 'replaced'],
        ['z', 3],
      ],
    ]);
  });

  it('refuses a filter that names a field twice, and a second document for one unique key', async () => {
    const collection = await contract.collection([]);
    const twice = collection.updateOne({ a: 1, 'a.b': 1 }, { $set: { n: 1 } }, { upsert: true });
    expect((await errorOf(twice))?.code).toBe(54);
    await collection.insertOne({ _id: 1, k: 1 });
    await collection.createIndex({ k: 1 }, { unique: true });
    const taken = collection.updateOne({ n: 5 }, { $set: { k: 1 } }, { upsert: true });
    expect((await errorOf(taken))?.code).toBe(11000);
  });
});

describe('many documents', () => {
  it('updates all or the first, and counts matched and modified apart', async () => {
    const collection = await contract.collection([1, 2, 3].map((_id) => ({ _id, a: _id })));
    const many = await collection.updateMany({ a: { $gte: 2 } }, { $min: { a: 2 } });
    expect([many.matchedCount, many.modifiedCount]).toEqual([2, 1]);
    const one = await collection.updateOne({ a: 2 }, { $set: { hit: true } });
    expect([one.matchedCount, one.modifiedCount]).toEqual([1, 1]);
    expect(await collection.countDocuments({ hit: true })).toBe(1);
    const none = await collection.updateMany({ a: 99 }, { $set: { hit: true } });
    expect([none.matchedCount, none.modifiedCount, none.upsertedCount]).toEqual([0, 0, 0]);
  });

  it('meets each document once although the update moves it in the index', async () => {
    const collection = await contract.collection(Array.from({ length: 300 }, (_, n) => ({ _id: n, a: n })));
    await collection.createIndex({ a: 1 });
    const { modifiedCount } = await collection.updateMany({ a: { $gte: 0 } }, { $inc: { a: 1000 } });
    expect(modifiedCount).toBe(300);
    expect(await collection.countDocuments({ a: { $gte: 2000 } })).toBe(0);
    expect(await collection.countDocuments({ a: { $gte: 1000, $lt: 1300 } })).toBe(300);
  });

  it('deletes one or all', async () => {
    const collection = await contract.collection([1, 2, 3, 4].map((_id) => ({ _id, a: _id % 2 })));
    expect((await collection.deleteOne({ a: 1 })).deletedCount).toBe(1);
    expect((await collection.deleteMany({ a: 0 })).deletedCount).toBe(2);
    expect((await collection.find().toArray()).map(({ _id }) => _id)).toEqual([3]);
    expect((await collection.deleteMany({})).deletedCount).toBe(1);
  });
});
