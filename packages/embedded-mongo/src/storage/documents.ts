import { indexKeysOf } from '../index/entries.ts';
import type { IndexKeys } from '../index/entries.ts';
import { decode } from '../values/bson.ts';
import { checkStorable } from '../values/check-storable.ts';
import { duplicateKey } from './duplicate-key.ts';
import { namespaceOf } from './collection.ts';
import type { Collection, Index } from './collection.ts';
import { Kept } from './kept.ts';
import { recordKey, recordOf, recordValue, sharedKey } from './keyspace.ts';
import type { Store } from './store.ts';

const NOTHING = Buffer.alloc(1);

/**
 * Adds a document.
 *
 * Everything is checked before the first write, so a refused document leaves nothing behind.
 *
 * @throws {CommandError} 11000 – a unique key is taken; 2, 10334, 171 – the document cannot be kept.
 */
export function insertDocument(store: Store, collection: Collection, bytes: Buffer): void {
  checkStorable(bytes);
  const doc = decode(bytes);
  const keys = collection.indexes.map((index) => ({ index, keys: indexKeysOf(index, doc) }));
  for (const each of keys) checkUnique(store, collection, { ...each, record: null });
  const record = collection.nextRecord;
  collection.nextRecord += 1;
  store.put(recordKey(collection.table, record), bytes);
  for (const { index, keys: added } of keys) {
    markIndex(collection, index, added);
    for (const { key } of added.byText.values()) putKey(store, index, { key, record });
  }
  count(collection, 1, bytes.length);
}

/**
 * Puts new bytes in a document's place.
 *
 * @throws {CommandError} like `insertDocument`; the old document then stays.
 */
export function replaceDocument(
  store: Store,
  collection: Collection,
  change: { old: Kept; bytes: Buffer },
): void {
  const { old, bytes } = change;
  checkStorable(bytes);
  const doc = decode(bytes);
  const changes = collection.indexes.map((index) => {
    const before = indexKeysOf(index, old.doc);
    const keys = indexKeysOf(index, doc);
    return { index, before, keys };
  });
  for (const { index, before, keys } of changes) {
    checkUnique(store, collection, { index, keys: without(keys, before), record: old.record });
  }
  for (const { index, before, keys } of changes) {
    markIndex(collection, index, keys);
    for (const { key } of without(before, keys).byText.values())
      removeKey(store, index, { key, record: old.record });
    for (const { key } of without(keys, before).byText.values())
      putKey(store, index, { key, record: old.record });
  }
  store.put(recordKey(collection.table, old.record), bytes);
  count(collection, 0, bytes.length - old.bytes.length);
}

/** Takes a document away. */
export function removeDocument(store: Store, collection: Collection, old: Kept): void {
  for (const index of collection.indexes) {
    for (const { key } of indexKeysOf(index, old.doc).byText.values()) {
      removeKey(store, index, { key, record: old.record });
    }
  }
  store.remove(recordKey(collection.table, old.record));
  count(collection, -1, -old.bytes.length);
}

/** Adds a document that is already kept to a new index. */
export function indexDocument(
  store: Store,
  collection: Collection,
  target: { index: Index; kept: Kept },
): void {
  const { index, kept } = target;
  const keys = indexKeysOf(index, kept.doc);
  checkUnique(store, collection, { index, keys, record: kept.record });
  markIndex(collection, index, keys);
  for (const { key } of keys.byText.values()) putKey(store, index, { key, record: kept.record });
}

const without = (keys: IndexKeys, others: IndexKeys): IndexKeys =>
  others.byText.size === 0
    ? keys
    : { ...keys, byText: new Map([...keys.byText].filter(([text]) => !others.byText.has(text))) };

function count(collection: Collection, documents: number, bytes: number): void {
  collection.counts.documents += documents;
  collection.counts.bytes += bytes;
  collection.isDirty = true;
}

function markIndex(collection: Collection, index: Index, keys: IndexKeys): void {
  if ((keys.isMultikey && !index.isMultikey) || (keys.hasCutKeys && !index.hasCutKeys)) {
    index.isMultikey ||= keys.isMultikey;
    index.hasCutKeys ||= keys.hasCutKeys;
    collection.isDirty = true;
  }
}

type Claim = { index: Index; keys: IndexKeys; record: number | null };

function checkUnique(store: Store, collection: Collection, { index, keys, record }: Claim): void {
  if (!index.spec.unique) return;
  for (const { key, values } of keys.byText.values()) {
    const holder = store.peek(key);
    if (holder && recordOf(holder) !== record)
      throw duplicateKey(namespaceOf(collection), index.spec, values);
  }
}

type KeyOfRecord = { key: Buffer; record: number };

function putKey(store: Store, index: Index, { key, record }: KeyOfRecord): void {
  if (index.spec.unique) store.put(key, recordValue(record));
  else store.put(sharedKey(key, record), NOTHING);
}

function removeKey(store: Store, index: Index, { key, record }: KeyOfRecord): void {
  store.remove(index.spec.unique ? key : sharedKey(key, record));
}

/** The document with this record number, or `null` if it is gone. */
export function readDocument(store: Store, collection: Collection, record: number): Kept | null {
  const view = store.peek(recordKey(collection.table, record));
  return view ? new Kept(record, Buffer.from(view)) : null;
}
