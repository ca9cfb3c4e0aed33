import { CommandError, badValue, ensure, notImplemented, typeMismatch } from '../errors.ts';
import { Decimal128, Long, isDoc, setOwn } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import { typeName } from '../values/types.ts';
import type { Request } from '../wire/message.ts';

/** Fields that any command may have. */
const GENERIC = new Set([
  '$db',
  '$clusterTime',
  '$readPreference',
  'apiDeprecationErrors',
  'apiStrict',
  'apiVersion',
  'comment',
  'lsid',
  'maxTimeMS',
  'readConcern',
  'writeConcern',
]);

/** The fields of one command: those it knows, and those it knows but cannot do. */
export type Fields = { readonly known: readonly string[]; readonly refused?: readonly string[] };

/**
 * Makes sure nothing in the command is silently passed over.
 *
 * @throws {CommandError} 40415 – an unknown field; 238 – one that is not implemented; 20 – a transaction.
 */
export function checkFields({ name, body }: Request, fields: Fields): void {
  const inTransaction = ['txnNumber', 'startTransaction', 'autocommit'].some((field) => field in body);
  ensure(!inTransaction, 20, 'Transaction numbers are only allowed on a replica set member or mongos');
  const specific = Object.entries(body).filter(([field], at) => at > 0 && !GENERIC.has(field));
  checkStatement(name, Object.fromEntries(specific), fields);
}

/** An option that says nothing (false, null, an empty document) may stand there. */
const isGiven = (value: unknown): boolean =>
  value !== false && value !== null && !(isDoc(value) && Object.keys(value).length === 0);

/**
 * Query values with 64-bit integers as plain numbers.
 *
 * @throws {CommandError} 2 – one too large for that, or a Decimal128.
 */
export function plain(value: unknown): unknown {
  if (value instanceof Long) {
    const number = value.toNumber();
    if (Number.isSafeInteger(number)) return number;
    throw badValue(`the 64-bit integer ${value.toString()} is too large for the embedded database`);
  }
  if (value instanceof Decimal128) throw notImplemented('Decimal128');
  if (Array.isArray(value)) return value.map(plain);
  if (!isDoc(value)) return value;
  const copy: Doc = {};
  for (const [name, field] of Object.entries(value)) setOwn(copy, name, plain(field));
  return copy;
}

/** A document among the options, `{}` if there is none. Its numbers are plain. */
export function docOption(body: Doc, field: string): Doc {
  const value = body[field];
  if (value === undefined || value === null) return {};
  const doc = plain(value);
  if (isDoc(doc)) return doc;
  throw typeMismatch(`BSON field '${field}' is the wrong type '${typeName(value)}', expected type 'object'`);
}

/** A whole number that is not negative, or `fallback`. */
export function countOption(body: Doc, field: string, fallback: number): number {
  const value = plain(body[field]);
  if (value === undefined || value === null) return fallback;
  if (typeof value !== 'number') {
    throw typeMismatch(
      `BSON field '${field}' is the wrong type '${typeName(value)}', expected types '[long, int, decimal, double]'`,
    );
  }
  const count = Math.trunc(value);
  if (count < 0)
    throw new CommandError(51024, `BSON field '${field}' value must be >= 0, actual value '${count}'`);
  return count;
}

/** A text the command cannot do without, such as the name of the collection. */
export function nameOption(body: Doc, field: string): string {
  const value = body[field];
  if (typeof value === 'string' && value !== '') return value;
  if (value === '') throw new CommandError(73, `Invalid namespace specified: ${field} is empty`);
  throw new CommandError(73, `collection name has invalid type ${typeName(value)}`);
}

/** A list of documents, decoded with plain numbers. */
export function docsOption(body: Doc, field: string): Doc[] {
  const value = body[field];
  if (Array.isArray(value) && value.every(isDoc)) return value.map((each) => docOption({ each }, 'each'));
  throw typeMismatch(`'${field}' option must be specified as an array of documents`);
}

/** Like `checkFields` for one statement of a write command. */
export function checkStatement(name: string, statement: Doc, { known, refused = [] }: Fields): void {
  for (const [field, value] of Object.entries(statement)) {
    if (known.includes(field)) continue;
    if (!refused.includes(field))
      throw new CommandError(40415, `BSON field '${name}.${field}' is an unknown field.`);
    if (isGiven(value)) throw notImplemented(`'${field}' of '${name}'`);
  }
}
