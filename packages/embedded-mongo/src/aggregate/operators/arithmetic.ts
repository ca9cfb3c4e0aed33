import { CommandError, badValue, typeMismatch } from '../../errors.ts';
import { typeName } from '../../values/types.ts';
import { ExactSum } from '../sum.ts';
import { isNullish, isNumber, positional, stepwise } from './operator.ts';
import type { OperatorTable } from './operator.ts';
import { roundTo, truncTo } from './rounding.ts';

/** Numbers of one argument: null stays null, another type is error 28765. */
const unary = (name: string, run: (value: number) => number) =>
  positional(name, [1, 1], ([value]) => {
    if (isNullish(value)) return null;
    if (!isNumber(value))
      throw new CommandError(28765, `${name} only supports numeric types, not ${typeName(value)}`);
    return run(value);
  });

function add(values: Iterable<unknown>): unknown {
  const sum = new ExactSum();
  let dates = 0;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (value instanceof Date) dates += 1;
    else if (!isNumber(value)) {
      throw typeMismatch(`$add only supports numeric or date types, not ${typeName(value)}`);
    }
    sum.add(Number(value));
  }
  if (dates > 1) throw new CommandError(16612, 'only one date allowed in an $add expression');
  return dates === 1 ? new Date(Math.round(sum.value)) : sum.value;
}

function subtract([left, right]: readonly unknown[]): unknown {
  if (isNullish(left) || isNullish(right)) return null;
  if (isNumber(left) && isNumber(right)) return left - right;
  if (left instanceof Date) return before(left, right);
  throw typeMismatch(`can't $subtract ${typeName(right)} from ${typeName(left)}`);
}

/** Milliseconds between two dates, or the date so many milliseconds earlier. */
function before(date: Date, right: unknown): number | Date {
  if (right instanceof Date) return date.getTime() - right.getTime();
  if (isNumber(right)) return new Date(date.getTime() - Math.round(right));
  throw typeMismatch(`can't $subtract ${typeName(right)} from date`);
}

function multiply(values: Iterable<unknown>): unknown {
  let product = 1;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (!isNumber(value)) throw typeMismatch(`$multiply only supports numeric types, not ${typeName(value)}`);
    product *= value;
  }
  return product;
}

type Codes = { readonly left: number; readonly right: number };

/** The two numbers of a binary operator; `null` if either is null or missing. */
function pair(name: string, codes: Codes, [left, right]: readonly unknown[]): [number, number] | null {
  if (isNullish(left) || isNullish(right)) return null;
  if (isNumber(left) && isNumber(right)) return [left, right];
  throw new CommandError(
    isNumber(left) ? codes.right : codes.left,
    `${name} only supports numeric types, not ${typeName(left)} and ${typeName(right)}`,
  );
}

function divide(values: readonly unknown[]): number | null {
  const numbers = pair('$divide', { left: 14, right: 14 }, values);
  if (numbers?.[1] === 0) throw badValue("can't $divide by zero");
  return numbers && numbers[0] / numbers[1];
}

function modulo(values: readonly unknown[]): number | null {
  const numbers = pair('$mod', { left: 16611, right: 16611 }, values);
  if (numbers?.[1] === 0) throw new CommandError(16610, "can't $mod by zero");
  return numbers && numbers[0] % numbers[1];
}

function power(values: readonly unknown[]): number | null {
  const numbers = pair('$pow', { left: 28762, right: 28763 }, values);
  if (numbers && numbers[0] === 0 && numbers[1] < 0) {
    throw new CommandError(28764, '$pow cannot take a base of 0 and a negative exponent');
  }
  return numbers && numbers[0] ** numbers[1];
}

function squareRoot(value: number): number {
  if (value < 0) throw new CommandError(28714, "$sqrt's argument must be greater than or equal to 0");
  return Math.sqrt(value);
}

function logarithm(name: string, code: number, run: (value: number) => number): (value: number) => number {
  return (value) => {
    if (value <= 0)
      throw new CommandError(code, `${name}'s argument must be a positive number, but is ${value}`);
    return run(value);
  };
}

/** `$round` and `$trunc` with their optional number of places. */
const placed = (name: string, run: (value: number, place: number) => number) =>
  positional(name, [1, 2], ([value, place = 0]) => {
    if (isNullish(value) || place === null) return null;
    if (!isNumber(value))
      throw new CommandError(51081, `${name} only supports numeric types, not ${typeName(value)}`);
    if (!Number.isInteger(place))
      throw new CommandError(51082, `precision argument to  ${name} must be a integral value`);
    const digits = Number(place);
    if (digits < -20 || digits > 100)
      throw new CommandError(
        51083,
        `cannot apply ${name} with precision value ${digits} value must be in [-20, 100]`,
      );
    return run(value, digits);
  });

/** Arithmetic. Source: MongoDB manual, "Arithmetic Expression Operators". */
export const arithmeticOperators: OperatorTable = {
  $add: stepwise(add),
  $subtract: positional('$subtract', [2, 2], subtract),
  $multiply: stepwise(multiply),
  $divide: positional('$divide', [2, 2], divide),
  $mod: positional('$mod', [2, 2], modulo),
  $pow: positional('$pow', [2, 2], power),
  $abs: unary('$abs', Math.abs),
  $ceil: unary('$ceil', Math.ceil),
  $floor: unary('$floor', Math.floor),
  $sqrt: unary('$sqrt', squareRoot),
  $exp: unary('$exp', Math.exp),
  $ln: unary('$ln', logarithm('$ln', 28766, Math.log)),
  $log10: unary('$log10', logarithm('$log10', 28761, Math.log10)),
  $round: placed('$round', roundTo),
  $trunc: placed('$trunc', truncTo),
};
