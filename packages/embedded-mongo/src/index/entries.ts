import { createHash } from 'node:crypto';
import { MAX_KEY_BYTES, tableKey } from '../storage/keyspace.ts';
import type { Index } from '../storage/collection.ts';
import type { Doc } from '../values/bson.ts';
import { KeyWriter } from '../values/key.ts';
import { tuplesOf } from './tuples.ts';

const writer = new KeyWriter();

/** The keys of one document in one index. */
export type IndexKeys = {
  /** By their bytes, so that two documents' keys can be compared. */
  readonly byText: ReadonlyMap<string, { readonly key: Buffer; readonly values: readonly unknown[] }>;
  readonly isMultikey: boolean;
  readonly hasCutKeys: boolean;
};

const NO_KEYS: IndexKeys = { byText: new Map(), isMultikey: false, hasCutKeys: false };

/**
 * The keys of a document in an index; none if a sparse or partial index leaves it out.
 *
 * @throws {CommandError} 171 – two indexed fields are arrays.
 */
export function indexKeysOf(index: Index, doc: Doc): IndexKeys {
  if (index.partial && !index.partial.test(doc)) return NO_KEYS;
  const tuples = tuplesOf(doc, index.paths);
  if (index.spec.sparse && tuples.every((tuple) => tuple.every((value) => value === undefined)))
    return NO_KEYS;
  const byText = new Map<string, { key: Buffer; values: readonly unknown[] }>();
  let hasCutKeys = false;
  for (const values of tuples) {
    const key = keyOfTuple(index, values);
    hasCutKeys ||= key.length > MAX_KEY_BYTES;
    byText.set(key.toString('latin1'), { key, values });
  }
  return { byText, isMultikey: tuples.length > 1, hasCutKeys };
}

/** The key of one tuple: the index's table, then its values in their direction; too long a key is cut and ends in a hash. */
function keyOfTuple(index: Index, values: readonly unknown[]): Buffer {
  writer.clear();
  for (const [at, { isDescending }] of index.fields.entries()) writer.value(values[at], isDescending);
  const key = tableKey(index.table, writer.take());
  if (key.length <= MAX_KEY_BYTES) return key;
  return Buffer.concat([key.subarray(0, MAX_KEY_BYTES), createHash('sha256').update(key).digest()]);
}
