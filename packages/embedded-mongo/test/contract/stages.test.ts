import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, openContractDb } from './open-contract-db.ts';
import type { ContractDb, Doc } from './open-contract-db.ts';

let contract: ContractDb;
beforeAll(async () => {
  contract = await openContractDb();
});
afterAll(() => contract.close());

async function run(documents: readonly Doc[], pipeline: Doc[]): Promise<Doc[]> {
  const collection = await contract.collection(documents);
  return collection.aggregate<Doc>(pipeline).toArray();
}

const ORDERS: readonly Doc[] = [
  { _id: 1, staff: 'a', fen: 100, tags: ['x', 'y'], at: { day: 1 } },
  { _id: 2, staff: 'b', fen: 50, tags: [], at: { day: 2 } },
  { _id: 3, staff: 'a', fen: 25.5, tags: ['x'], at: { day: 1 } },
  { _id: 4, staff: null, fen: null, tags: null },
  { _id: 5, fen: 'text' },
];

describe('$group', () => {
  it('tells how far values lie apart, of all of them and of a sample', async () => {
    const far = { pop: { $stdDevPop: '$fen' }, sample: { $stdDevSamp: '$fen' } };
    const [a] = await run(ORDERS, [{ $match: { staff: 'a' } }, { $group: { _id: '$staff', ...far } }]);
    expect(a).toMatchObject({ pop: 37.25, sample: expect.closeTo(37.25 * Math.SQRT2, 9) });
    const [one] = await run(ORDERS, [{ $match: { _id: 1 } }, { $group: { _id: null, ...far } }]);
    expect(one).toMatchObject({ pop: 0, sample: null });
  });

  it('gathers with every accumulator', async () => {
    const [a, b, none] = await run(ORDERS, [
      {
        $group: {
          _id: '$staff',
          sum: { $sum: '$fen' },
          count: { $sum: 1 },
          counted: { $count: {} },
          avg: { $avg: '$fen' },
          min: { $min: '$fen' },
          max: { $max: '$fen' },
          first: { $first: '$fen' },
          last: { $last: '$at.day' },
          push: { $push: '$at.day' },
          pairs: { $push: { id: '$_id', day: '$at.day' } },
        },
      },
      { $sort: { count: -1, _id: -1 } },
    ]);
    expect(a).toEqual({
      _id: 'a',
      sum: 125.5,
      count: 2,
      counted: 2,
      avg: 62.75,
      min: 25.5,
      max: 100,
      first: 100,
      last: 1,
      push: [1, 1],
      pairs: [
        { id: 1, day: 1 },
        { id: 3, day: 1 },
      ],
    });
    // Null and missing are one group; text is no number; null is passed over by min and max.
    expect(b).toEqual({
      _id: null,
      sum: 0,
      count: 2,
      counted: 2,
      avg: null,
      min: 'text',
      max: 'text',
      first: null,
      last: null,
      push: [],
      pairs: [{ id: 4 }, { id: 5 }],
    });
    expect(none).toMatchObject({ _id: 'b', sum: 50 });
  });

  it('groups by documents and by expressions, collects sets, and adds without losing cents', async () => {
    const byDay = await run(ORDERS, [
      { $group: { _id: { staff: '$staff', day: '$at.day' }, n: { $sum: 1 } } },
    ]);
    expect(byDay).toHaveLength(4);
    expect(byDay).toEqual(
      expect.arrayContaining([
        { _id: { staff: 'a', day: 1 }, n: 2 },
        { _id: {}, n: 1 },
        { _id: { staff: null }, n: 1 },
        { _id: { staff: 'b', day: 2 }, n: 1 },
      ]),
    );
    const [all] = await run(ORDERS, [
      { $unwind: '$tags' },
      { $group: { _id: null, tags: { $addToSet: '$tags' } } },
    ]);
    expect(all?.['tags']).toEqual(expect.arrayContaining(['x', 'y']));
    expect(all?.['tags']).toHaveLength(2);
    const [sum] = await run(
      Array.from({ length: 10 }, () => ({ v: 0.1 })),
      [{ $group: { _id: 1, s: { $sum: '$v' } } }],
    );
    expect(sum).toEqual({ _id: 1, s: 1 });
    expect(await run([], [{ $group: { _id: null, n: { $sum: 1 } } }])).toEqual([]);
  });

  it('asks only the first document for $first', async () => {
    const [all] = await run(
      [
        { _id: 1, n: 4 },
        { _id: 2, n: 'x' },
      ],
      [{ $sort: { _id: 1 } }, { $group: { _id: null, half: { $first: { $divide: ['$n', 2] } } } }],
    );
    expect(all).toEqual({ _id: null, half: 2 });
  });

  it.each<[string, Doc, Doc[]]>([
    ['nothing', { _id: null, count: { $sum: 1 } }, [{ _id: null, count: 2 }]],
    ['one field', { _id: '$staff', fen: { $sum: '$at.fen' } }, [{ _id: 'a', fen: 7 }]],
    ['a field by its name', { _id: { $getField: 'staff' } }, [{ _id: 'a' }]],
    [
      'variables',
      { _id: null, most: { $max: { $let: { vars: { f: '$at.fen' }, in: '$$f' } } } },
      [{ _id: null, most: 4 }],
    ],
    ['the document', { _id: null, all: { $addToSet: '$$ROOT.staff' } }, [{ _id: null, all: ['a'] }]],
    ['the document by another name', { _id: '$$CURRENT.at.day' }, [{ _id: 1 }]],
    ['a text that is none', { _id: { $literal: '$staff' } }, [{ _id: '$staff' }]],
  ])('reads %s of long documents', async (_what, $group, expected) => {
    const long = [3, 4].map((fen, _id) => ({
      _id,
      staff: 'a',
      filler: 'x'.repeat(900),
      at: { fen, day: 1 },
    }));
    expect(await run(long, [{ $match: { staff: 'a' } }, { $group }])).toEqual(expected);
  });

  it.each<[Doc, number]>([
    [{ n: { $sum: 1 } }, 15955],
    [{ _id: null, n: 5 }, 40234],
    [{ _id: null, n: { $foo: 1 } }, 15952],
    [{ _id: null, 'a.b': { $sum: 1 } }, 40235],
    [{ _id: null, n: { $sum: 1, $avg: 1 } }, 40238],
    [{ _id: null, n: { $sum: [1, 2] } }, 40237],
    [{ _id: '$$nobody' }, 17276],
  ])('%j is refused', async (spec, code) => {
    expect((await errorOf(run(ORDERS, [{ $group: spec }])))?.code).toBe(code);
  });
});

