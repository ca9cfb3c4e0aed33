import { decode, encode } from '../values/bson.ts';
import { namespaceOf } from './collection.ts';
import type { Collection, Index, IndexSpec } from './collection.ts';
import { catalogEntryOf, countsOf, entryOf, indexOf } from './catalog-entry.ts';
import type { CatalogEntry } from './catalog-entry.ts';
import { CATALOG_TABLE, COUNTS_TABLE, FIRST_TABLE, recordOf, tableKey, tableRange } from './keyspace.ts';
import { checkNamespace } from './namespace.ts';
import type { Store } from './store.ts';

const ALL = Number.MAX_SAFE_INTEGER;
const REMOVE_AT_ONCE = 10_000;
const ID_INDEX: IndexSpec = {
  name: '_id_',
  key: { _id: 1 },
  unique: true,
  sparse: false,
  partialFilterExpression: null,
  expireAfterSeconds: null,
  hidden: false,
};

/** All collections of a store. What changes them has to run within a transaction. */
export class Catalog {
  private readonly store: Store;
  private readonly collections = new Map<string, Collection>();
  private nextTable = FIRST_TABLE; // never goes back, so that a cursor on a dropped collection finds nothing
  private hasChanged = false; // collections or indexes, since the last transaction was finished

  constructor(store: Store) {
    this.store = store;
    this.reload();
  }

  /** Forgets what is in memory for what is on disk. */
  reload(): void {
    this.collections.clear();
    this.hasChanged = false;
    for (const { value } of this.store.entries({ ...tableRange(CATALOG_TABLE), isReverse: false }, ALL)) {
      const collection = load(this.store, catalogEntryOf(decode(value)));
      this.collections.set(namespaceOf(collection), collection);
      for (const { table } of [collection, ...collection.indexes]) {
        this.nextTable = Math.max(this.nextTable, table + 1);
      }
    }
  }

  /** Brings memory back to what is on disk, after a write was undone. */
  undo(): void {
    if (this.hasChanged || this.all().some(({ isDirty }) => isDirty)) this.reload();
  }

  find(db: string, name: string): Collection | undefined {
    return this.collections.get(`${db}.${name}`);
  }

  findOrCreate(db: string, name: string): Collection {
    return this.find(db, name) ?? this.create(db, name);
  }

  all(): Collection[] {
    return [...this.collections.values()];
  }

  /** The collections of one database. */
  of(db: string): Collection[] {
    return this.all().filter((collection) => collection.db === db);
  }

  /** @throws {CommandError} 73 – a name MongoDB does not allow. */
  create(db: string, name: string): Collection {
    checkNamespace(db, name);
    const indexes = [indexOf(ID_INDEX, this.takeTable())];
    const table = this.takeTable();
    const counts = { documents: 0, bytes: 0 };
    const collection = { db, name, table, indexes, counts, nextRecord: 1, isDirty: true };
    this.collections.set(namespaceOf(collection), collection);
    this.save(collection);
    return collection;
  }

  drop(collection: Collection): void {
    for (const { table } of [collection, ...collection.indexes]) clearTable(this.store, table);
    this.store.remove(countsKey(collection));
    this.forget(collection);
  }

  rename(collection: Collection, to: { db: string; name: string }): void {
    checkNamespace(to.db, to.name);
    this.forget(collection);
    const renamed = { ...collection, ...to };
    this.collections.set(namespaceOf(renamed), renamed);
    this.save(renamed);
  }

  /** An empty index that nobody knows yet; the documents that are there have to be put into it before it is added. */
  newIndex(spec: IndexSpec): Index {
    return indexOf(spec, this.takeTable());
  }

  /** Lets everybody use an index that is full. */
  addIndex(collection: Collection, index: Index): void {
    collection.indexes.push(index);
    this.save(collection);
  }

  /** Removes what an index holds that was never added. */
  clearIndex({ table }: Index): void {
    clearTable(this.store, table);
  }

  /** Removes what is left of indexes that were being made when the process ended. */
  clearUnfinished(): void {
    clearTables(this.store, { ...tableRange(this.nextTable), high: PAST_ALL });
  }

  removeIndex(collection: Collection, index: Index): void {
    clearTable(this.store, index.table);
    collection.indexes.splice(collection.indexes.indexOf(index), 1);
    this.save(collection);
  }

  /** Replaces an index's description, without touching its keys. */
  changeIndex(collection: Collection, index: Index, change: Partial<IndexSpec>): void {
    const at = collection.indexes.indexOf(index);
    collection.indexes[at] = { ...index, spec: { ...index.spec, ...change } };
    this.save(collection);
  }

  /** Writes down counts and index marks that changed; the last thing in every write. */
  saveCounts(): void {
    for (const collection of this.collections.values()) {
      if (collection.isDirty) saveCounts(this.store, collection);
    }
    this.hasChanged = false;
  }

  private takeTable(): number {
    this.nextTable += 1;
    return this.nextTable - 1;
  }

  private save(collection: Collection): void {
    this.store.put(catalogKey(collection), encode(entryOf(collection)));
    collection.isDirty = true;
    this.hasChanged = true;
  }

  private forget(collection: Collection): void {
    this.store.remove(catalogKey(collection));
    this.collections.delete(namespaceOf(collection));
    this.hasChanged = true;
  }
}

function saveCounts(store: Store, collection: Collection): void {
  const marks = collection.indexes.map(({ table, isMultikey, hasCutKeys }) => ({
    table,
    isMultikey,
    hasCutKeys,
  }));
  store.put(countsKey(collection), encode({ ...collection.counts, marks }));
  collection.isDirty = false;
}

function load(store: Store, entry: CatalogEntry): Collection {
  const { db, name, table } = entry;
  const indexes = entry.indexes.map(({ spec, table: indexTable }) => indexOf(spec, indexTable));
  const kept = store.peek(countsKey(entry));
  const { documents, bytes, marks } = countsOf(kept ? decode(kept) : {});
  for (const index of indexes) {
    const mark = marks.find((each) => each.table === index.table);
    index.isMultikey = mark?.isMultikey ?? false;
    index.hasCutKeys = mark?.hasCutKeys ?? false;
  }
  const [last] = store.keys({ ...tableRange(table), isReverse: true }, 1);
  const nextRecord = last ? recordOf(last) + 1 : 1;
  return { db, name, table, indexes, counts: { documents, bytes }, nextRecord, isDirty: false };
}

const catalogKey = (collection: { db: string; name: string }): Buffer =>
  tableKey(CATALOG_TABLE, Buffer.from(namespaceOf(collection)));

const countsKey = ({ table }: { table: number }): Buffer =>
  tableKey(COUNTS_TABLE, tableKey(table, Buffer.alloc(0)));

const PAST_ALL = Buffer.alloc(5, 0xff);

const clearTable = (store: Store, table: number): void => clearTables(store, tableRange(table));

function clearTables(store: Store, range: { low: Buffer; high: Buffer }): void {
  for (;;) {
    const keys = store.keys({ ...range, isReverse: false }, REMOVE_AT_ONCE);
    for (const key of keys) store.remove(key);
    if (keys.length < REMOVE_AT_ONCE) return;
  }
}
