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

describe('$lookup', () => {
  const PEOPLE: readonly Doc[] = [
    { key: 'a', name: 'Ann', n: 1 },
    { key: 'b', name: 'Bo', n: 2 },
    { key: null, name: 'Nobody', n: 3 },
    { key: 'z', n: 4 },
  ];

  it('joins by equality, where an array stands for its elements and missing for null', async () => {
    const people = await contract.collection(PEOPLE);
    const joined = await run(
      [...ORDERS, { _id: 6, staff: ['b', 'z'] }],
      [
        { $lookup: { from: people.collectionName, localField: 'staff', foreignField: 'key', as: 'who' } },
        { $project: { names: '$who.n' } },
      ],
    );
    expect(joined.map(({ names }) => names)).toEqual([[1], [2], [1], [3], [3], [2, 4]]);
  });

  it.each<[Doc, string, number[]]>([
    [{}, 'a', [1, 2]],
    [{ a: null }, 'a', [1, 2]],
    [{ a: [] }, 'a', [1, 2]],
    [{ a: [null] }, 'a', [1, 2]],
    [{ a: 1 }, 'a', [3, 4]],
    [{ a: {} }, 'a.b', [1, 2]],
    [{ a: [] }, 'a.b', [1, 2]],
    [{ a: [{}, {}] }, 'a.b', [1, 2]],
    [{ a: { b: [] } }, 'a.b', [1, 2]],
    [{ a: [7] }, 'a.b', [1, 2]],
  ])('joins %j by %s with %j', async (doc, localField, expected) => {
    const shelf = await contract.collection([
      { _id: 1, k: null },
      { _id: 2 },
      { _id: 3, k: 1 },
      { _id: 4, k: [1, 2] },
    ]);
    const join = { from: shelf.collectionName, localField, foreignField: 'k', as: 'found' };
    const [joined] = await run(
      [{ _id: 1, ...doc }],
      [{ $lookup: join }, { $project: { ids: '$found._id' } }],
    );
    expect(joined?.['ids']).toEqual(expected);
  });

  it.each([[{}], [{ key: 1, n: -1 }]])(
    'joins the first few in an order, with the index %o',
    async (index) => {
      const talks = Array.from({ length: 40 }, (_, n) => ({
        key: ['a', 'b', null][n % 3],
        n,
        isOpen: n % 2 === 0,
      }));
      const shelf = await contract.collection(talks);
      if (Object.keys(index).length > 0) await shelf.createIndex(index);
      const pipeline = [
        { $match: { isOpen: true } },
        { $sort: { n: -1 } },
        { $limit: 2 },
        { $project: { _id: 0, n: 1 } },
      ];
      const join = {
        from: shelf.collectionName,
        localField: 'staff',
        foreignField: 'key',
        pipeline,
        as: 'latest',
      };
      const joined = await run(ORDERS.slice(0, 4), [{ $lookup: join }]);
      const [ofA, ofB, ofNobody] = [
        [36, 30],
        [34, 28],
        [38, 32],
      ].map((all) => all.map((n) => ({ n })));
      expect(joined.map(({ latest }) => latest)).toEqual([ofA, ofB, ofA, ofNobody]);
    },
  );

  it('joins by a pipeline with variables, also together with equality', async () => {
    const people = await contract.collection(PEOPLE);
    const from = people.collectionName;
    const pipeline = [
      { $match: { $expr: { $gte: ['$n', '$$least'] } } },
      { $sort: { n: -1 } },
      { $project: { _id: 0, n: 1 } },
    ];
    const [doc] = await run(
      [{ _id: 1, least: 3 }],
      [{ $lookup: { from, let: { least: '$least' }, pipeline, as: 'found.list' } }],
    );
    expect(doc).toEqual({ _id: 1, least: 3, found: { list: [{ n: 4 }, { n: 3 }] } });
    const both = await run(
      [{ _id: 1, staff: ['a', 'b'], least: 2 }],
      [
        {
          $lookup: {
            from,
            localField: 'staff',
            foreignField: 'key',
            let: { least: '$least' },
            pipeline,
            as: 'found',
          },
        },
      ],
    );
    expect(both[0]?.['found']).toEqual([{ n: 2 }]);
    const plain = await run(
      [{ _id: 1, staff: 'a' }],
      [
        {
          $lookup: {
            from,
            localField: 'staff',
            foreignField: 'key',
            pipeline: [{ $project: { name: 1, _id: 0 } }],
            as: 'found',
          },
        },
      ],
    );
    expect(plain[0]?.['found']).toEqual([{ name: 'Ann' }]);
    expect(
      (
        await run(
          [{ _id: 1 }],
          [{ $lookup: { from: 'nowhere', localField: 'a', foreignField: 'b', as: 'found' } }],
        )
      )[0],
    ).toEqual({ _id: 1, found: [] });
  });
});

const firstOf = (kind: string, limit: number): Doc[] => [
  { $match: { kind } },
  { $sort: { n: 1 } },
  { $limit: limit },
  { $project: { _id: 0, n: 1 } },
];

