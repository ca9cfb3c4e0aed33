import { CommandError, ensure, notImplemented, typeMismatch } from '../errors.ts';
import { parseFilter } from '../query/filter.ts';
import type { IndexSpec } from '../storage/collection.ts';
import { isDoc } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import { equalValues } from '../values/compare.ts';
import { isTruthy, typeName } from '../values/types.ts';

const KNOWN = new Set([
  'key',
  'name',
  'unique',
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'hidden',
  'background',
  'v',
  'ns',
]);
/** What MongoDB knows and this server does not. */
const REFUSED = new Set([
  'collation',
  'weights',
  'default_language',
  'language_override',
  'textIndexVersion',
  '2dsphereIndexVersion',
  'bits',
  'min',
  'max',
  'wildcardProjection',
  'storageEngine',
  'prepareUnique',
  'clustered',
]);
const SECONDS_LIMIT = 2 ** 31 - 1;
/** Operators a partial index may be limited by. Source: MongoDB manual, "Partial Indexes". */
const PARTIAL_OPERATORS = new Set([
  '$eq',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$in',
  '$exists',
  '$type',
  '$and',
  '$or',
]);

/**
 * Reads the description of an index.
 *
 * @throws {CommandError} 67, 14, 197 – it describes none; 238 – one of a kind that is not implemented.
 */
export function parseIndexSpec(doc: Doc): IndexSpec {
  checkOptions(doc);
  const key = keyOf(doc['key']);
  if (isIdKey(key)) checkIdOptions(doc);
  const { name = defaultName(key) } = doc;
  ensure(typeof name === 'string' && name !== '', 67, 'The index name must be a non-empty string');
  const partialFilterExpression = partialOf(doc['partialFilterExpression']);
  const sparse = flagOf(doc, 'sparse');
  const isBoth = partialFilterExpression !== null && sparse;
  ensure(!isBoth, 67, 'cannot mix "partialFilterExpression" and "sparse" options');
  return {
    name: isIdKey(key) ? '_id_' : name,
    key,
    unique: flagOf(doc, 'unique') || isIdKey(key),
    sparse,
    partialFilterExpression,
    expireAfterSeconds: secondsOf(doc['expireAfterSeconds'], key),
    hidden: flagOf(doc, 'hidden'),
  };
}

/** A bool, or a number in its place. */
function flagOf(doc: Doc, field: string): boolean {
  const value = doc[field] ?? false;
  if (typeof value === 'boolean' || typeof value === 'number') return isTruthy(value);
  throw typeMismatch(`The field '${field}' has to be a bool, but got ${typeName(value)}`);
}

/** What the index of `_id` may be told. */
const ID_OPTIONS = new Set(['key', 'name', 'v', 'ns', 'collation', 'background']);

function checkIdOptions(doc: Doc): void {
  const other = Object.keys(doc).find((field) => !ID_OPTIONS.has(field));
  ensure(!other, 197, `The field '${other}' is not valid for an _id index specification`);
}

const isIdKey = (key: Doc): boolean => equalValues(key, { _id: 1 });

function checkOptions(doc: Doc): void {
  for (const [field, value] of Object.entries(doc)) {
    if (KNOWN.has(field)) continue;
    if (REFUSED.has(field) && !isSimpleCollation(value)) throw notImplemented(`the index option '${field}'`);
    if (!REFUSED.has(field)) {
      throw new CommandError(
        197,
        `The field '${field}' is not valid for an index specification. Specification: ${JSON.stringify(doc)}`,
      );
    }
  }
}

const isSimpleCollation = (value: unknown): boolean => isDoc(value) && value['locale'] === 'simple';

function keyOf(key: unknown): Doc {
  if (!isDoc(key)) throw typeMismatch(`The field 'key' must be an object, but got ${typeName(key)}`);
  const fields = Object.entries(key);
  if (fields.length === 0) throw new CommandError(67, 'Index keys cannot be an empty field');
  for (const [path, direction] of fields) {
    if (typeof direction === 'string') throw notImplemented(`an index of the kind '${direction}'`);
    if (typeof direction !== 'number' || direction === 0 || Number.isNaN(direction)) {
      throw new CommandError(
        67,
        `Values in v:2 index key pattern must be of type number or string and not 0. Field: ${path}`,
      );
    }
    checkPath(path);
  }
  return key;
}

function checkPath(path: string): void {
  if (path.includes('$**')) throw notImplemented('a wildcard index');
  if (path.split('.').some((part) => part === '' || part.startsWith('$'))) {
    throw new CommandError(67, `Index key contains an illegal field name: '${path}'`);
  }
}

const defaultName = (key: Doc): string =>
  Object.entries(key)
    .map(([path, direction]) => `${path}_${String(direction)}`)
    .join('_');

function secondsOf(value: unknown, key: Doc): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'number' || value < 0 || value > SECONDS_LIMIT) {
    throw new CommandError(
      67,
      `TTL index 'expireAfterSeconds' option must be within an acceptable range, between 0 and ${SECONDS_LIMIT}`,
    );
  }
  if (Object.keys(key).length > 1)
    throw new CommandError(67, 'TTL indexes are single-field indexes, compound indexes do not support TTL');
  if ('_id' in key)
    throw new CommandError(197, "The field 'expireAfterSeconds' is not valid for an _id index specification");
  return Math.trunc(value);
}

function partialOf(filter: unknown): Doc | null {
  if (filter === undefined || filter === null) return null;
  ensure(isDoc(filter), 14, "The field 'partialFilterExpression' must be an object");
  parseFilter(filter);
  const wrong = operatorsIn(filter).find((name) => !PARTIAL_OPERATORS.has(name));
  ensure(!wrong, 67, `Expression not supported in partial index: ${wrong}`);
  return filter;
}

function operatorsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(operatorsIn);
  if (!isDoc(value)) return [];
  return Object.entries(value).flatMap(([name, part]) => [
    ...(name.startsWith('$') ? [name] : []),
    ...operatorsIn(part),
  ]);
}

/** Whether two descriptions mean the same index, whatever its name. */
export function sameIndex(left: IndexSpec, right: IndexSpec): boolean {
  return equalValues({ ...left, name: '', hidden: false }, { ...right, name: '', hidden: false });
}
