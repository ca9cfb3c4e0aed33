import { CommandError } from '../../errors.ts';
import { equalValues } from '../../values/compare.ts';
import { typeName } from '../../values/types.ts';
import { arrayIterators } from './array-iterators.ts';
import { isNullish, isNumber, positional } from './operator.ts';
import type { OperatorTable } from './operator.ts';

/** The array, or `null` for null and missing. */
function arrayOrNull(name: string, code: number, value: unknown): unknown[] | null {
  if (isNullish(value)) return null;
  if (Array.isArray(value)) return value;
  throw new CommandError(code, `${name}'s argument must be an array, but is ${typeName(value)}`);
}

function wholeNumber(name: string, code: number, value: unknown): number {
  if (isNumber(value) && Number.isInteger(value)) return value;
  throw new CommandError(code, `${name} requires a whole number, found: ${typeName(value)}`);
}

function size([value]: readonly unknown[]): number {
  if (Array.isArray(value)) return value.length;
  throw new CommandError(
    17124,
    `The argument to $size must be an array, but was of type: ${typeName(value)}`,
  );
}

/** An element by its place, from the end if negative; missing when out of bounds. */
function elementAt([value, place]: readonly unknown[]): unknown {
  const array = arrayOrNull('$arrayElemAt', 28689, value);
  if (array === null || isNullish(place)) return null;
  return array.at(wholeNumber('$arrayElemAt', 28690, place));
}

const edge = (name: string, at: 0 | -1) =>
  positional(name, [1, 1], ([value]) => {
    const array = arrayOrNull(name, 28689, value);
    return array === null ? null : array.at(at);
  });

/** `[array, n]` takes from the start or end, `[array, position, n]` from a place. */
function slice([value, second, third]: readonly unknown[]): unknown {
  const array = arrayOrNull('$slice', 28724, value);
  if (array === null || isNullish(second) || third === null) return null;
  const first = wholeNumber('$slice', 28725, second);
  if (third === undefined) return first < 0 ? array.slice(first) : array.slice(0, first);
  const count = wholeNumber('$slice', 28727, third);
  if (count <= 0) throw new CommandError(28729, 'Third argument to $slice must be positive');
  const start = first < 0 ? Math.max(0, array.length + first) : first;
  return array.slice(start, start + count);
}

function isIn([needle, haystack]: readonly unknown[]): boolean {
  if (!Array.isArray(haystack)) {
    throw new CommandError(40081, `$in requires an array as a second argument, found: ${typeName(haystack)}`);
  }
  return haystack.some((value) => equalValues(value, needle));
}

function indexOf([haystack, needle, start = 0, end = Infinity]: readonly unknown[]): number | null {
  const array = arrayOrNull('$indexOfArray', 40090, haystack);
  if (array === null) return null;
  const from = wholeNumber('$indexOfArray', 40096, start);
  const part = array.slice(from, end === Infinity ? undefined : wholeNumber('$indexOfArray', 40097, end));
  const found = part.findIndex((value) => equalValues(value, needle));
  return found < 0 ? -1 : found + from;
}

function concatArrays(values: readonly unknown[]): unknown[] | null {
  const joined: unknown[] = [];
  for (const value of values) {
    if (isNullish(value)) return null;
    if (!Array.isArray(value))
      throw new CommandError(28664, `$concatArrays only supports arrays, not ${typeName(value)}`);
    joined.push(...value);
  }
  return joined;
}

function reverse([value]: readonly unknown[]): unknown {
  return arrayOrNull('$reverseArray', 34435, value)?.toReversed() ?? null;
}

function range([start, end, step = 1]: readonly unknown[]): number[] {
  const from = wholeNumber('$range', 34443, start);
  const to = wholeNumber('$range', 34445, end);
  const by = wholeNumber('$range', 34447, step);
  if (by === 0) throw new CommandError(34449, '$range requires a non-zero step value');
  const count = Math.max(0, Math.ceil((to - from) / by));
  return Array.from({ length: count }, (_, at) => from + at * by);
}

const everyOrSome = (name: string, accepts: (values: readonly unknown[]) => boolean) =>
  positional(name, [1, 1], ([value]) => {
    if (Array.isArray(value)) return accepts(value);
    throw new CommandError(17040, `${name}'s argument must be an array, but is ${typeName(value)}`);
  });

const isTrue = (value: unknown): boolean => value !== false && value !== 0 && !isNullish(value);

/** Arrays. Source: MongoDB manual, "Array Expression Operators". */
export const arrayOperators: OperatorTable = {
  ...arrayIterators,
  $size: positional('$size', [1, 1], size),
  $isArray: positional('$isArray', [1, 1], ([value]) => Array.isArray(value)),
  $arrayElemAt: positional('$arrayElemAt', [2, 2], elementAt),
  $first: edge('$first', 0),
  $last: edge('$last', -1),
  $slice: positional('$slice', [2, 3], slice),
  $in: positional('$in', [2, 2], isIn),
  $indexOfArray: positional('$indexOfArray', [2, 4], indexOf),
  $concatArrays: positional('$concatArrays', [0, Infinity], concatArrays),
  $reverseArray: positional('$reverseArray', [1, 1], reverse),
  $range: positional('$range', [2, 3], range),
  $anyElementTrue: everyOrSome('$anyElementTrue', (values) => values.some(isTrue)),
  $allElementsTrue: everyOrSome('$allElementsTrue', (values) => values.every(isTrue)),
};
