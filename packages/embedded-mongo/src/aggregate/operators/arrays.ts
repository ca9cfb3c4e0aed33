import { CommandError } from '../../errors.ts';
import { equalValues } from '../../values/compare.ts';
import { typeName } from '../../values/types.ts';
import { arrayIterators } from './array-iterators.ts';
import { isNullish, isNumber, positional, stepwise } from './operator.ts';
import type { OperatorTable } from './operator.ts';

/** The array, or `null` for null and missing. */
function arrayOrNull(name: string, code: number, value: unknown): unknown[] | null {
  if (isNullish(value)) return null;
  if (Array.isArray(value)) return value;
  throw new CommandError(code, `${name}'s argument must be an array, but is ${typeName(value)}`);
}

type Codes = { readonly type: number; readonly whole: number; readonly least?: number };

/** @throws {CommandError} `type` – no number; `whole` – not a 32-bit integer; `least` – below 0, where that is given. */
function wholeNumber(name: string, codes: Codes, value: unknown): number {
  const found = `found: ${typeName(value)}`;
  if (!isNumber(value)) throw new CommandError(codes.type, `${name} requires a number, ${found}`);
  if ((value | 0) !== value)
    throw new CommandError(codes.whole, `${name} requires a 32-bit integer, ${found}`);
  if (codes.least !== undefined && value < 0)
    throw new CommandError(codes.least, `${name} requires a number of at least 0, found: ${value}`);
  return value;
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
  return array.at(wholeNumber('$arrayElemAt', { type: 28690, whole: 28691 }, place));
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
  const first = wholeNumber('$slice', { type: 28725, whole: 28726 }, second);
  if (third === undefined) return first < 0 ? array.slice(first) : array.slice(0, first);
  const count = wholeNumber('$slice', { type: 28727, whole: 28728 }, third);
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

const PLACE: Codes = { type: 40096, whole: 40096, least: 40097 };

function indexOf([haystack, needle, start = 0, end = Infinity]: readonly unknown[]): number | null {
  const array = arrayOrNull('$indexOfArray', 40090, haystack);
  if (array === null) return null;
  const from = wholeNumber('$indexOfArray', PLACE, start);
  const part = array.slice(from, end === Infinity ? undefined : wholeNumber('$indexOfArray', PLACE, end));
  const found = part.findIndex((value) => equalValues(value, needle));
  return found < 0 ? -1 : found + from;
}

function concatArrays(values: Iterable<unknown>): unknown[] | null {
  const joined: unknown[] = [];
  for (const value of values) {
    if (isNullish(value)) return null;
    if (!Array.isArray(value))
      throw new CommandError(28664, `$concatArrays only supports arrays, not ${typeName(value)}`);
    for (const element of value) joined.push(element);
  }
  return joined;
}

function reverse([value]: readonly unknown[]): unknown {
  return arrayOrNull('$reverseArray', 34435, value)?.toReversed() ?? null;
}

function range([start, end, step = 1]: readonly unknown[]): number[] {
  const from = wholeNumber('$range', { type: 34443, whole: 34444 }, start);
  const to = wholeNumber('$range', { type: 34445, whole: 34446 }, end);
  const by = wholeNumber('$range', { type: 34447, whole: 34448 }, step);
  if (by === 0) throw new CommandError(34449, '$range requires a non-zero step value');
  const count = Math.max(0, Math.ceil((to - from) / by));
  return Array.from({ length: count }, (_, at) => from + at * by);
}

const everyOrSome = (name: string, code: number, accepts: (values: readonly unknown[]) => boolean) =>
  positional(name, [1, 1], ([value]) => {
    if (Array.isArray(value)) return accepts(value);
    throw new CommandError(code, `${name}'s argument must be an array, but is ${typeName(value)}`);
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
  $concatArrays: stepwise(concatArrays),
  $reverseArray: positional('$reverseArray', [1, 1], reverse),
  $range: positional('$range', [2, 3], range),
  $anyElementTrue: everyOrSome('$anyElementTrue', 17041, (values) => values.some(isTrue)),
  $allElementsTrue: everyOrSome('$allElementsTrue', 17040, (values) => values.every(isTrue)),
};
