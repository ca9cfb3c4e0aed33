import { badValue } from '../errors.ts';
import { BSONRegExp, Binary, Decimal128, Long, ObjectId, isDoc } from './bson.ts';

/**
 * Places of the types in BSON's comparison order; equal places compare by value.
 * Source: MongoDB manual, "Comparison/Sort Order"; the numbers are those of `canonicalizeBSONType`.
 */
export const RANK = {
  missing: 0,
  null: 5,
  number: 10,
  string: 15,
  object: 20,
  array: 25,
  binary: 30,
  objectId: 35,
  bool: 40,
  date: 45,
  regex: 50,
} as const;

/** Stands for an empty array in keys: MongoDB sorts and indexes `[]` before null. */
export const EMPTY_ARRAY = Symbol('empty array');

const PRIMITIVE_RANKS: Readonly<Record<string, number>> = {
  undefined: RANK.missing,
  symbol: RANK.missing,
  number: RANK.number,
  string: RANK.string,
  boolean: RANK.bool,
};

/** The place of the value's type in comparison order. */
export function rankOf(value: unknown): number {
  const rank = PRIMITIVE_RANKS[typeof value];
  return rank ?? rankOfObject(value);
}

function rankOfObject(value: unknown): number {
  if (value === null) return RANK.null;
  if (Array.isArray(value)) return RANK.array;
  if (value instanceof ObjectId) return RANK.objectId;
  if (value instanceof Date) return RANK.date;
  if (isDoc(value)) return RANK.object;
  if (value instanceof Binary) return RANK.binary;
  if (value instanceof BSONRegExp) return RANK.regex;
  throw badValue(`values of the type ${typeName(value)} are not supported by the embedded database`);
}

const RANK_NAMES: Readonly<Record<number, string>> = {
  [RANK.missing]: 'missing',
  [RANK.null]: 'null',
  [RANK.string]: 'string',
  [RANK.object]: 'object',
  [RANK.array]: 'array',
  [RANK.binary]: 'binData',
  [RANK.objectId]: 'objectId',
  [RANK.bool]: 'bool',
  [RANK.date]: 'date',
  [RANK.regex]: 'regex',
};

/** MongoDB's alias of the value's type, as `$type` gives it. A whole number within 32 bits is `int`, any other `double`. */
export function typeName(value: unknown): string {
  if (typeof value === 'number') return isInt32(value) ? 'int' : 'double';
  const foreign = foreignTypeName(value);
  return foreign ?? RANK_NAMES[rankOf(value)] ?? 'unknown';
}

/** The name of a BSON type that is outside the subset. */
function foreignTypeName(value: unknown): string | null {
  if (value instanceof Long) return 'long';
  if (value instanceof Decimal128) return 'decimal';
  const isBson = typeof value === 'object' && value !== null && '_bsontype' in value;
  return isBson && !isKnown(value) ? String(value._bsontype) : null;
}

const isKnown = (value: object): boolean =>
  isDoc(value) || value instanceof ObjectId || value instanceof Binary || value instanceof BSONRegExp;

/** Whether the driver writes this number as int32. */
const isInt32 = (value: number): boolean => (value | 0) === value && !Object.is(value, -0);

/** What MongoDB takes as true: everything but false, null, missing and zero. NaN is true. */
export const isTruthy = (value: unknown): boolean =>
  value !== false && value !== null && value !== undefined && value !== 0;
