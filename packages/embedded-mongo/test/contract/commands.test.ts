import { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, openContractDb } from './open-contract-db.ts';
import type { ContractDb, Doc } from './open-contract-db.ts';

let contract: ContractDb;
beforeAll(async () => {
  contract = await openContractDb();
});
afterAll(() => contract.close());

const numbered = (count: number): Doc[] => Array.from({ length: count }, (_, _id) => ({ _id }));

describe('reads', () => {
  it('counts, with filter, skip and limit', async () => {
    const collection = await contract.collection(numbered(10));
    expect(await collection.countDocuments({})).toBe(10);
    expect(await collection.countDocuments({ _id: { $gte: 3 } }, { skip: 2, limit: 4 })).toBe(4);
    expect(await collection.estimatedDocumentCount()).toBe(10);
    const raw = await contract.db.command({
      count: collection.collectionName,
      query: { _id: { $lt: 5 } },
      limit: 3,
    });
    expect(raw['n']).toBe(3);
    expect(await contract.db.collection('nothing').countDocuments({})).toBe(0);
  });

  it('gives distinct values, of arrays each element', async () => {
    const collection = await contract.collection([
      { a: 1, l: [1, 2], d: [{ x: 1 }, { x: [2, 3] }] },
      { a: 1, l: [2, [3]], d: { x: 1 } },
      { a: null, l: 'x' },
      { a: '1' },
    ]);
    expect(new Set(await collection.distinct('a'))).toEqual(new Set([1, null, '1']));
    expect(await collection.distinct('l')).toEqual(expect.arrayContaining([1, 2, [3], 'x']));
    expect((await collection.distinct('d.x')).sort()).toEqual([1, 2, 3]);
    expect(await collection.distinct('a', { l: 'x' })).toEqual([null]);
  });

  it('hands out batches, and forgets a cursor that is closed', async () => {
    const collection = await contract.collection(numbered(250));
    const first = await contract.db.command({ find: collection.collectionName });
    expect(first['cursor'].firstBatch).toHaveLength(101);
    const more = await contract.db.command({
      getMore: first['cursor'].id,
      collection: collection.collectionName,
      batchSize: 100,
    });
    expect(more['cursor'].nextBatch).toHaveLength(100);
    const last = await contract.db.command({
      getMore: first['cursor'].id,
      collection: collection.collectionName,
    });
    expect(last['cursor'].nextBatch).toHaveLength(49);
    expect(Number(last['cursor'].id)).toBe(0);
    const gone = contract.db.command({ getMore: first['cursor'].id, collection: collection.collectionName });
    expect((await errorOf(gone))?.code).toBe(43);
  });

  it('kills cursors', async () => {
    const collection = await contract.collection(numbered(10));
    const { cursor } = await contract.db.command({ find: collection.collectionName, batchSize: 2 });
    const killed = await contract.db.command({
      killCursors: collection.collectionName,
      cursors: [cursor.id],
    });
    expect(killed['cursorsKilled']).toEqual([cursor.id]);
    const again = await contract.db.command({ killCursors: collection.collectionName, cursors: [cursor.id] });
    expect(again['cursorsNotFound']).toEqual([cursor.id]);
  });

  it.each([
    [{ batchSize: 0 }, 0, true],
    [{ batchSize: 3 }, 3, true],
    [{ batchSize: 3, singleBatch: true }, 3, false],
    [{ limit: 4 }, 4, false],
    [{ limit: 4, batchSize: 2 }, 2, true],
    [{ skip: 8 }, 2, false],
  ])('find with %j gives %i at first, more: %s', async (options, count, isOpen) => {
    const collection = await contract.collection(numbered(10));
    const { cursor } = await contract.db.command({ find: collection.collectionName, ...options });
    expect([cursor.firstBatch.length, Number(cursor.id) !== 0]).toEqual([count, isOpen]);
  });

  it('reads to the end while others write', async () => {
    const collection = await contract.collection(numbered(300));
    const seen: unknown[] = [];
    for await (const { _id } of collection.find({}, { batchSize: 50 })) {
      seen.push(_id);
      if (seen.length % 50 === 0) await collection.deleteOne({ _id: Number(_id) - 10 });
      if (seen.length === 100) await collection.insertOne({ _id: 'late' });
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(numbered(300).map(({ _id }) => _id)));
  });

  it('splits what is larger than one answer', async () => {
    const big = 'x'.repeat(5 * 1024 * 1024);
    const collection = await contract.collection([]);
    for (let _id = 0; _id < 5; _id += 1) await collection.insertOne({ _id, big });
    expect((await collection.find().toArray()).map((doc) => [doc._id, String(doc['big']).length])).toEqual(
      numbered(5).map(({ _id }) => [_id, big.length]),
    );
    const tooLarge = collection.updateOne({ _id: 0 }, { $set: { a: big, b: big, c: big } });
    const codes = contract.isEmbedded ? [10334] : [10334, 17419]; // of MongoDB's releases
    expect(codes).toContain((await errorOf(tooLarge))?.code);
  });
});

