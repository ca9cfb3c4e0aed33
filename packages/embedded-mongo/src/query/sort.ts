import { CommandError, badValue, ensure } from '../errors.ts';
import { tuplesOf } from '../index/tuples.ts';
import { isDoc } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import { compareValues } from '../values/compare.ts';
import { checkParts } from './projection-tree.ts';

/** One field of a sort or an index. */
export type SortField = { readonly path: string; readonly isDescending: boolean };

/** A compiled sort. Take the key of each document once, then compare keys. */
export type Sort = {
  readonly fields: readonly SortField[];
  keyOf: (doc: Doc) => unknown[];
  compareKeys: (left: readonly unknown[], right: readonly unknown[]) => number;
  compareDocs: (left: Doc, right: Doc) => number;
};

/** @throws {CommandError} 15974, 15975, 2 – a direction other than 1 and -1; 16410, 40352, 40353 – a path that is none. */
export function sortOf(spec: Doc): Sort {
  const fields = Object.entries(spec).map(([path, direction]) => {
    if (isDoc(direction)) throw badValue(`$meta sort of '${path}' is not supported`);
    ensure(typeof direction === 'number', 15974, `Illegal key in $sort specification: ${path}`);
    const isKnown = direction === 1 || direction === -1;
    ensure(isKnown, 15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    checkParts(path, path.split('.'));
    return { path, isDescending: direction === -1 };
  });
  return compiled(fields);
}

function compiled(fields: readonly SortField[]): Sort {
  const paths = fields.map(({ path }) => path.split('.'));
  const signs = fields.map(({ isDescending }) => (isDescending ? -1 : 1));
  const compareKeys = (left: readonly unknown[], right: readonly unknown[]): number => {
    for (const [at, sign] of signs.entries()) {
      const order = compareValues(left[at], right[at]);
      if (order !== 0) return order * sign;
    }
    return 0;
  };
  const keyOf = (doc: Doc): unknown[] => least(sortTuples(doc, paths), compareKeys);
  return { fields, keyOf, compareKeys, compareDocs: (left, right) => compareKeys(keyOf(left), keyOf(right)) };
}

/** What is not there sorts as null. */
function sortTuples(doc: Doc, paths: readonly (readonly string[])[]): unknown[][] {
  try {
    return tuplesOf(doc, paths).map((tuple) => tuple.map((value) => (value === undefined ? null : value)));
  } catch (error) {
    if (error instanceof CommandError && error.code === 171) {
      throw badValue('cannot sort with keys that are parallel arrays');
    }
    throw error;
  }
}

/** Of a document with an array, the element that comes first in this sort stands for it. */
function least(tuples: unknown[][], compareKeys: Sort['compareKeys']): unknown[] {
  const [first = [], ...others] = tuples;
  return others.reduce((best, tuple) => (compareKeys(tuple, best) < 0 ? tuple : best), first);
}