describe('$unionWith', () => {
  const SHELF: readonly Doc[] = [5, 3, 4, 1, 2].map((n) => ({ kind: n % 2 === 0 ? 'even' : 'odd', n }));

  it.each([[{}], [{ kind: 1, n: 1 }]])(
    'adds what a pipeline gives behind what was there, up to a limit, with the index %o',
    async (index) => {
      const shelf = await contract.collection(SHELF);
      if (Object.keys(index).length > 0) await shelf.createIndex(index);
      const union = async (limit: number) => {
        const odd = { coll: shelf.collectionName, pipeline: firstOf('odd', limit) };
        const stages = [...firstOf('even', limit), { $unionWith: odd }, { $limit: limit }];
        return (await shelf.aggregate<Doc>(stages).toArray()).map(({ n }) => n);
      };
      expect(await union(9)).toEqual([2, 4, 1, 3, 5]);
      expect(await union(3)).toEqual([2, 4, 1]);
      expect(await union(1)).toEqual([2]);
    },
  );

  it('adds a whole collection by its name, and nothing of one that is not there', async () => {
    const { collectionName } = await contract.collection([{ _id: 7 }]);
    expect(await run([{ _id: 1 }], [{ $unionWith: collectionName }])).toEqual([{ _id: 1 }, { _id: 7 }]);
    expect(await run([{ _id: 1 }], [{ $unionWith: { coll: 'nowhere' } }])).toEqual([{ _id: 1 }]);
  });
});

describe('the others', () => {
  it.each<[Doc[], unknown]>([
    [[{ $match: { staff: 'a' } }, { $count: 'n' }], [{ n: 2 }]],
    [[{ $match: { staff: 'nobody' } }, { $count: 'n' }], []],
    [
      [{ $sort: { _id: -1 } }, { $skip: 1 }, { $limit: 2 }, { $project: { _id: 1 } }],
      [{ _id: 4 }, { _id: 3 }],
    ],
    [
      [{ $limit: 3 }, { $sort: { fen: 1 } }, { $project: { _id: 1 } }],
      [{ _id: 3 }, { _id: 2 }, { _id: 1 }],
    ],
    [
      [{ $match: { staff: { $ne: null } } }, { $sortByCount: '$staff' }],
      [
        { _id: 'a', count: 2 },
        { _id: 'b', count: 1 },
      ],
    ],
    [
      [
        { $match: { fen: { $gt: 0 } } },
        {
          $bucket: {
            groupBy: '$fen',
            boundaries: [0, 50, 100],
            default: 'more',
            output: { ids: { $push: '$_id' } },
          },
        },
      ],
      [
        { _id: 0, ids: [3] },
        { _id: 50, ids: [2] },
        { _id: 'more', ids: [1] },
      ],
    ],
    [
      [
        {
          $facet: {
            n: [{ $count: 'all' }],
            top: [{ $sort: { _id: -1 } }, { $limit: 1 }, { $project: { _id: 1 } }],
            none: [{ $match: { _id: 99 } }],
          },
        },
      ],
      [{ n: [{ all: 5 }], top: [{ _id: 5 }], none: [] }],
    ],
  ])('%j', async (pipeline, expected) => {
    expect(await run(ORDERS, pipeline)).toEqual(expected);
  });

  it.each<[Doc[], number]>([
    [[{ $foo: 1 }], 40324],
    [[{ $match: {}, $limit: 1 }], 40323],
    [[{}], 40323],
    [[{ $limit: 0 }], 15958],
    [[{ $limit: -1 }], 5107201],
    [[{ $limit: 1.5 }], 5107201],
    [[{ $skip: 'x' }], 5107200],
    [[{ $skip: -1 }], 5107200],
    [[{ $sort: {} }], 15976],
    [[{ $count: '' }], 40157],
    [[{ $match: 1 }], 15959],
    [[{ $project: {} }], 51272],
    [[{ $project: { a: 1, b: 0 } }], 31254],
    [[{ $project: { a: { $foo: 1 } } }], 31325],
    [[{ $addFields: { a: { $foo: 1 } } }], 168],
    [[{ $addFields: { a: 1, 'a.b': 1 } }], 40176],
    [[{ $addFields: { a: { $add: [1], b: 1 } } }], 40181],
    [[{ $set: { a: { 'b.c': 1 } } }], 40183],
    [[{ $sort: { a: 'x' } }], 15974],
    [[{ $sort: { 'a.': 1 } }], 40353],
    [[{ $unset: [] }], 31119],
    [[{ $replaceRoot: 1 }], 40229],
    [[{ $sortByCount: { a: 1 } }], 40147],
    [[{ $bucket: { groupBy: '$fen', boundaries: [0, 10], default: 5 } }], 40199],
    [[{ $addFields: { a: { $add: [1, 'x'] } } }], 14],
    [[{ $replaceRoot: { newRoot: '$fen' } }], 40228],
    [[{ $bucket: { groupBy: '$fen', boundaries: [50, 0] } }], 40194],
    [[{ $bucket: { groupBy: '$fen', boundaries: [0, 10] } }], 40066],
    [[{ $facet: { a: [{ $facet: { b: [] } }] } }], 40600],
    [[{ $lookup: { from: 'x', as: 'y' } }], 9],
    [[{ $unionWith: { coll: 'x', pipeline: [{ $foo: 1 }] } }], 40324],
    [[{ $unionWith: { pipeline: [] } }], 9],
  ])('%j is refused', async (pipeline, code) => {
    expect((await errorOf(run(ORDERS, pipeline)))?.code).toBe(code);
  });
});