describe('collections and databases', () => {
  it('makes, lists, renames and drops', async () => {
    const db = contract.db;
    await db.createCollection('made');
    const again = (await errorOf(db.command({ create: 'made' })))?.code;
    expect(contract.isEmbedded ? [48] : [48, undefined]).toContain(again); // 7.0 and later take it if nothing differs
    await db.collection('made').insertOne({ a: 1 });
    await db.collection('made').createIndex({ a: 1 });
    await db.collection('made').rename('moved');
    expect(await db.collection('moved').countDocuments({ a: 1 })).toBe(1);
    expect(await db.collection('moved').indexes()).toHaveLength(2);
    const names = (await db.listCollections({ name: /^m/ }, { nameOnly: true }).toArray()).map(
      ({ name }) => name,
    );
    expect(names).toEqual(['moved']);
    expect(await db.collection('moved').drop()).toBe(true);
    expect(await db.listCollections({ name: 'moved' }).toArray()).toEqual([]);
    expect((await errorOf(db.command({ listIndexes: 'moved' })))?.code).toBe(26);
    const { databases } = await db.admin().listDatabases({ nameOnly: true });
    expect(databases.map(({ name }) => name)).toContain(db.databaseName);
  });

  it('an empty database is gone', async () => {
    const other = contract.db.collection('x').dbName;
    expect(other).toBe(contract.db.databaseName);
    const collection = await contract.collection(numbered(5));
    expect(await contract.db.command({ collStats: collection.collectionName })).toMatchObject({
      count: 5,
      nindexes: 1,
    });
    expect(await contract.db.command({ dbStats: 1 })).toMatchObject({ db: contract.db.databaseName });
  });

  it.each(['', 'a$b', '.a'])('refuses a collection called "%s"', async (name) => {
    expect((await errorOf(contract.db.command({ insert: name, documents: [{ a: 1 }] })))?.code).toBe(73);
  });
});

describe('the server', () => {
  it('tells about itself', async () => {
    const hello = await contract.db.admin().command({ hello: 1 });
    expect(hello).toMatchObject({ isWritablePrimary: true, maxBsonObjectSize: 16 * 1024 * 1024, ok: 1 });
    expect(await contract.db.command({ ping: 1 })).toMatchObject({ ok: 1 });
    expect((await contract.db.admin().buildInfo())['versionArray'][0]).toBeGreaterThanOrEqual(6);
    expect((await contract.db.admin().serverStatus())['connections']).toBeDefined();
    for (const command of ['whatsmyuri', 'connectionStatus']) {
      expect(await contract.db.admin().command({ [command]: 1 })).toMatchObject({ ok: 1 });
    }
    expect(
      await contract.db.admin().command({ getParameter: 1, featureCompatibilityVersion: 1 }),
    ).toHaveProperty('featureCompatibilityVersion');
  });

  it.each<[Doc, number]>([
    [{ makeCoffee: 1 }, 59],
    [{ find: 'x', bogus: 1 }, 40415],
    [{ find: 'x', filter: 'text' }, 14],
    [{ find: 5 }, 73],
    [{ insert: 'x', documents: [] }, 16],
    [{ delete: 'x', deletes: [{ q: {}, limit: 2 }] }, 9],
    [{ aggregate: 'x', pipeline: {}, cursor: {} }, 14],
    [{ aggregate: 'x', pipeline: [] }, 9],
    [{ getMore: mongo.Long.fromNumber(12345), collection: 'x' }, 43],
    [{ insert: 'x', documents: [{ _id: [1] }] }, 53],
  ])('answers %j with its error', async (command, code) => {
    const error = await contract.db.command(command).then(
      (answer) => answer['writeErrors']?.[0] ?? null,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code });
  });

  it('refuses a negative limit', async () => {
    const code = (await errorOf(contract.db.command({ find: 'x', limit: -1 })))?.code;
    expect(contract.isEmbedded ? [51024] : [2, 51024]).toContain(code); // of MongoDB's releases
  });

  it('has no transactions', async (context) => {
    context.skip(!contract.isEmbedded, 'a replica set has them');
    const session = contract.db.client.startSession();
    const work = session.withTransaction(() => contract.db.collection('x').insertOne({ a: 1 }, { session }));
    await expect(work).rejects.toThrow('does not support');
    const raw = contract.db.command({
      insert: 'x',
      documents: [{ a: 1 }],
      txnNumber: mongo.Long.fromNumber(1),
    });
    expect((await errorOf(raw))?.code).toBe(20);
    await session.endSession();
    expect(await contract.db.collection('x').countDocuments({})).toBe(0);
  });

  it('says which option it has not', async (context) => {
    context.skip(!contract.isEmbedded, 'a real server has it');
    const wanted = contract.db.command({ find: 'x', collation: { locale: 'zh' } });
    expect(await errorOf(wanted)).toMatchObject({ code: 238, message: expect.stringContaining('collation') });
  });
});
