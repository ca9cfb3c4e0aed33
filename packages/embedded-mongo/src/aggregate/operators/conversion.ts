import { CommandError } from '../../errors.ts';
import { Binary, ObjectId } from '../../values/bson.ts';
import { isTruthy, typeName } from '../../values/types.ts';
import { parseIsoDate } from '../dates/iso.ts';
import { isNullish, isNumber, namedParts, positional } from './operator.ts';
import type { Build, Evaluate, OperatorTable } from './operator.ts';
import { truncTo } from './rounding.ts';

const failure = (why: string): CommandError =>
  new CommandError(241, `${why} in $convert with no onError value`);

const unsupported = (value: unknown, to: string): CommandError =>
  failure(`Unsupported conversion from ${typeName(value)} to ${to}`);

/** A scalar as text: dates in ISO 8601 with milliseconds in UTC, ids as hex. */
function toText(value: unknown): string | null {
  if (isNullish(value)) return null;
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  return objectText(value);
}

function objectText(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  if (value instanceof Binary && value.sub_type === Binary.SUBTYPE_UUID) return value.toUUID().toHexString();
  throw unsupported(value, 'string');
}

/** A number as MongoDB writes it. */
export function numberText(value: number): string {
  if (value === Infinity || value === -Infinity) return value > 0 ? 'Infinity' : '-Infinity';
  return Object.is(value, -0) ? '-0' : String(value).replace(/e([+-])(\d)$/, 'e$10$2');
}

function toDouble(value: unknown): number | null {
  if (isNullish(value)) return null;
  if (typeof value === 'string') return parseNumber(value, 'double', /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i);
  if (isNumber(value) || typeof value === 'boolean' || value instanceof Date) return Number(value);
  throw unsupported(value, 'double');
}

function parseNumber(text: string, to: string, form: RegExp): number {
  if (form.test(text)) return Number(text);
  throw failure(`Failed to parse number '${text}' in $convert to ${to}: Did not consume whole string.`);
}

function toInt(value: unknown): number | null {
  if (isNullish(value)) return null;
  if (typeof value === 'string') return inInt32(parseNumber(value, 'int', /^[+-]?\d+$/));
  if (isNumber(value) || typeof value === 'boolean') return inInt32(Number(value));
  throw unsupported(value, 'int');
}

function inInt32(value: number): number {
  if (Number.isNaN(value)) throw failure('Attempt to convert NaN value to integer type');
  const whole = truncTo(value, 0);
  if (whole < -(2 ** 31) || whole >= 2 ** 31)
    throw failure(`Conversion would overflow target type: ${value}`);
  return whole === 0 ? 0 : whole;
}

function toBool(value: unknown): boolean | null {
  return isNullish(value) ? null : isTruthy(value);
}

function toDate(value: unknown): Date | null {
  if (isNullish(value)) return null;
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (isNumber(value)) return dateOfNumber(value);
  if (typeof value === 'string') return parseIsoDate(value, 'UTC');
  throw unsupported(value, 'date');
}

/** Milliseconds; an int32 is too small for a time and is refused. */
function dateOfNumber(ms: number): Date {
  if (typeName(ms) === 'int') throw unsupported(ms, 'date');
  return validDate(Math.trunc(ms));
}

function validDate(ms: number): Date {
  if (Math.abs(ms) <= 8.64e15) return new Date(ms);
  throw failure(`Conversion would overflow target type: ${ms}`);
}

function toObjectId(value: unknown): ObjectId | null {
  if (isNullish(value)) return null;
  if (value instanceof ObjectId) return value;
  if (typeof value !== 'string') throw unsupported(value, 'objectId');
  if (/^[0-9a-f]{24}$/i.test(value)) return new ObjectId(value);
  throw failure(`Failed to parse objectId '${value}' in $convert`);
}

const CONVERSIONS: Readonly<Record<string, (value: unknown) => unknown>> = {
  string: toText,
  double: toDouble,
  int: toInt,
  bool: toBool,
  date: toDate,
  objectId: toObjectId,
};

/** The types by their numbers, which `to` may also be. */
const TYPE_NUMBERS: Readonly<Record<number, string>> = {
  1: 'double',
  2: 'string',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  16: 'int',
};

const CONVERT = { required: ['input', 'to'], optional: ['onError', 'onNull'] };

/** `onError` and `onNull` are evaluated when they are needed, and not before. */
const convert: Build = (operand, compile) => {
  const parts = namedParts('$convert', CONVERT, operand);
  const part = (name: string): Evaluate | null => (name in parts ? compile(parts[name]) : null);
  const [input, to, onError, onNull] = [part('input'), part('to'), part('onError'), part('onNull')];
  return (scope) => {
    const type = to?.(scope);
    const value = input?.(scope);
    if (isNullish(value)) return onNull ? onNull(scope) : null;
    const run = conversionTo(type);
    return onError
      ? attempt(
          () => run(value),
          () => onError(scope),
        )
      : run(value);
  };
};

/** @throws {CommandError} 9, 2 – a type that is none. */
function conversionTo(type: unknown): (value: unknown) => unknown {
  const name = typeof type === 'number' ? TYPE_NUMBERS[type] : type;
  const run = typeof name === 'string' && Object.hasOwn(CONVERSIONS, name) ? CONVERSIONS[name] : undefined;
  if (run) return run;
  throw new CommandError(typeof type === 'string' ? 2 : 9, `Unknown type name: ${String(type)}`);
}

function attempt(run: () => unknown, onError: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    if (error instanceof CommandError && error.code === 241) return onError();
    throw error;
  }
}

const to = (name: string, run: (value: unknown) => unknown) =>
  positional(name, [1, 1], ([value]) => run(value));

/** Types and conversions. Source: MongoDB manual, "Type Expression Operators". */
export const conversionOperators: OperatorTable = {
  $type: to('$type', typeName),
  $isNumber: to('$isNumber', isNumber),
  $toString: to('$toString', toText),
  $toDouble: to('$toDouble', toDouble),
  $toInt: to('$toInt', toInt),
  $toBool: to('$toBool', toBool),
  $toDate: to('$toDate', toDate),
  $toObjectId: to('$toObjectId', toObjectId),
  $convert: convert,
};
