import { CommandError, ensure } from '../../errors.ts';
import { isDoc } from '../../values/bson.ts';
import { compareValues } from '../../values/compare.ts';
import { identityOf } from '../../values/key.ts';
import type { Evaluate, Scope } from '../operators/operator.ts';
import { isNullish, isNumber } from '../operators/operator.ts';
import { mergeObjects } from '../operators/objects.ts';
import { ExactSum } from '../sum.ts';

/** Gathers one field of one group. */
export type Accumulator = {
  readonly add: (value: unknown) => void;
  readonly result: () => unknown;
  /** False once no further value can change the result: then none is worked out. */
  readonly needsMore?: () => boolean;
  /** True if every value it takes stays in memory. */
  readonly keeps?: true;
};

const sum = (): Accumulator => {
  const total = new ExactSum();
  return { add: (value) => isNumber(value) && total.add(value), result: () => total.value };
};

const average = (): Accumulator => {
  const total = new ExactSum();
  let count = 0;
  const add = (value: unknown): void => {
    if (!isNumber(value)) return;
    total.add(value);
    count += 1;
  };
  return { add, result: () => (count === 0 ? null : total.value / count) };
};

const extreme = (sign: 1 | -1) => (): Accumulator => {
  let best: unknown = null;
  const add = (value: unknown): void => {
    if (!isNullish(value) && (best === null || compareValues(value, best) * sign > 0)) best = value;
  };
  return { add, result: () => best };
};

const first = (): Accumulator => {
  let seen = false;
  let kept: unknown = null;
  const add = (value: unknown): void => {
    if (!seen) kept = value ?? null;
    seen = true;
  };
  return { add, result: () => kept, needsMore: () => !seen, keeps: true };
};

const last = (): Accumulator => {
  let kept: unknown = null;
  return { add: (value) => (kept = value ?? null), result: () => kept };
};

const push = (): Accumulator => {
  const values: unknown[] = [];
  return { add: (value) => value !== undefined && values.push(value), result: () => values, keeps: true };
};

const addToSet = (): Accumulator => {
  const values = new Map<string, unknown>();
  const add = (value: unknown): void => {
    if (value === undefined) return;
    const identity = identityOf(value);
    if (!values.has(identity)) values.set(identity, value);
  };
  return { add, result: () => [...values.values()], keeps: true };
};

const merge = (): Accumulator => {
  let merged = {};
  return { add: (value) => (merged = mergeObjects([merged, value])), result: () => merged };
};

/** Population or sample deviation, by Welford's method. */
const deviation = (isSample: boolean) => (): Accumulator => {
  let count = 0;
  let mean = 0;
  let squares = 0;
  const add = (value: unknown): void => {
    if (!isNumber(value)) return;
    count += 1;
    const delta = value - mean;
    mean += delta / count;
    squares += delta * (value - mean);
  };
  const result = (): number | null => {
    const divisor = isSample ? count - 1 : count;
    return divisor <= 0 ? null : Math.sqrt(squares / divisor);
  };
  return { add, result };
};

const ACCUMULATORS: Readonly<Record<string, () => Accumulator>> = {
  $sum: sum,
  $avg: average,
  $min: extreme(-1),
  $max: extreme(1),
  $first: first,
  $last: last,
  $push: push,
  $addToSet: addToSet,
  $mergeObjects: merge,
  $count: sum,
  $stdDevPop: deviation(false),
  $stdDevSamp: deviation(true),
};

/** One field of a `$group`: what to gather, and how. */
export type GroupField = {
  readonly name: string;
  readonly start: () => Accumulator;
  readonly evaluate: (scope: Scope) => unknown;
};

/**
 * Reads one output field such as `{ $sum: '$amount' }`.
 *
 * @throws {CommandError} 40234, 40235, 40238, 15952 – it is none.
 */
export function groupFieldOf(
  name: string,
  spec: unknown,
  compile: (expression: unknown) => Evaluate,
): GroupField {
  ensure(!name.includes('.'), 40235, `The field name '${name}' cannot contain '.'`);
  ensure(!name.startsWith('$'), 40236, `The field name '${name}' cannot be an operator name`);
  ensure(isDoc(spec), 40234, `The field '${name}' must be an accumulator object`);
  const [operator = '', ...others] = Object.keys(spec);
  ensure(operator.startsWith('$'), 40234, `The field '${name}' must be an accumulator object`);
  ensure(others.length === 0, 40238, `The field '${name}' must specify one accumulator`);
  const start = Object.hasOwn(ACCUMULATORS, operator) ? ACCUMULATORS[operator] : undefined;
  ensure(start, 15952, `unknown group operator '${operator}'`);
  ensure(!Array.isArray(spec[operator]), 40237, `The ${operator} accumulator is a unary operator`);
  if (operator === '$count') return { name, start, evaluate: countOf(spec[operator]) };
  return { name, start, evaluate: compile(spec[operator]) };
}

function countOf(operand: unknown): () => number {
  if (isDoc(operand) && Object.keys(operand).length === 0) return () => 1;
  throw new CommandError(14, '$count takes no arguments, i.e. $count:{}');
}
