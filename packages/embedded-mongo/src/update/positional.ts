import { badValue } from '../errors.ts';
import { someElement, parsePath } from '../query/path.ts';
import type { Condition } from '../query/condition.ts';
import { shellText } from '../storage/duplicate-key.ts';
import { isDoc, own } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import type { ArrayFilters } from './array-filters.ts';
import type { Action, Target } from './action.ts';

/**
 * The concrete paths an action's path means in this document: one for each element of `$[]` and `$[name]`.
 *
 * @throws {CommandError} 2 – there is no array where the path needs one, or the filter found no element for `$`.
 */
export function concretePaths(action: Action, target: Target, filters: ArrayFilters): string[][] {
  if (!action.path.includes('$')) return [[...action.parts]];
  let paths: { parts: string[]; value: unknown }[] = [{ parts: [], value: target.doc }];
  for (const part of action.parts) {
    paths = paths.flatMap((path) => {
      if (!part.startsWith('$')) return [{ parts: [...path.parts, part], value: childOf(path.value, part) }];
      return indexesOf(part, path, { target, filters }).map((index) => ({
        parts: [...path.parts, String(index)],
        value: Array.isArray(path.value) ? path.value[index] : undefined,
      }));
    });
  }
  return paths.map(({ parts }) => parts);
}

function childOf(value: unknown, part: string): unknown {
  if (Array.isArray(value)) return /^\d+$/.test(part) ? value[Number(part)] : undefined;
  return isDoc(value) ? own(value, part) : undefined;
}

type Sources = { target: Target; filters: ArrayFilters };

function indexesOf(part: string, path: { parts: string[]; value: unknown }, sources: Sources): number[] {
  const { target, filters } = sources;
  if (part === '$') {
    if (target.position !== null) return [target.position];
    throw badValue('The positional operator did not find the match needed from the query.');
  }
  const { value } = path;
  if (value === undefined) {
    throw badValue(
      `The path '${path.parts.join('.')}' must exist in the document in order to apply array updates.`,
    );
  }
  if (!Array.isArray(value)) {
    throw badValue(
      `Cannot apply array updates to non-array element ${path.parts.at(-1) ?? ''}: ${shellText(value)}`,
    );
  }
  const accepts = filters.get(part.slice(2, -1));
  const all = [...value.keys()];
  return part === '$[]' ? all : all.filter((index) => accepts?.(value[index]) === true);
}

/** Whether any action uses `$`. */
export const usesPosition = (actions: readonly Action[]): boolean =>
  actions.some(({ parts }) => parts.includes('$'));

/** The place of the array element a filter found in a document, `null` if it found none. */
export function positionOf(condition: Condition, doc: Doc): number | null {
  if (condition.kind === 'and') {
    return (
      condition.of.map((part) => positionOf(part, doc)).findLast((position) => position !== null) ?? null
    );
  }
  if (condition.kind === 'or') {
    const met = condition.of.find((part) => part.test(doc));
    return met ? positionOf(met, doc) : null;
  }
  return condition.kind === 'field' ? positionInField(condition, doc) : null;
}

/** Tries the elements of the first array on the path one by one. */
function positionInField({ path, predicate }: Condition & { kind: 'field' }, doc: Doc): number | null {
  if (predicate.negated) return null;
  const parts = path.split('.');
  let value: unknown = doc;
  for (const [at, part] of parts.entries()) {
    if (Array.isArray(value)) return positionIn(value, parts.slice(at), predicate);
    value = isDoc(value) ? own(value, part) : undefined;
  }
  return Array.isArray(value) ? positionIn(value, [], predicate) : null;
}

function positionIn(
  array: readonly unknown[],
  rest: readonly string[],
  predicate: (Condition & { kind: 'field' })['predicate'],
): number | null {
  const path = parsePath(['array', ...rest].join('.'));
  const found = array.findIndex((element) => someElement({ array: [element] }, path, predicate));
  return found < 0 ? null : found;
}
