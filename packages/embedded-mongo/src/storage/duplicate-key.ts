import { CommandError } from '../errors.ts';
import { BSONRegExp, Binary, ObjectId, isDoc } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import { EMPTY_ARRAY } from '../values/types.ts';
import type { IndexSpec } from './collection.ts';

/** 11000, worded as MongoDB words it: drivers and mongoose plugins read index and key out of the text. */
export function duplicateKey(namespace: string, spec: IndexSpec, values: readonly unknown[]): CommandError {
  const keyValue: Doc = {};
  for (const [at, path] of Object.keys(spec.key).entries()) {
    const value = values[at];
    keyValue[path] = value === undefined || value === EMPTY_ARRAY ? null : value;
  }
  const message = `E11000 duplicate key error collection: ${namespace} index: ${spec.name} dup key: ${shellText(keyValue)}`;
  return new CommandError(11000, message, { keyPattern: spec.key, keyValue });
}

/** A value as MongoDB's messages show it. */
export function shellText(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(shellText).join(', ')} ]`;
  return isDoc(value) ? docText(value) : scalarText(value);
}

function scalarText(value: object): string {
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof Binary) return `BinData(${value.sub_type}, ${value.toString('hex').toUpperCase()})`;
  return value instanceof BSONRegExp ? `/${value.pattern}/${value.options}` : String(value);
}

function docText(doc: Doc): string {
  const fields = Object.entries(doc).map(([name, value]) => `${name}: ${shellText(value)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}
