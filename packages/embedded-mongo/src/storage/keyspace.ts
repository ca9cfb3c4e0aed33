/** Where things lie in the one LMDB keyspace: four bytes say the table, what follows is the table's own key. */

/** Table of collection descriptions, keyed by namespace. */
export const CATALOG_TABLE = 0;
/** Table of running counts, keyed by the collection's table number. */
export const COUNTS_TABLE = 1;
/** The first number for collections and indexes. */
export const FIRST_TABLE = 16;

/** Six bytes are enough for 281 trillion documents in one collection. */
const RECORD_BYTES = 6;
/** Ends the indexed values, so that no value's bytes can run into the record's. */
const RECORD_MARK = 1;

/** LMDB takes keys of up to 1978 bytes; longer ones are cut and hashed. */
export const MAX_KEY_BYTES = 1900;

/** The key of something in a table. */
export function tableKey(table: number, suffix: Uint8Array): Buffer {
  const key = Buffer.allocUnsafe(4 + suffix.length);
  key.writeUInt32BE(table, 0);
  key.set(suffix, 4);
  return key;
}

/** The key of a document by its record number. */
export function recordKey(table: number, record: number): Buffer {
  const key = Buffer.allocUnsafe(4 + RECORD_BYTES);
  key.writeUInt32BE(table, 0);
  key.writeUIntBE(record, 4, RECORD_BYTES);
  return key;
}

/** The record number at the end of a key or in a value. */
export const recordOf = (bytes: Buffer): number =>
  bytes.readUIntBE(bytes.length - RECORD_BYTES, RECORD_BYTES);

/** A record number as a value. */
export function recordValue(record: number): Buffer {
  const value = Buffer.allocUnsafe(RECORD_BYTES);
  value.writeUIntBE(record, 0, RECORD_BYTES);
  return value;
}

/** An index key that several documents may share: the values, then the record. */
export function sharedKey(key: Buffer, record: number): Buffer {
  const shared = Buffer.allocUnsafe(key.length + 1 + RECORD_BYTES);
  key.copy(shared);
  shared[key.length] = RECORD_MARK;
  shared.writeUIntBE(record, key.length + 1, RECORD_BYTES);
  return shared;
}

/** All keys of a table. */
export const tableRange = (table: number): { low: Buffer; high: Buffer } => ({
  low: tableKey(table, Buffer.alloc(0)),
  high: tableKey(table + 1, Buffer.alloc(0)),
});
