import { BSONRegExp, Binary, ObjectId, isDoc } from './bson.ts';
import type { Doc } from './bson.ts';
import { RANK, rankOf } from './types.ts';

/** Total order of BSON values: negative, zero or positive. Missing sorts before null, NaN before all other numbers. */
export function compareValues(left: unknown, right: unknown): number {
  if (left === right) return 0;
  const rank = rankOf(left);
  const difference = rank - rankOf(right);
  return difference === 0 ? compareSameRank(rank, left, right) : difference;
}

/** Equality as a query means it: by type group and value, numbers of all kinds alike. */
export const equalValues = (left: unknown, right: unknown): boolean => compareValues(left, right) === 0;

type Compare = (left: unknown, right: unknown) => number;

const COMPARE: Readonly<Record<number, Compare>> = {
  [RANK.number]: (left, right) => compareNumbers(Number(left), Number(right)),
  [RANK.string]: (left, right) => compareStrings(String(left), String(right)),
  [RANK.object]: (left, right) => (isDoc(left) && isDoc(right) ? compareDocs(left, right) : 0),
  [RANK.array]: (left, right) =>
    Array.isArray(left) && Array.isArray(right) ? compareArrays(left, right) : 0,
  [RANK.binary]: (left, right) =>
    left instanceof Binary && right instanceof Binary ? compareBinaries(left, right) : 0,
  [RANK.objectId]: (left, right) =>
    left instanceof ObjectId && right instanceof ObjectId ? Buffer.compare(left.id, right.id) : 0,
  [RANK.bool]: (left, right) => Number(left) - Number(right),
  [RANK.date]: (left, right) => Number(left) - Number(right),
  [RANK.regex]: (left, right) => compareStrings(regexText(left), regexText(right)),
};

function compareSameRank(rank: number, left: unknown, right: unknown): number {
  const compare = COMPARE[rank];
  return compare ? compare(left, right) : 0;
}

const regexText = (value: unknown): string =>
  value instanceof BSONRegExp ? `${value.pattern}\0${value.options}` : '';

function compareNumbers(left: number, right: number): number {
  if (left < right) return -1;
  if (left > right) return 1;
  return Number(Number.isNaN(right)) - Number(Number.isNaN(left));
}

/** Order of the UTF-8 bytes, which is the order of code points and not JavaScript's order of UTF-16 units. */
export function compareStrings(left: string, right: string): number {
  if (left === right) return 0;
  const end = Math.min(left.length, right.length);
  let at = 0;
  while (at < end && left.charCodeAt(at) === right.charCodeAt(at)) at += 1;
  if (at === end) return left.length - right.length;
  return codePointOrder(left.charCodeAt(at)) - codePointOrder(right.charCodeAt(at));
}

/** Surrogates stand for code points above U+FFFF, so they sort after U+E000–U+FFFF. */
function codePointOrder(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}

/** Field by field: type, then name, then value; a shorter document sorts first. */
function compareDocs(left: Doc, right: Doc): number {
  const leftNames = Object.keys(left);
  const rightNames = Object.keys(right);
  const end = Math.min(leftNames.length, rightNames.length);
  for (let at = 0; at < end; at += 1) {
    const order = compareFields([leftNames[at] ?? '', left], [rightNames[at] ?? '', right]);
    if (order !== 0) return order;
  }
  return leftNames.length - rightNames.length;
}

function compareFields([leftName, left]: [string, Doc], [rightName, right]: [string, Doc]): number {
  const a = left[leftName];
  const b = right[rightName];
  return rankOf(a) - rankOf(b) || compareStrings(leftName, rightName) || compareValues(a, b);
}

function compareArrays(left: readonly unknown[], right: readonly unknown[]): number {
  const end = Math.min(left.length, right.length);
  for (let at = 0; at < end; at += 1) {
    const order = compareValues(left[at], right[at]);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareBinaries(left: Binary, right: Binary): number {
  return (
    left.position - right.position ||
    left.sub_type - right.sub_type ||
    Buffer.compare(left.value(), right.value())
  );
}
