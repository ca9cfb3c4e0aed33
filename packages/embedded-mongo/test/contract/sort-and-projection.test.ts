import { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, openContractDb } from './open-contract-db.ts';
import type { ContractDb, Doc } from './open-contract-db.ts';

const { Binary, ObjectId } = mongo;
let contract: ContractDb;
beforeAll(async () => {
  contract = await openContractDb();
});
afterAll(() => contract.close());

describe('sort', () => {
  it('orders types as BSON does, missing with null and an empty array before them', async () => {
    const collection = await contract.collection([
      { _id: 'date', v: new Date(0) },
      { _id: 'bool', v: false },
      { _id: 'id', v: new ObjectId() },
      { _id: 'binary', v: new Binary(Buffer.from('x')) },
      { _id: 'object', v: { a: 1 } },
      { _id: 'string', v: 'a' },
      { _id: 'number', v: 7 },
      { _id: 'nan', v: Number.NaN },
      { _id: 'null', v: null },
      { _id: 'empty array', v: [] },
    ]);
    const order = [
      'empty array',
      'null',
      'nan',
      'number',
      'string',
      'object',
      'binary',
      'id',
      'bool',
      'date',
    ];
    const ids = async (direction: 1 | -1): Promise<unknown[]> =>
      (await collection.find().sort({ v: direction }).toArray()).map(({ _id }) => _id);
    expect(await ids(1)).toEqual(order);
    expect(await ids(-1)).toEqual(order.toReversed());
  });

  it('orders text by code point, which is not the order of UTF-16', async () => {
    const texts = ['a', 'B', '中', '\ufb01', '😀', 'aa', ''];
    const collection = await contract.collection(texts.map((v, _id) => ({ _id, v })));
    const sorted = await collection.find().sort({ v: 1 }).toArray();
    expect(sorted.map(({ v }) => v)).toEqual(['', 'B', 'a', 'aa', '中', '\ufb01', '😀']);
  });

  it('takes the least element of an array upwards and the greatest downwards', async () => {
    const collection = await contract.collection([
      { _id: 1, v: [5, 9] },
      { _id: 2, v: 7 },
      { _id: 3, v: [1, 8] },
    ]);
    const ids = async (direction: 1 | -1): Promise<unknown[]> =>
      (await collection.find().sort({ v: direction }).toArray()).map(({ _id }) => _id);
    expect(await ids(1)).toEqual([3, 1, 2]);
    expect(await ids(-1)).toEqual([1, 3, 2]);
  });

  it('sorts by several fields, skips and limits', async () => {
    const collection = await contract.collection([
      { _id: 1, a: { b: 1 }, c: 1 },
      { _id: 2, a: { b: 1 }, c: 2 },
      { _id: 3, a: { b: 0 }, c: 3 },
      { _id: 4, c: 4 },
    ]);
    const sorted = await collection.find().sort({ 'a.b': 1, c: -1 }).skip(1).limit(2).toArray();
    expect(sorted.map(({ _id }) => _id)).toEqual([3, 2]);
  });

  it('keeps equal documents in the order they came', async () => {
    const collection = await contract.collection([3, 1, 2].map((_id) => ({ _id, same: 1 })));
    expect((await collection.find().sort({ same: 1 }).toArray()).map(({ _id }) => _id)).toEqual([3, 1, 2]);
  });

  it('refuses parallel arrays and other directions', async () => {
    const collection = await contract.collection([{ a: [1, 2], b: [1, 2] }]);
    expect((await errorOf(collection.find().sort({ a: 1, b: 1 }).toArray()))?.code).toBe(2);
    const wrong = contract.db.command({ find: collection.collectionName, sort: { a: 2 } });
    expect((await errorOf(wrong))?.code).toBe(15975);
  });
});

describe('projection', () => {
  const DOC: Doc = {
    _id: 1,
    a: 1,
    b: { c: 2, d: 3, e: { f: 4 } },
    items: [{ x: 1, y: 2 }, 5, { y: 3 }],
    n: null,
  };

  it.each<[Doc, Doc]>([
    [{}, DOC],
    [{ a: 1 }, { _id: 1, a: 1 }],
    [{ a: true, _id: 0 }, { a: 1 }],
    [{ _id: 1 }, { _id: 1 }],
    [{ _id: 0, missing: 1 }, {}],
    [{ n: 1 }, { _id: 1, n: null }],
    [{ 'b.c': 1 }, { _id: 1, b: { c: 2 } }],
    [
      { 'b.e.f': 1, 'b.c': 1 },
      { _id: 1, b: { c: 2, e: { f: 4 } } },
    ],
    [{ b: { c: 1 } }, { _id: 1, b: { c: 2 } }],
    [{ 'a.z': 1 }, { _id: 1 }],
    [{ 'items.y': 1 }, { _id: 1, items: [{ y: 2 }, { y: 3 }] }],
    [
      { a: 0, b: 0, n: 0 },
      { _id: 1, items: [{ x: 1, y: 2 }, 5, { y: 3 }] },
    ],
    [
      { 'b.e': 0, items: 0, n: 0 },
      { _id: 1, a: 1, b: { c: 2, d: 3 } },
    ],
    [
      { 'items.y': 0, b: 0, n: 0, _id: 0 },
      { a: 1, items: [{ x: 1 }, 5, {}] },
    ],
    [
      { a: 1, twice: { $multiply: ['$a', 2] } },
      { _id: 1, a: 1, twice: 2 },
    ],
    [
      { items: { $slice: 1 }, a: 1 },
      { _id: 1, a: 1, items: [{ x: 1, y: 2 }] },
    ],
    [
      { items: { $slice: [1, 2] }, b: 0, a: 0, n: 0 },
      { _id: 1, items: [5, { y: 3 }] },
    ],
    [{ items: { $elemMatch: { y: 3 } } }, { _id: 1, items: [{ y: 3 }] }],
    [{ items: { $elemMatch: { y: 9 } } }, { _id: 1 }],
  ])('%j', async (projection, expected) => {
    const collection = await contract.collection([DOC]);
    const doc = await collection.findOne({}, { projection });
    expect(doc).toEqual(expected);
    expect(Object.keys(doc ?? {})).toEqual(Object.keys(expected));
  });

  it.each<[Doc, number]>([
    [{ a: 1, b: 0 }, 31254],
    [{ a: 0, b: 1 }, 31253],
    [{ b: 1, 'b.c': 1 }, 31249],
    [{ 'b.c': 1, b: 1 }, 31250],
    [{ 'b.c': 0, b: 0 }, 31250],
    [{ b: { c: 1 }, 'b.c': 1 }, 31250],
    [{ a: '$$unknown' }, 17276],
    [{ a: { $foo: 1 } }, 31325],
    [{ a: 0, b: { $add: [1] } }, 31252],
    [{ a: 0, b: '$a' }, 31310],
    [{ a: { $elemMatch: 1 } }, 31274],
    [{ 'b.c': { $elemMatch: { x: 1 } } }, 31275],
    [{ '': 1 }, 40352],
  ])('%j is refused', async (projection, code) => {
    const collection = await contract.collection([DOC]);
    expect((await errorOf(collection.findOne({}, { projection })))?.code).toBe(code);
  });
});
