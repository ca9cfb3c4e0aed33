import { ensure } from '../errors.ts';
import { isDoc } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import { parseFilter } from './filter.ts';
import type { Leaf } from './projection-tree.ts';

/** What only the projection of a find can do. */
export function changeLeaf(path: string, value: Doc): Leaf | null {
  if ('$slice' in value) return sliceLeaf(value['$slice']);
  return '$elemMatch' in value ? elemMatchLeaf(path, value['$elemMatch']) : null;
}

/** `n` elements from the start or end, or `[skip, limit]`; null when it is an expression instead. */
function sliceLeaf(operand: unknown): Leaf | null {
  const parts: unknown[] = Array.isArray(operand) ? operand : [operand, Infinity];
  const [skip = 0, limit = 0] = parts.map((part) => Math.trunc(Number(part)));
  if (parts.length !== 2 || !parts.every((part) => typeof part === 'number') || limit <= 0) return null;
  const isFirstFew = limit === Infinity && skip >= 0;
  const run = (values: readonly unknown[]): unknown[] => {
    const from = skip < 0 ? Math.max(0, values.length + skip) : skip;
    return isFirstFew ? values.slice(0, skip) : values.slice(from, from + limit);
  };
  return { kind: 'change', run: (value) => (Array.isArray(value) ? run(value) : value) };
}

/** The first element that matches; without one the field is left out. */
function elemMatchLeaf(path: string, operand: unknown): Leaf {
  ensure(isDoc(operand), 31274, 'elemMatch: Invalid argument, object required');
  ensure(!path.includes('.'), 31275, 'Cannot use $elemMatch projection on a nested field.');
  const matcher = parseFilter({ element: { $elemMatch: operand } });
  const run = (value: unknown): unknown => {
    if (!Array.isArray(value)) return undefined;
    const found = value.findIndex((element) => matcher.test({ element: [element] }));
    return found < 0 ? undefined : [value[found]];
  };
  return { kind: 'change', run };
}
