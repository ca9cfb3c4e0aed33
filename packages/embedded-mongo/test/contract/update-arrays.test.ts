import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, openContractDb } from './open-contract-db.ts';
import type { ContractDb, Doc } from './open-contract-db.ts';

let contract: ContractDb;
beforeAll(async () => {
  contract = await openContractDb();
});
afterAll(() => contract.close());

describe('array operators', () => {
  it.each<[unknown, Doc, unknown]>([
    [[1], { $push: { a: 2 } }, [1, 2]],
    [undefined, { $push: { a: 2 } }, [2]],
    [[1], { $push: { a: [2, 3] } }, [1, [2, 3]]],
    [[1], { $push: { a: { $each: [2, 3] } } }, [1, 2, 3]],
    [[1], { $push: { a: { $each: [] } } }, [1]],
    [[1, 2], { $push: { a: { $each: [9], $position: 0 } } }, [9, 1, 2]],
    [[1, 2, 3], { $push: { a: { $each: [9], $position: -1 } } }, [1, 2, 9, 3]],
    [[1], { $push: { a: { $each: [9], $position: 50 } } }, [1, 9]],
    [[1, 2], { $push: { a: { $each: [3, 4], $slice: -3 } } }, [2, 3, 4]],
    [[1, 2], { $push: { a: { $each: [3], $slice: 2 } } }, [1, 2]],
    [[1, 2], { $push: { a: { $each: [3], $slice: 0 } } }, []],
    [[3, 1], { $push: { a: { $each: [2], $sort: 1 } } }, [1, 2, 3]],
    [
      [{ s: 3 }, { s: 1 }],
      { $push: { a: { $each: [{ s: 2 }], $sort: { s: -1 }, $slice: 2 } } },
      [{ s: 3 }, { s: 2 }],
    ],
    [[1, 2], { $addToSet: { a: 3 } }, [1, 2, 3]],
    [[1], { $addToSet: { a: { $each: [1, 2, 2, 3] } } }, [1, 2, 3]],
    [
      [{ x: 1, y: 2 }],
      { $addToSet: { a: { y: 2, x: 1 } } },
      [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
    ],
    [[1, 2, 1, 3], { $pull: { a: 1 } }, [2, 3]],
    [[1, 5, 9], { $pull: { a: { $gte: 5 } } }, [1]],
    [[1, 5, 9], { $pull: { a: { $in: [1, 9] } } }, [5]],
    [['ab', 'cd', 5], { $pull: { a: /^a/ } }, ['cd', 5]],
    [[{ x: 1, y: 1 }, { x: 2 }], { $pull: { a: { x: 1 } } }, [{ x: 2 }]],
    [
      [
        { x: 1, n: [1] },
        { x: 1, n: [2] },
      ],
      { $pull: { a: { x: 1, n: 2 } } },
      [{ x: 1, n: [1] }],
    ],
    [[[1], [2]], { $pull: { a: [1] } }, [[2]]],
    [[[1], [2]], { $pull: { a: { $in: [1] } } }, [[2]]],
    [[[1, 9], [2]], { $pull: { a: { $gte: 5 } } }, [[2]]],
    [[[1], [2], 1], { $pull: { a: { $ne: 1 } } }, [[1], 1]],
    [[['ab'], 'ab', 'c'], { $pull: { a: /^a/ } }, ['c']],
    [[1, 2, 3, 2], { $pullAll: { a: [2, 3] } }, [1]],
    [[1, 2, 3], { $pop: { a: 1 } }, [1, 2]],
    [[1, 2, 3], { $pop: { a: -1 } }, [2, 3]],
  ])('%j and %j give %j', async (a, update, expected) => {
    const collection = await contract.collection([a === undefined ? { _id: 1 } : { _id: 1, a }]);
    await collection.updateOne({}, update);
    expect(await collection.findOne({})).toEqual({ _id: 1, a: expected });
  });

  it.each<[Doc, number]>([
    [{ $push: { a: { $each: 1 } } }, 2],
    [{ $push: { a: { $each: [1], $foo: 1 } } }, 2],
    [{ $push: { a: { $each: [1], $slice: 'x' } } }, 2],
    [{ $addToSet: { a: { $each: 1 } } }, 14],
    [{ $pullAll: { a: 1 } }, 2],
    [{ $pop: { a: 0 } }, 9],
    [{ $pop: { a: 2 } }, 9],
    [{ $pop: { a: 'x' } }, 9],
    [{ $set: { 'a.0': 1, 'a.$[]': 2 } }, 40],
    [{ $set: { 'a.$[]': 2 }, $push: { a: 3 } }, 40],
  ])('%j is refused', async (update, code) => {
    const collection = await contract.collection([{ _id: 1, a: [1] }]);
    expect((await errorOf(collection.updateOne({}, update)))?.code).toBe(code);
  });
});

const ITEMS: Doc = {
  _id: 1,
  items: [
    { n: 1, done: false, tags: ['x'] },
    { n: 2, done: false, tags: ['y'] },
    { n: 3, done: true, tags: [] },
  ],
  grid: [
    [1, 2],
    [3, 4],
  ],
};

async function after(update: Doc, options: Doc = {}, filter: Doc = {}): Promise<Doc | null> {
  const collection = await contract.collection([ITEMS]);
  await collection.updateOne(filter, update, options);
  return collection.findOne({});
}
const doneOf = (doc: Doc | null): unknown =>
  Array.isArray(doc?.['items']) ? doc['items'].map((item: Doc) => item['done']) : null;

describe('positions', () => {
  it('$ is the element the filter found', async () => {
    expect(doneOf(await after({ $set: { 'items.$.done': 'hit' } }, {}, { 'items.n': 2 }))).toEqual([
      false,
      'hit',
      true,
    ]);
    const byElement = { items: { $elemMatch: { n: { $gt: 1 }, done: true } } };
    expect(doneOf(await after({ $set: { 'items.$.done': 'hit' } }, {}, byElement))).toEqual([
      false,
      false,
      'hit',
    ]);
    const replaced = await after({ $set: { 'grid.$': 'row' } }, {}, { grid: [3, 4] });
    expect(replaced?.['grid']).toEqual([[1, 2], 'row']);
  });

  it('$[] is every element', async () => {
    expect(doneOf(await after({ $set: { 'items.$[].done': 1 } }))).toEqual([1, 1, 1]);
    expect((await after({ $inc: { 'grid.$[].$[]': 10 } }))?.['grid']).toEqual([
      [11, 12],
      [13, 14],
    ]);
    const tags = await after({ $push: { 'items.$[].tags': 'z' } });
    expect(tags?.['items']).toMatchObject([{ tags: ['x', 'z'] }, { tags: ['y', 'z'] }, { tags: ['z'] }]);
  });

  it('$[name] is every element its array filter takes', async () => {
    const update = { $set: { 'items.$[open].done': 'now' } };
    const filtered = await after(update, { arrayFilters: [{ 'open.done': false, 'open.n': { $gt: 1 } }] });
    expect(doneOf(filtered)).toEqual([false, 'now', true]);
    const nested = await after(
      { $mul: { 'grid.$[].$[big]': 100 }, $unset: { 'items.$[gone].tags': 1 } },
      { arrayFilters: [{ big: { $gte: 2, $lt: 4 } }, { $or: [{ 'gone.n': 1 }, { 'gone.done': true }] }] },
    );
    expect(nested?.['grid']).toEqual([
      [1, 200],
      [300, 4],
    ]);
    expect(nested?.['items']).toEqual([
      { n: 1, done: false },
      { n: 2, done: false, tags: ['y'] },
      { n: 3, done: true },
    ]);
    expect(doneOf(await after(update, { arrayFilters: [{ 'open.n': 99 }] }))).toEqual([false, false, true]);
  });

  it.each<[Doc, Doc, number]>([
    [{ $set: { 'items.$.n': 1 } }, {}, 2],
    [{ $set: { 'items.$[x].n': 1 } }, {}, 2],
    [{ $set: { 'items.$[x].n': 1 } }, { arrayFilters: [{ 'x.n': 1 }, { 'y.n': 1 }] }, 9],
    [{ $set: { 'items.$[x].n': 1 } }, { arrayFilters: [{ 'x.n': 1 }, { 'x.m': 1 }] }, 9],
    [{ $set: { 'items.$[x].n': 1 } }, { arrayFilters: [{ 'x.n': 1, 'y.n': 1 }] }, 9],
    [{ $set: { 'nothing.$[].n': 1 } }, {}, 2],
    [{ $set: { '_id.$[].n': 1 } }, {}, 2],
    [{ $set: { 'items.$[].n': 1, 'items.$[x].n': 2 } }, { arrayFilters: [{ 'x.n': 1 }] }, 40],
    [{ $set: { 'items.$[].n': 1 }, $unset: { 'items.0.n': 1 } }, {}, 40],
  ])('%j with %j is refused', async (update, options, code) => {
    expect((await errorOf(after(update, options)))?.code).toBe(code);
  });
});
