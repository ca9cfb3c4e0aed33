import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Meter, roomOf } from '../src/engine/memory.ts';
import { drawAll, isPause, PAUSE, Slices } from '../src/engine/pause.ts';
import { sorted } from '../src/engine/sorted.ts';
import { WriteQueue } from '../src/engine/write-queue.ts';
import { openEmbeddedDb } from '../src/open-embedded-db.ts';
import type { EmbeddedDb } from '../src/open-embedded-db.ts';
import { sortOf } from '../src/query/sort.ts';
import type { Catalog } from '../src/storage/catalog.ts';
import type { Store } from '../src/storage/store.ts';
import { errorOf } from './contract/open-contract-db.ts';

let dir: string;
let embedded: EmbeddedDb;
let client: mongo.MongoClient;
const DOCUMENTS = 20_000;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'genjin-limits-'));
  embedded = await openEmbeddedDb({ dir, mode: 'own' });
  client = new mongo.MongoClient(embedded.uri);
  const many = Array.from({ length: DOCUMENTS }, (_, n) => ({
    _id: n,
    n: (n * 7919) % DOCUMENTS,
    k: n % 5000,
  }));
  await client
    .db()
    .collection('many')
    .insertMany(many as unknown as mongo.Document[]);
});
afterAll(async () => {
  await client.close();
  await embedded.close();
  rmSync(dir, { recursive: true, force: true });
});

const LONG: [string, (many: mongo.Collection) => Promise<unknown[]>][] = [
  ['grouped', (many) => many.aggregate([{ $group: { _id: '$k', all: { $push: '$n' } } }]).toArray()],
  ['sorted', (many) => many.find().sort({ n: -1 }).toArray()],
  ['sorted by a stage', (many) => many.aggregate([{ $set: { m: '$n' } }, { $sort: { m: 1 } }]).toArray()],
  ['looked through', (many) => many.find({ $expr: { $eq: [{ $mod: ['$n', 9999] }, 1] } }).toArray()],
  [
    'in facets',
    (many) => many.aggregate([{ $facet: { a: [{ $sort: { n: 1 } }, { $limit: 5 }] } }]).toArray(),
  ],
];

describe('a long read', () => {
  it.each(LONG)('lets others have their turn while everything is %s', async (_what, read) => {
    const many = client.db().collection('many');
    const other = new mongo.MongoClient(embedded.uri);
    try {
      const ping = () => other.db().command({ ping: 1 });
      await ping();
      const order: string[] = [];
      const reading = read(many).then((found) => (order.push('read'), found));
      while (order.length < 2 && !order.includes('read')) await ping().then(() => order.push('ping'));
      expect(order.slice(0, 2)).toEqual(['ping', 'ping']);
      expect((await reading).length).toBeGreaterThan(0);
    } finally {
      await other.close();
    }
  });

  it('gives the same answer as if nobody had had a turn', async () => {
    const many = client.db().collection('many');
    const found = await many.find().sort({ n: 1 }).toArray();
    expect(found.map(({ n }) => n)).toEqual(Array.from({ length: DOCUMENTS }, (_, n) => n));
    const [{ total } = {}] = await many
      .aggregate([{ $group: { _id: null, total: { $sum: '$n' } } }])
      .toArray();
    expect(total).toBe((DOCUMENTS * (DOCUMENTS - 1)) / 2);
    expect(await many.countDocuments({ n: { $gte: 100 } })).toBe(DOCUMENTS - 100);
    expect(await many.distinct('k')).toHaveLength(5000);
  });

  it('goes on though its documents are changed and removed meanwhile', async () => {
    const some = client.db().collection<{ _id: number; a: number }>('some');
    await some.insertMany(Array.from({ length: 5000 }, (_, _id) => ({ _id, a: _id })));
    await some.createIndex({ a: 1 });
    const reading = some
      .find({ a: { $gte: 0 } })
      .sort({ a: -1 })
      .toArray();
    const writing = some.deleteMany({ a: { $gte: 4000 } });
    const [found] = await Promise.all([reading, writing]);
    expect(new Set(found.map(({ _id }) => _id)).size).toBe(found.length);
    expect(found.length).toBeGreaterThanOrEqual(4000);
  });
});

