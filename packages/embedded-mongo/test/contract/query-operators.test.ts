import { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, openContractDb } from './open-contract-db.ts';
import type { ContractDb, Doc } from './open-contract-db.ts';

const { ObjectId } = mongo;
let contract: ContractDb;
beforeAll(async () => {
  contract = await openContractDb();
});
afterAll(() => contract.close());

/** The `_id`s a filter finds, in order. */
async function found(documents: readonly Doc[], filter: Doc): Promise<unknown[]> {
  const collection = await contract.collection(documents);
  const docs = await collection.find(filter).sort({ _id: 1 }).toArray();
  return docs.map(({ _id }) => _id);
}

const id = new ObjectId('65a000000000000000000001');
const day = new Date('2026-03-01T00:00:00Z');
const VALUES: readonly Doc[] = [
  { _id: 1, v: 5 },
  { _id: 2, v: 5.5 },
  { _id: 3, v: '5' },
  { _id: 4, v: null },
  { _id: 5 },
  { _id: 6, v: true },
  { _id: 7, v: day },
  { _id: 8, v: id },
  { _id: 9, v: [1, 5, 9] },
  { _id: 10, v: { a: 1, b: 2 } },
  { _id: 11, v: [] },
  { _id: 12, v: 'Genjin' },
  { _id: 13, v: [[1, 5]] },
  { _id: 14, v: Number.NaN },
];

describe('comparison', () => {
  it.each<[string, unknown, number[]]>([
    ['a number in any kind', 5, [1, 9]],
    ['a string', '5', [3]],
    ['null and missing alike', null, [4, 5]],
    ['a bool', true, [6]],
    ['a date', day, [7]],
    ['an id', id, [8]],
    ['a whole document, in field order', { a: 1, b: 2 }, [10]],
    ['no document with its fields in another order', { b: 2, a: 1 }, []],
    ['no document with fewer fields', { a: 1 }, []],
    ['a whole array', [1, 5, 9], [9]],
    ['an array within an array', [1, 5], [13]],
    ['an empty array', [], [11]],
    ['NaN', Number.NaN, [14]],
  ])('equality finds %s', async (_, operand, ids) => {
    expect(await found(VALUES, { v: operand })).toEqual(ids);
    expect(await found(VALUES, { v: { $eq: operand } })).toEqual(ids);
    const all = VALUES.map(({ _id }) => Number(_id));
    expect(await found(VALUES, { v: { $ne: operand } })).toEqual(all.filter((each) => !ids.includes(each)));
  });

  it.each<[Doc, number[]]>([
    [{ $gt: 5 }, [2, 9]],
    [{ $gte: 5 }, [1, 2, 9]],
    [{ $lt: 5 }, [9]],
    [{ $lte: 5 }, [1, 9]],
    [{ $gt: '5' }, [12]],
    [{ $lt: 'H' }, [3, 12]],
    [{ $gte: null }, [4, 5]],
    [{ $gt: null }, []],
    [{ $gte: false }, [6]],
    [{ $lte: new Date('2027-01-01') }, [7]],
    [{ $gte: id }, [8]],
    [{ $gt: { a: 1 } }, [10]],
    [{ $gte: Number.NaN }, [14]],
    [{ $gt: 1, $lt: 5 }, [9]],
    [{ $gt: [1, 5] }, [9, 13]],
  ])('%j compares within one type only', async (operand, ids) => {
    expect(await found(VALUES, { v: operand })).toEqual(ids);
  });

  it.each<[Doc, number[]]>([
    [{ $in: [5, '5'] }, [1, 3, 9]],
    [{ $in: [null] }, [4, 5]],
    [{ $in: [/^Gen/, 5.5] }, [2, 12]],
    [{ $in: [[1, 5]] }, [13]],
    [{ $in: [] }, []],
    [{ $nin: [5, '5', null, true] }, [2, 7, 8, 10, 11, 12, 13, 14]],
    [{ $nin: [] }, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]],
  ])('%j', async (operand, ids) => {
    expect(await found(VALUES, { v: operand })).toEqual(ids);
  });
});

describe('existence, types, sizes', () => {
  it.each<[Doc, number[]]>([
    [{ $exists: true }, [1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14]],
    [{ $exists: false }, [5]],
    [{ $exists: 0 }, [5]],
    [{ $type: 'number' }, [1, 2, 9, 14]],
    [{ $type: 'string' }, [3, 12]],
    [{ $type: ['bool', 'date'] }, [6, 7]],
    [{ $type: 'array' }, [9, 11, 13]],
    [{ $type: 'object' }, [10]],
    [{ $type: 10 }, [4]],
    [{ $size: 3 }, [9]],
    [{ $size: 0 }, [11]],
    [{ $size: 1 }, [13]],
    [{ $mod: [5, 0] }, [1, 2, 9]],
    [{ $all: [1, 9] }, [9]],
    [{ $all: [[1, 5]] }, [13]],
    [{ $all: [] }, []],
    [{ $all: [5] }, [1, 9]],
    [{ $not: { $gt: 5 } }, [1, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14]],
    [{ $not: /^Gen/ }, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14]],
  ])('%j', async (operand, ids) => {
    expect(await found(VALUES, { v: operand })).toEqual(ids);
  });
});

