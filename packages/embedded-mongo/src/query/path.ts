import { isDoc, own } from '../values/bson.ts';

/** A dotted path, taken apart once. */
export type Path = {
  readonly text: string;
  readonly parts: readonly string[];
  /** For each part the array index it can mean, or -1. */
  readonly indexes: readonly number[];
};

/** Takes a dotted path apart. */
export function parsePath(text: string): Path {
  const parts = text.split('.');
  return { text, parts, indexes: parts.map(arrayIndex) };
}

/** The field of the document itself at which a dotted path begins. */
export const rootOf = (path: string): string => path.split('.', 1)[0] ?? path;

const arrayIndex = (part: string): number => (/^(0|[1-9]\d{0,8})$/.test(part) ? Number(part) : -1);

/** How a search of elements goes: whether an array at the end counts as its elements too, and what each element is asked. */
export type Visit = { readonly expandsLeaf: boolean; readonly test: (value: unknown) => boolean };

/**
 * Whether any element that `path` reaches passes the test, with MongoDB's meaning of arrays on the way:
 * an array in the middle stands for each of its documents, and for one element if the next part is its index.
 * A part that is not there is visited as `undefined`; an array without documents is not visited at all.
 */
export function someElement(value: unknown, path: Path, visit: Visit): boolean {
  return walk(value, { path, visit }, 0);
}

type Search = { path: Path; visit: Visit };

function walk(start: unknown, search: Search, from: number): boolean {
  const { parts } = search.path;
  const { test, expandsLeaf } = search.visit;
  let value = start;
  for (let at = from; at < parts.length; at += 1) {
    if (Array.isArray(value)) return walkArray(value, search, at);
    if (!isDoc(value)) return test(undefined);
    value = own(value, parts[at] ?? '');
  }
  if (expandsLeaf && Array.isArray(value) && value.some(test)) return true;
  return test(value);
}

function walkArray(values: readonly unknown[], search: Search, at: number): boolean {
  const index = search.path.indexes[at] ?? -1;
  return values.some((value, position) => {
    if (isDoc(value) && walk(value, search, at)) return true;
    return position === index && walkElement(value, search, at + 1);
  });
}

/** One element that was named by its index: not expanded if the path ends with it. */
function walkElement(value: unknown, search: Search, at: number): boolean {
  if (at === search.path.parts.length) return search.visit.test(value);
  if (Array.isArray(value)) return walkArray(value, search, at);
  return isDoc(value) && walk(value, search, at);
}