describe('$project, $addFields, $unset, $replaceRoot', () => {
  const DOC: Doc = { _id: 1, a: 1, b: { c: 2, d: 3 }, l: [{ x: 1, y: 2 }, { x: 3 }] };
  it.each<[Doc, Doc]>([
    [{ $project: { a: 1 } }, { _id: 1, a: 1 }],
    [{ $project: { _id: 0, 'b.c': 1, 'l.y': 1 } }, { b: { c: 2 }, l: [{ y: 2 }, {}] }],
    [{ $project: { b: 0, 'l.x': 0 } }, { _id: 1, a: 1, l: [{ y: 2 }, {}] }],
    [
      { $project: { _id: 0, sum: { $add: ['$a', '$b.c'] }, xs: '$l.x', none: '$nothing' } },
      { sum: 3, xs: [1, 3] },
    ],
    [{ $project: { _id: 0, 'n.m': '$a' } }, { n: { m: 1 } }],
    [
      { $project: { _id: 0, pair: ['$a', '$nothing'], lit: { $literal: '$a' } } },
      { pair: [1, null], lit: '$a' },
    ],
    [{ $project: { _id: 0, a: { $cond: [{ $gt: ['$a', 5] }, '$a', '$$REMOVE'] } } }, {}],
    [{ $addFields: { a: 9, z: '$a' } }, { ...DOC, a: 9, z: 1 }],
    [{ $set: { 'b.c': '$a', 'b.e.f': 1 } }, { ...DOC, b: { c: 1, d: 3, e: { f: 1 } } }],
    [
      { $addFields: { 'l.z': '$a' } },
      {
        ...DOC,
        l: [
          { x: 1, y: 2, z: 1 },
          { x: 3, z: 1 },
        ],
      },
    ],
    [{ $addFields: { 'a.b': 1 } }, { ...DOC, a: { b: 1 } }],
    [{ $unset: 'b' }, { _id: 1, a: 1, l: DOC['l'] }],
    [{ $unset: ['a', 'b.c', 'l'] }, { _id: 1, b: { d: 3 } }],
    [{ $replaceRoot: { newRoot: '$b' } }, { c: 2, d: 3 }],
    [{ $replaceWith: { $mergeObjects: [{ n: 1 }, '$b'] } }, { n: 1, c: 2, d: 3 }],
  ])('%j', async (stage, expected) => {
    const [doc] = await run([DOC], [stage]);
    expect(doc).toEqual(expected);
    expect(Object.keys(doc ?? {})).toEqual(Object.keys(expected));
  });

  it('never writes into what is stored', async () => {
    const collection = await contract.collection([DOC]);
    await collection
      .aggregate([{ $addFields: { 'b.c': 99, 'l.x': 99 } }, { $unwind: '$l' }, { $project: { 'b.d': 0 } }])
      .toArray();
    expect(await collection.findOne({})).toEqual(DOC);
  });
});

describe('$unwind', () => {
  it.each<[unknown, unknown[]]>([
    [
      '$tags',
      [
        [1, 'x'],
        [1, 'y'],
        [3, 'x'],
      ],
    ],
    [
      { path: '$tags', preserveNullAndEmptyArrays: true },
      [
        [1, 'x'],
        [1, 'y'],
        [2, undefined],
        [3, 'x'],
        [4, null],
        [5, undefined],
      ],
    ],
    [
      '$staff',
      [
        [1, ['x', 'y']],
        [2, []],
        [3, ['x']],
      ],
    ],
  ])('%j', async (spec, expected) => {
    const docs = await run(ORDERS, [{ $unwind: spec }]);
    expect(docs.map(({ _id, tags }) => [_id, tags])).toEqual(expected);
  });

  it('numbers the elements, and goes through documents', async () => {
    const docs = await run(
      [
        { _id: 1, a: { b: ['x', 'y'] } },
        { _id: 2, a: { b: 'z' } },
      ],
      [{ $unwind: { path: '$a.b', includeArrayIndex: 'at.n' } }],
    );
    expect(docs).toEqual([
      { _id: 1, a: { b: 'x' }, at: { n: 0 } },
      { _id: 1, a: { b: 'y' }, at: { n: 1 } },
      { _id: 2, a: { b: 'z' }, at: { n: null } },
    ]);
    expect((await errorOf(run(ORDERS, [{ $unwind: 'tags' }])))?.code).toBe(28818);
  });
});
