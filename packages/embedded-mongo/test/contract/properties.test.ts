import * as fc from 'fast-check';
import { mongo } from 'mongoose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sortOf } from '../../src/query/sort.ts';
import { compareValues } from '../../src/values/compare.ts';
import { ObjectId as StoredId } from '../../src/values/bson.ts';
import { keyOf } from '../../src/values/key.ts';
import { openContractDb } from './open-contract-db.ts';
import type { ContractDb, Doc } from './open-contract-db.ts';

let contract: ContractDb;
beforeAll(async () => {
  contract = await openContractDb();
});
afterAll(() => contract.close());

const text = fc.string({ unit: 'binary', maxLength: 4 });
const scalar = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: false }),
  text,
  fc.boolean(),
  fc.constant(null),
  fc.integer({ min: -1e12, max: 1e12 }).map((ms) => new Date(ms)),
);
const id = fc.uint8Array({ minLength: 12, maxLength: 12 });
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    id.map((bytes) => new StoredId(bytes)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'ab'), tie('value'), { maxKeys: 2, noNullPrototype: true }),
  ),
}));

it('orders all values totally', () => {
  fc.assert(
    fc.property(value, value, value, (a, b, c) => {
      expect(Math.sign(compareValues(a, b))).toBe(-Math.sign(compareValues(b, a)) || 0);
      const [first, , third] = [a, b, c].sort(compareValues);
      expect(compareValues(first, third)).toBeLessThanOrEqual(0);
    }),
    { numRuns: 2000 },
  );
});

it('gives index keys whose bytes are in the order of the values', () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(Buffer.compare(keyOf(a), keyOf(b))).toBe(Math.sign(compareValues(a, b)) || 0);
    }),
    { numRuns: 3000 },
  );
});

const small = fc.oneof(
  fc.integer({ min: 0, max: 4 }),
  fc.constantFrom('a', 'b', '中'),
  fc.constant(null),
  fc.boolean(),
);
const field = fc.oneof(
  small,
  fc.array(small, { maxLength: 3 }),
  fc.record({ x: small, y: small }, { requiredKeys: [], noNullPrototype: true }),
);
const fieldOrList = fc.oneof(
  field,
  fc.array(fc.record({ x: small, y: small }, { requiredKeys: [], noNullPrototype: true }), { maxLength: 2 }),
);
const document = fc.record(
  { p: fieldOrList, q: small, r: small },
  { requiredKeys: [], noNullPrototype: true },
);
const operand = fc.oneof(
  field,
  fc.record({ $gte: small }, { noNullPrototype: true }),
  fc.record({ $gt: small, $lt: small }, { noNullPrototype: true }),
  fc.record({ $in: fc.array(field, { maxLength: 3 }) }, { noNullPrototype: true }),
  fc.record({ $ne: small }, { noNullPrototype: true }),
  fc.record({ $exists: fc.boolean() }, { noNullPrototype: true }),
  fc.record(
    { $elemMatch: fc.record({ x: small, y: small }, { requiredKeys: ['x'], noNullPrototype: true }) },
    { noNullPrototype: true },
  ),
  fc.record({ $all: fc.array(small, { minLength: 1, maxLength: 2 }) }, { noNullPrototype: true }),
);
const conjunction = fc.dictionary(fc.constantFrom('p', 'q', 'r', 'p.x', 'p.y'), operand, {
  maxKeys: 3,
  noNullPrototype: true,
});
const filter: fc.Arbitrary<Doc> = fc.oneof(
  conjunction,
  fc.array(conjunction, { minLength: 1, maxLength: 2 }).map((parts) => ({ $or: parts })),
  fc.array(conjunction, { minLength: 2, maxLength: 3 }).map((parts) => ({ $and: parts })),
);
const order = fc.constantFrom<Record<string, 1 | -1>>(
  { q: 1 },
  { q: -1, r: 1 },
  { 'p.x': 1 },
  { p: -1 },
  { r: 1, q: 1 },
);

const INDEXES: readonly (readonly [Record<string, 1 | -1>, Doc])[] = [
  [{ p: 1 }, {}],
  [{ 'p.x': 1, 'p.y': -1 }, {}],
  [{ q: 1, r: -1 }, {}],
  [{ q: -1, p: 1 }, {}],
  [{ r: 1 }, { sparse: true }],
  [{ r: 1, q: 1 }, { partialFilterExpression: { q: { $gt: 1 } } }],
];

it('finds the same through any index as by looking at everything', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(document, { minLength: 5, maxLength: 25 }),
      fc.array(fc.tuple(filter, order), { minLength: 8, maxLength: 8 }),
      async (documents, queries) => {
        const numbered = documents.map((doc, _id) => ({ _id, ...doc }));
        const plain = await contract.collection(numbered);
        const indexed = await contract.collection([]);
        for (const [key, options] of INDEXES) await indexed.createIndex(key, options);
        await indexed.insertMany(numbered);
        for (const [where, sort] of queries) {
          const expected = await plain
            .find(where)
            .sort({ ...sort, _id: 1 })
            .toArray();
          expect(
            await indexed
              .find(where)
              .sort({ ...sort, _id: 1 })
              .toArray(),
          ).toEqual(expected);
          const keys = (docs: readonly Doc[]): unknown[] => docs.map((doc) => sortOf(sort).keyOf(doc));
          expect(keys(await indexed.find(where).sort(sort).toArray())).toEqual(
            keys(await plain.find(where).sort(sort).toArray()),
          );
          expect(await indexed.countDocuments(where)).toBe(expected.length);
        }
        await Promise.all([plain.drop(), indexed.drop()]);
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);

it('keeps indexes true through updates and deletes', async () => {
  const change = fc.oneof(
    fc.record({ $set: fc.record({ p: fieldOrList }, { noNullPrototype: true }) }, { noNullPrototype: true }),
    fc.record({ $set: fc.record({ q: small }, { noNullPrototype: true }) }, { noNullPrototype: true }),
    fc.constant<Doc>({ $unset: { p: 1 } }),
    fc.constant<Doc>({ $unset: { r: 1 } }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(document, { minLength: 5, maxLength: 15 }),
      fc.array(fc.tuple(filter, change), { maxLength: 6 }),
      filter,
      async (documents, changes, gone) => {
        const collection = await contract.collection(documents.map((doc, _id) => ({ _id, ...doc })));
        for (const [key, options] of INDEXES) await collection.createIndex(key, options);
        for (const [where, update] of changes) await collection.updateMany(where, update);
        await collection.deleteMany(gone);
        const all = await collection.find().hint({ $natural: 1 }).sort({ _id: 1 }).toArray();
        for (const key of ['p_1', 'p.x_1_p.y_-1', 'q_1_r_-1', 'q_-1_p_1']) {
          expect(await collection.find().hint(key).sort({ _id: 1 }).toArray()).toEqual(all);
        }
        expect(await collection.countDocuments({})).toBe(all.length);
        await collection.drop();
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);

it('gives back what was stored', async () => {
  const { ObjectId, Binary } = mongo;
  const collection = await contract.collection([]);
  const doc = {
    _id: new ObjectId(),
    n: -0.5,
    t: 'ü中😀\0x',
    d: new Date(5),
    b: new Binary(Buffer.from([1, 2])),
    e: {},
    l: [[], null],
    z: null,
  };
  await collection.insertOne(doc);
  expect(await collection.findOne({})).toEqual(doc);
});
