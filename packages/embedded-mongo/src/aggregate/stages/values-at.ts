import { isDoc, own } from '../../values/bson.ts';
import type { Doc } from '../../values/bson.ts';

/**
 * All values at a path, for a join: of an array at its end each element, of an array on the way what each of its documents
 * has there; a number in the path also names an element. Nothing where there is nothing.
 *
 * @see mongo/db/pipeline/document_path_support.cpp, `visitAllValuesAtPath`
 */
export function* valuesAt(doc: Doc, [name = '', ...rest]: readonly string[]): Generator<unknown> {
  const { value, left } = atPlace(own(doc, name), rest);
  if (left.length === 0) yield* leavesOf(value);
  else for (const each of [value].flat().filter(isDoc)) yield* valuesAt(each, left);
}

/** Follows the numbers at the beginning of a path into arrays. */
function atPlace(value: unknown, left: readonly string[]): { value: unknown; left: readonly string[] } {
  const [part = '', ...rest] = left;
  if (!Array.isArray(value) || !/^\d+$/.test(part)) return { value, left };
  return atPlace(value[Number(part)], rest);
}

const leavesOf = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  return value === undefined ? [] : [value];
};