it('changes the first of many in an order, and not a rest between them', async () => {
  const many = client.db().collection<{ _id: number }>('many');
  for (const [sort, wanted] of [
    [{ n: 1 }, 0],
    [{ n: -1 }, DOCUMENTS - 1],
  ] as const) {
    const changed = await many.findOneAndUpdate({}, { $set: { first: true } }, { sort });
    expect(changed).toMatchObject({ n: wanted });
  }
  expect(await many.countDocuments({ first: true })).toBe(2);
  const explained = await many.find({}).sort({ n: 1 }).explain('executionStats');
  expect(explained['executionStats'].nReturned).toBe(DOCUMENTS);
});

describe('what a query may hold in memory', () => {
  it('ends in error 292 that says what to do, and takes what is given back', () => {
    const meter = new Meter('a sort', 2 ** 20);
    meter.take(2 ** 20);
    expect(() => meter.take(1)).toThrow(
      expect.objectContaining({ code: 292, message: expect.stringMatching(/1 MB.*\$match.*MONGODB_URI/) }),
    );
    meter.give(2 ** 20);
    meter.take(2 ** 19);
  });

  it('grows with what is in a value', () => {
    const [small, long, deep] = [{ a: 1 }, { a: 'x'.repeat(1000) }, { a: [{ b: 'x'.repeat(1000) }] }].map(
      roomOf,
    );
    expect(small).toBeLessThan(long ?? 0);
    expect(long).toBeLessThan(deep ?? 0);
    expect(long).toBeGreaterThan(2000);
  });

  it('fails one query and not the server', async () => {
    const big = client.db().collection('big');
    const text = 'x'.repeat(1_000_000);
    await big.insertMany(Array.from({ length: 8 }, (_, n) => ({ n, text })));
    const doubled = Array.from({ length: 12 }, () => [
      { $set: { twice: ['$text', '$text'] } },
      { $unwind: '$twice' },
    ]).flat();
    const error = await errorOf(
      big.aggregate([...doubled, { $group: { _id: null, all: { $push: '$$ROOT' } } }]).toArray(),
    );
    expect(error).toMatchObject({ code: 292, message: expect.stringContaining('$group') });
    expect(await client.db().command({ ping: 1 })).toMatchObject({ ok: 1 });
  });
});

describe('a sort', () => {
  it.each([
    [5000, Infinity],
    [9000, 7],
    [9000, 1999],
    [9000, 2500],
  ])('keeps equal ones of %i in the order they came, also when only %d are wanted', (count, most) => {
    const items = Array.from({ length: count }, (_, n) => ({ doc: { k: n % 3, n } }));
    const found = [...sorted(items, sortOf({ k: 1 }), { most })]
      .filter((item) => !isPause(item))
      .slice(0, most);
    const expected = items.toSorted((left, right) => left.doc.k - right.doc.k).slice(0, most);
    expect(found.map(({ doc }) => doc['n'])).toEqual(expected.map(({ doc }) => doc.n));
  });

  it('hands rests on, and they are no documents', async () => {
    const items = [{ doc: { k: 2 } }, PAUSE, { doc: { k: 1 } }];
    const seen: unknown[] = [];
    await drawAll(sorted(items, sortOf({ k: 1 }), { most: Infinity }), ({ doc }) => seen.push(doc['k']));
    expect(seen).toEqual([1, 2]);
    expect(new Slices().isOver()).toBe(false);
  });
});

it.each([
  [
    Object.assign(new Error('No space left on device'), { code: 28 }),
    14031,
    /disk of DATA_DIR is full.*make room/,
  ],
  [Object.assign(new Error('write failed'), { code: 'ENOSPC' }), 14031, /disk of DATA_DIR is full/],
  [new Error('Input/output error'), 1, /could not write to disk: .*Input\/output/],
])('says of %s why nothing was kept', async (failure, code, message) => {
  const store = {
    transact: () => {
      throw failure;
    },
  };
  const queue = new WriteQueue(store as unknown as Store, { reload: () => undefined } as unknown as Catalog);
  await expect(queue.submit(() => 1)).rejects.toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(message) }),
  );
});
