import { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, openContractDb } from './open-contract-db.ts';
import type { ContractDb, Doc } from './open-contract-db.ts';

const { ObjectId } = mongo;
let contract: ContractDb;
let collection: Awaited<ReturnType<ContractDb['collection']>>;
const DOC = {
  _id: 1,
  n: 7,
  half: 2.5,
  zero: 0,
  text: 'Genjin 跟进',
  none: null,
  yes: true,
  list: [3, 1, 2],
  docs: [{ v: 1, k: 'a' }, { v: 2 }],
  id: new ObjectId('65a000000000000000000001'),
  day: new Date('2026-03-05T01:02:03.004Z'),
  nested: { a: { b: 5 } },
  empty: [],
};
beforeAll(async () => {
  contract = await openContractDb();
  collection = await contract.collection([DOC]);
});
afterAll(() => contract.close());

/** The value of an expression on the document; `undefined` if the field is missing then. */
async function value(expression: unknown): Promise<unknown> {
  const [doc] = await collection.aggregate<Doc>([{ $project: { _id: 0, v: expression } }]).toArray();
  return doc?.['v'];
}

describe.each<[string, [unknown, unknown][]]>([
  [
    'arrays',
    [
      [{ $size: '$list' }, 3],
      [{ $arrayElemAt: ['$list', 0] }, 3],
      [{ $arrayElemAt: ['$list', -1] }, 2],
      [{ $arrayElemAt: ['$list', 9] }, undefined],
      [{ $arrayElemAt: ['$none', 0] }, null],
      [{ $first: '$list' }, 3],
      [{ $last: '$list' }, 2],
      [{ $first: '$empty' }, undefined],
      [{ $slice: ['$list', 2] }, [3, 1]],
      [{ $slice: ['$list', -2] }, [1, 2]],
      [{ $slice: ['$list', 1, 5] }, [1, 2]],
      [{ $slice: ['$list', -5, 1] }, [3]],
      [{ $in: [1, '$list'] }, true],
      [{ $indexOfArray: ['$list', 2] }, 2],
      [{ $concatArrays: ['$list', [9]] }, [3, 1, 2, 9]],
      [{ $concatArrays: ['$list', '$none'] }, null],
      [{ $reverseArray: '$list' }, [2, 1, 3]],
      [{ $range: [0, 10, 4] }, [0, 4, 8]],
      [{ $isArray: '$list' }, true],
      [{ $filter: { input: '$list', cond: { $gt: ['$$this', 1] } } }, [3, 2]],
      [{ $filter: { input: '$docs', as: 'd', cond: { $eq: ['$$d.k', 'a'] } } }, [{ v: 1, k: 'a' }]],
      [{ $filter: { input: '$none', cond: true } }, null],
      [{ $map: { input: '$docs', as: 'd', in: { $add: ['$$d.v', '$n'] } } }, [8, 9]],
      [{ $map: { input: '$docs', in: '$$this.k' } }, ['a', null]],
      [{ $reduce: { input: '$list', initialValue: 10, in: { $add: ['$$value', '$$this'] } } }, 16],
      [{ $sortArray: { input: '$list', sortBy: 1 } }, [1, 2, 3]],
      [{ $sortArray: { input: '$docs', sortBy: { v: -1 } } }, [{ v: 2 }, { v: 1, k: 'a' }]],
      [{ $setUnion: ['$list', [1, 5]] }, [1, 2, 3, 5]],
      [{ $setIntersection: ['$list', [1, 5]] }, [1]],
      [{ $setDifference: ['$list', [1]] }, [3, 2]],
      [{ $setEquals: ['$list', [1, 2, 3, 3]] }, true],
      [{ $setIsSubset: [[1], '$list'] }, true],
      [{ $mergeObjects: ['$nested', { z: 1 }, null] }, { a: { b: 5 }, z: 1 }],
      [{ $objectToArray: { a: 1 } }, [{ k: 'a', v: 1 }]],
      [
        {
          $arrayToObject: [
            [
              ['a', 1],
              ['b', 2],
            ],
          ],
        },
        { a: 1, b: 2 },
      ],
    ],
  ],
  [
    'types',
    [
      [{ $type: '$id' }, 'objectId'],
      [{ $type: '$nothing' }, 'missing'],
      [{ $type: '$n' }, 'int'],
      [{ $type: '$half' }, 'double'],
      [{ $type: '$list' }, 'array'],
      [{ $toString: '$n' }, '7'],
      [{ $toString: '$day' }, '2026-03-05T01:02:03.004Z'],
      [{ $toString: '$id' }, '65a000000000000000000001'],
      [{ $toString: '$none' }, null],
      [{ $toInt: '12' }, 12],
      [{ $toInt: -2.9 }, -2],
      [{ $toInt: true }, 1],
      [{ $toDouble: '1.5e3' }, 1500],
      [{ $toBool: 'false' }, true],
      [{ $toDate: 5.5 }, new Date(5)],
      [{ $toDate: 5_000_000_000 }, new Date(5_000_000_000)],
      [{ $toDate: '2026-03-05' }, new Date('2026-03-05T00:00:00Z')],
      [{ $toObjectId: '65a000000000000000000001' }, DOC.id],
      [{ $convert: { input: 'x', to: 'int', onError: -1 } }, -1],
      [{ $convert: { input: '$none', to: 'int', onNull: 0 } }, 0],
      [{ $isNumber: '$half' }, true],
    ],
  ],
])('%s', (_, cases) => {
  it.each(cases)('%j is %j', async (expression, expected) => {
    expect(await value(expression)).toEqual(expected);
  });
});

describe('arguments that no array operator takes', () => {
  it.each<[unknown, number]>([
    [{ $toDate: '$n' }, 241],
    [{ $convert: { input: '$n', to: 'date' } }, 241],
    [{ $toDate: true }, 241],
    [{ $arrayElemAt: ['$list', 1.5] }, 28691],
    [{ $arrayElemAt: ['$list', 'x'] }, 28690],
    [{ $slice: ['$list', 1.5] }, 28726],
    [{ $slice: ['$list', 1, 1.5] }, 28728],
    [{ $slice: ['$list', 1, 0] }, 28729],
    [{ $range: [0.5, 1] }, 34444],
    [{ $range: [0, 1.5] }, 34446],
    [{ $range: [0, 5, 0.5] }, 34448],
    [{ $range: [0] }, 28667],
    [{ $anyElementTrue: ['$n'] }, 17041],
    [{ $allElementsTrue: ['$n'] }, 17040],
    [{ $map: { input: '$n', in: 1 } }, 16883],
    [{ $map: { in: 1 } }, 16880],
    [{ $filter: { input: '$list', cond: true, x: 1 } }, 28647],
    [{ $reduce: { input: '$n', initialValue: 0, in: 1 } }, 40080],
    [{ $sortArray: { input: '$n', sortBy: 1 } }, 2942504],
    [{ $zip: { inputs: ['$n'] } }, 34468],
    [{ $setIntersection: ['$n', [1]] }, 17047],
    [{ $setDifference: ['$n', [1]] }, 17048],
    [{ $setDifference: [[1], '$n'] }, 17049],
    [{ $setIsSubset: ['$n', [1]] }, 17046],
    [{ $arrayToObject: '$list' }, 40398],
  ])('%j is error %i', async (expression, code) => {
    expect((await errorOf(value(expression)))?.code).toBe(code);
  });
});
