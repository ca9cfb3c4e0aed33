import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openContractDb } from './open-contract-db.ts';
import type { ContractDb, Doc } from './open-contract-db.ts';

let contract: ContractDb;
beforeAll(async () => {
  contract = await openContractDb();
});
afterAll(() => contract.close());

async function found(documents: readonly Doc[], filter: Doc): Promise<unknown[]> {
  const collection = await contract.collection(documents);
  const docs = await collection.find(filter).toArray();
  return docs.map(({ _id }) => _id);
}

/** Source: the MongoDB manual, "Query for Null or Missing Fields", and its null semantics for arrays. */
const SHAPES: readonly Doc[] = [
  { _id: 'empty object', a: {} },
  { _id: 'null', a: null },
  { _id: 'number', a: 4 },
  { _id: 'b text', a: { b: 'hi' } },
  { _id: 'b null', a: { b: null } },
  { _id: 'no a' },
  { _id: 'double array', a: [[]] },
  { _id: 'empty array', a: [] },
  { _id: 'all b null', a: [{ b: null }, { b: null }, {}] },
  { _id: 'no b null', a: [{ b: 1 }, { b: 3 }] },
  { _id: 'some b null', a: [{ b: null }, { b: 3 }] },
  { _id: 'some b missing', a: [{ b: 3 }, {}] },
  { _id: 'all null', a: [null, null] },
  { _id: 'scalars', a: [1, 'text', 4] },
  { _id: 'scalars and null', a: [1, null, 4] },
];

describe('null and missing, through documents and arrays', () => {
  it.each<[Doc, string[]]>([
    [{ a: null }, ['null', 'no a', 'all null', 'scalars and null']],
    [{ a: { $exists: false } }, ['no a']],
    [
      { 'a.b': null },
      ['empty object', 'null', 'number', 'b null', 'no a', 'all b null', 'some b null', 'some b missing'],
    ],
    [
      { 'a.b': { $exists: false } },
      [
        'empty object',
        'null',
        'number',
        'no a',
        'double array',
        'empty array',
        'all null',
        'scalars',
        'scalars and null',
      ],
    ],
    [
      { 'a.b': { $ne: null } },
      ['b text', 'double array', 'empty array', 'no b null', 'all null', 'scalars', 'scalars and null'],
    ],
    [{ a: { $in: [null, 4] } }, ['null', 'number', 'no a', 'all null', 'scalars', 'scalars and null']],
    [{ a: { $elemMatch: { $eq: null } } }, ['all null', 'scalars and null']],
    [{ a: { $elemMatch: { b: null } } }, ['double array', 'all b null', 'some b null', 'some b missing']],
    [{ 'a.b': { $gt: 2 } }, ['no b null', 'some b null', 'some b missing']],
  ])('%j', async (filter, ids) => {
    expect(await found(SHAPES, filter)).toEqual(ids);
  });
});

describe('paths through arrays', () => {
  const DOCS: readonly Doc[] = [
    {
      _id: 1,
      items: [
        { n: 1, tags: ['x', 'y'] },
        { n: 5, tags: ['z'] },
      ],
    },
    { _id: 2, items: [{ n: 3, tags: [] }] },
    { _id: 3, items: { n: 3, tags: 'x' } },
    { _id: 4, items: [[{ n: 3 }]] },
    { _id: 5, items: [3, 4] },
    { _id: 6, grid: [[1, 2], [3]] },
    { _id: 7, items: [{ 0: 'zero' }, 'one'] },
  ];
  it.each<[Doc, number[]]>([
    [{ 'items.n': 3 }, [2, 3]],
    [{ 'items.n': { $gt: 1, $lt: 4 } }, [1, 2, 3]],
    [{ 'items.n': { $gt: 1, $lt: 2 } }, [1]],
    [{ items: { $elemMatch: { n: { $gt: 1, $lt: 4 } } } }, [2]],
    [{ 'items.tags': 'x' }, [1, 3]],
    [{ 'items.tags': { $size: 0 } }, [2]],
    [{ 'items.0.n': 1 }, [1]],
    [{ 'items.0.n': 3 }, [2, 4]],
    [{ 'items.1': 4 }, [5]],
    [{ 'items.0': 'zero' }, [7]],
    [{ 'items.1': 'one' }, [7]],
    [{ 'grid.0': [1, 2] }, [6]],
    [{ 'grid.0.1': 2 }, [6]],
    [{ grid: [3] }, [6]],
    [{ items: { $elemMatch: { n: 1, tags: 'x' } } }, [1]],
    [{ items: { $elemMatch: { n: 1, tags: 'z' } } }, []],
    [{ 'items.n': 1, 'items.tags': 'z' }, [1]],
    [{ items: { $elemMatch: { $gt: 3 } } }, [5]],
    [{ items: { $elemMatch: { $or: [{ n: 3 }, { n: 5 }] } } }, [1, 2]],
    [{ items: { $all: [{ $elemMatch: { n: 1 } }, { $elemMatch: { n: 5 } }] } }, [1]],
    [{ items: { $not: { $elemMatch: { n: { $gt: 0 } } } } }, [3, 4, 5, 6, 7]],
  ])('%j', async (filter, ids) => {
    expect(await found(DOCS, filter)).toEqual(ids);
  });
});

describe('names that JavaScript has a meaning for', () => {
  it('takes constructor and __proto__ as any other field', async () => {
    const docs: Doc[] = [
      { _id: 1 },
      Object.fromEntries([
        ['_id', 2],
        ['constructor', 'x'],
      ]),
    ];
    expect(await found(docs, Object.fromEntries([['constructor', 'x']]))).toEqual([2]);
    expect(await found(docs, Object.fromEntries([['constructor', { $exists: true }]]))).toEqual([2]);
    expect(await found(docs, Object.fromEntries([['__proto__', { $exists: true }]]))).toEqual([]);
    expect(await found(docs, { toString: { $exists: true } })).toEqual([]);
    expect(await found(docs, { 'a.length': { $exists: true } })).toEqual([]);
  });
});
