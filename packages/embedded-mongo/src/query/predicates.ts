import { badValue, ensure } from '../errors.ts';
import { BSONRegExp } from '../values/bson.ts';
import { compareValues } from '../values/compare.ts';
import { identityOf } from '../values/key.ts';
import { RANK, isTruthy, rankOf, typeName } from '../values/types.ts';
import type { Predicate } from './condition.ts';
import { compileRegex, regexOf } from './regex.ts';

type Test = (value: unknown) => boolean;

const leaf = (op: string, operand: unknown, test: Test): Predicate => ({
  op,
  operand,
  expandsLeaf: true,
  test,
});

/** Equality; null also means "not there". */
export const equalTo = (operand: unknown): Predicate => leaf('$eq', operand, equalityTest(operand));

function equalityTest(operand: unknown): Test {
  if (operand === null || operand === undefined) return (value) => value === null || value === undefined;
  if (typeof operand === 'number' && Number.isNaN(operand)) return (value) => Number.isNaN(value);
  if (typeof operand !== 'object') return (value) => value === operand;
  return (value) => typeof value === 'object' && value !== null && compareValues(value, operand) === 0;
}

/** `$gt`, `$gte`, `$lt`, `$lte`: only values of the operand's own type group compare at all. */
export function comparison(op: '$gt' | '$gte' | '$lt' | '$lte', operand: unknown): Predicate {
  if (operand instanceof BSONRegExp) throw badValue(`Can't have RegEx as arg to predicate over field`);
  const includesEqual = op === '$gte' || op === '$lte';
  if (operand === null) return leaf(op, operand, includesEqual ? equalityTest(null) : () => false);
  if (Number.isNaN(operand)) return leaf(op, operand, includesEqual ? equalityTest(operand) : () => false);
  const sign = op.startsWith('$g') ? 1 : -1;
  const rank = rankOf(operand);
  return leaf(op, operand, (value) => {
    if (rankOf(value) !== rank || Number.isNaN(value)) return false;
    const order = compareValues(value, operand) * sign;
    return order > 0 || (includesEqual && order === 0);
  });
}

/** `$in`: any of the values, or a match of any of the expressions. */
export function memberOf(operand: unknown): Predicate {
  if (!Array.isArray(operand)) throw badValue('$in needs an array');
  const tests: Test[] = [];
  const identities = new Set<string>();
  for (const value of operand) {
    if (value instanceof BSONRegExp) tests.push(matchOf(regexOf(value)));
    else if (value === null) tests.push(equalityTest(null));
    else identities.add(identityOf(value));
  }
  const isListed: Test = (value) =>
    value !== undefined && !(value instanceof BSONRegExp) && identities.has(identityOf(value));
  return leaf('$in', operand, (value) => isListed(value) || tests.some((test) => test(value)));
}

/** `$exists`. */
export const existence = (operand: unknown): Predicate => ({
  op: '$exists',
  operand: isTruthy(operand),
  expandsLeaf: false,
  test: (value) => value !== undefined,
});

/** `$size`: the number of elements of the array itself. */
export function sizeOf(operand: unknown): Predicate {
  if (typeof operand !== 'number') throw badValue(`Failed to parse $size. Expected a number in: $size`);
  if (!Number.isInteger(operand)) throw badValue('Failed to parse $size. Expected an integer: $size');
  if (operand < 0) throw badValue('Failed to parse $size. Expected a non-negative number in: $size');
  const test: Test = (value) => Array.isArray(value) && value.length === operand;
  return { op: '$size', operand, expandsLeaf: false, test };
}

/** `$regex`, with the options of `$options` if it has none of its own. */
export function regexMatch(operand: unknown, options: unknown = null): Predicate {
  ensure(options === null || typeof options === 'string', 2, '$options has to be a string');
  if (operand instanceof BSONRegExp) {
    const isTwice = options !== null && operand.options !== '';
    ensure(!isTwice, 2, 'options set in both $regex and $options');
    return regexLeaf(new BSONRegExp(operand.pattern, options ?? operand.options));
  }
  ensure(typeof operand === 'string', 2, '$regex has to be a string');
  return regexLeaf(new BSONRegExp(operand, options ?? ''));
}

function regexLeaf(operand: BSONRegExp): Predicate {
  return leaf('$regex', operand, matchOf(compileRegex(operand.pattern, operand.options)));
}

const matchOf =
  (regex: RegExp): Test =>
  (value) =>
    typeof value === 'string' && regex.test(value);

/** `$mod: [divisor, remainder]`; both are cut to whole numbers. */
export function remainder(operand: unknown): Predicate {
  if (!Array.isArray(operand)) throw badValue('malformed mod, needs to be an array');
  if (operand.length < 2) throw badValue('malformed mod, not enough elements');
  if (operand.length > 2) throw badValue('malformed mod, too many elements');
  const [divisor, rest] = operand.map(Math.trunc);
  if (!Number.isFinite(divisor) || !Number.isFinite(rest)) throw badValue('malformed mod, not a number');
  if (divisor === 0) throw badValue('divisor cannot be 0');
  return leaf('$mod', operand, (value) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return false;
    return (Math.trunc(value) % Number(divisor)) - Number(rest) === 0;
  });
}

const TYPE_NUMBERS: Readonly<Record<number, string>> = {
  1: 'double',
  2: 'string',
  3: 'object',
  4: 'array',
  5: 'binData',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  10: 'null',
  16: 'int',
};
const TYPE_NAMES = new Set([
  ...Object.values(TYPE_NUMBERS),
  'number',
  'long',
  'decimal',
  'regex',
  'timestamp',
]);

/** `$type`: an alias, a type number, or a list of them. */
export function hasType(operand: unknown): Predicate {
  const wanted = new Set((Array.isArray(operand) ? operand : [operand]).map(typeAlias));
  if (wanted.size === 0) throw badValue('a must match at least one type');
  return leaf('$type', operand, (value) => {
    if (value === undefined) return false;
    return wanted.has(typeName(value)) || (wanted.has('number') && rankOf(value) === RANK.number);
  });
}

function typeAlias(type: unknown): string {
  const alias = typeof type === 'number' ? TYPE_NUMBERS[type] : type;
  if (typeof alias === 'string' && TYPE_NAMES.has(alias)) return alias;
  throw badValue(`Unknown type name alias: ${String(type)}`);
}