describe('regular expressions', () => {
  const TEXTS: readonly Doc[] = [
    { _id: 1, t: 'Acme 有限公司' },
    { _id: 2, t: 'acme' },
    { _id: 3, t: ['other', 'ACME'] },
    { _id: 4, t: 'two\nlines' },
    { _id: 5, t: 'a.b-c' },
    { _id: 6, t: 'x\u3000y' },
    { _id: 7, t: 5 },
    { _id: 8, t: 'end\n' },
    { _id: 9, t: '苏州（中国）·A_B，😀' },
    { _id: 10, t: 'bell\u0007 esc\u001b' },
  ];
  it.each<[unknown, number[]]>([
    [/^acme/, [2]],
    [/^acme/i, [1, 2, 3]],
    [{ $regex: '公司$' }, [1]],
    [{ $regex: 'acme', $options: 'i' }, [1, 2, 3]],
    [/^lines/, []],
    [/^lines/m, [4]],
    [{ $regex: 'two.lines', $options: 's' }, [4]],
    [/two.lines/, []],
    [{ $regex: String.raw`a\.b\-c` }, [5]],
    [{ $regex: String.raw`x\sy` }, []],
    [{ $regex: 'end$' }, [8]],
    [/[.]b[-]c/, [5]],
    [{ $regex: String.raw`\（中国\）\·A\_B\，\😀` }, [9]],
    [{ $regex: String.raw`[\（\_]` }, [9]],
    [{ $regex: String.raw`a\.b\-c|\!` }, [5]],
    [{ $regex: String.raw`bell\a\ esc\e` }, [10]],
    [{ $regex: String.raw`two\vlines` }, [4]],
    [{ $regex: String.raw`x\hy` }, [6]],
    [{ $regex: String.raw`^\N+\z` }, [1, 2, 3, 5, 6, 9, 10]],
  ])('%s', async (operand, ids) => {
    expect(await found(TEXTS, { t: operand })).toEqual(ids);
  });
});

describe('logic', () => {
  const DOCS: readonly Doc[] = [
    { _id: 1, a: 1, b: 1 },
    { _id: 2, a: 1, b: 2 },
    { _id: 3, a: 2, b: 2 },
  ];
  it.each<[Doc, number[]]>([
    [{}, [1, 2, 3]],
    [{ a: 1, b: 2 }, [2]],
    [{ $and: [{ a: 1 }, { b: 2 }] }, [2]],
    [{ $or: [{ a: 2 }, { b: 1 }] }, [1, 3]],
    [{ $nor: [{ a: 2 }, { b: 1 }] }, [2]],
    [{ $and: [{ $or: [{ a: 1 }, { a: 2 }] }, { b: { $ne: 1 } }] }, [2, 3]],
    [{ $expr: { $eq: ['$a', '$b'] } }, [1, 3]],
    [{ $expr: { $gt: ['$b', '$a'] }, a: 1 }, [2]],
    [{ a: 1, $comment: 'why' }, [1, 2]],
  ])('%j', async (filter, ids) => {
    expect(await found(DOCS, filter)).toEqual(ids);
  });
});

describe('what is no query', () => {
  it.each<[Doc, number, RegExp]>([
    [{ $foo: 1 }, 2, /unknown top level operator: \$foo/],
    [{ a: { $foo: 1 } }, 2, /unknown operator: \$foo/],
    [{ a: { $gt: 1, b: 2 } }, 2, /unknown operator: b/],
    [{ $and: [] }, 2, /nonempty array|at least one/],
    [{ $or: 1 }, 2, /must be an array/],
    [{ $or: [1] }, 2, /full objects/],
    [{ a: { $in: 1 } }, 2, /needs an array/],
    [{ a: { $in: [{ $gt: 1 }] } }, 2, /cannot nest \$ under \$in/],
    [{ a: { $nin: 1 } }, 2, /needs an array/],
    [{ a: { $size: -1 } }, 2, /non-negative/],
    [{ a: { $size: 'x' } }, 2, /\$size/],
    [{ a: { $all: 1 } }, 2, /needs an array/],
    [{ a: { $elemMatch: 1 } }, 2, /needs an Object/],
    [{ a: { $mod: [0, 1] } }, 2, /divisor cannot be 0/],
    [{ a: { $not: 1 } }, 2, /\$not needs/],
    [{ a: { $type: 'nothing' } }, 2, /Unknown type name/],
    [{ a: { $options: 'i' } }, 2, /\$options needs a \$regex/],
    [{ a: { $regex: '(' } }, 51091, /Regular expression is invalid/],
    [{ a: { $regex: String.raw`\y` } }, 51091, /Regular expression is invalid/],
    [{ a: { $regex: String.raw`\u0041` } }, 51091, /Regular expression is invalid/],
    [{ a: { $regex: 'a\\' } }, 51091, /Regular expression is invalid/],
    [{ $expr: { $foo: 1 } }, 168, /Unrecognized expression '\$foo'/],
  ])('%j is refused', async (filter, code, message) => {
    const error = await errorOf(found(VALUES, filter));
    expect(error?.code).toBe(code);
    expect(error?.message).toMatch(message);
  });
});
