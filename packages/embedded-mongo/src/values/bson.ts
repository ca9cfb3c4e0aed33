import { BSONRegExp, Binary, Decimal128, Long, ObjectId, deserialize, serialize } from 'bson';

export { BSONRegExp, Binary, Decimal128, Long, ObjectId };

/** A decoded document. A field that is not there reads as `undefined`; BSON's own `undefined` is never kept. */
export type Doc = Record<string, unknown>;

/** 16 MiB, the largest document MongoDB keeps. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** Reads one document; every call gives fresh objects, so nobody can write into the store. */
export function decode(bytes: Uint8Array): Doc {
  return deserialize(bytes, { promoteLongs: false, promoteBuffers: false, bsonRegExp: true });
}

/** Writes one document; fields that are `undefined` are left out. */
export function encode(doc: Doc): Buffer {
  const bytes = serialize(doc, { ignoreUndefined: true });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Whether `value` is an embedded document (and not an array, date, id or other scalar). */
export function isDoc(value: unknown): value is Doc {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The document's own field; names such as `constructor` are no exception. */
export function own(doc: Doc, name: string): unknown {
  return Object.hasOwn(doc, name) ? doc[name] : undefined;
}

/** Sets a field, also one named `__proto__`. */
export function setOwn(doc: Doc, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(doc, name, { value, enumerable: true, writable: true, configurable: true });
  } else doc[name] = value;
}

/** A deep copy of containers; scalars are shared, as nobody edits them. */
export function copyValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyValue);
  if (!isDoc(value)) return value;
  const copy: Doc = {};
  for (const name of Object.keys(value)) setOwn(copy, name, copyValue(value[name]));
  return copy;
}
