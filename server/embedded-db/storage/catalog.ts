import { CommandError } from '../errors.ts';
import { parseFilter } from '../query/filter.ts';
import { decode, encode } from '../values/bson.ts';
import { namespaceOf } from './collection.ts';
import type { Collection, Index, IndexSpec } from './collection.ts';
import { catalogEntryOf, countsOf } from './catalog-entry.ts';
import type { CatalogEntry } from './catalog-entry.ts';
import { CATALOG_TABLE, COUNTS_TABLE, FIRST_TABLE, recordOf, tableKey, tableRange } from './keyspace.ts';
import type { Store } from './store.ts';

/** All collections; what changes them has to run within a transaction. */
export type Catalog = ReturnType<typeof openCatalog>;

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

/** Reads the catalog of a store. */
export function openCatalog(store: Store) {
  const collections = new Map<string, Collection>();
  let nextTable = FIRST_TABLE; // never goes back, so that a cursor on a dropped collection finds nothing
  let hasChanged = false; // collections or indexes, since the last transaction was finished

  /** Forgets what is in memory for what is on disk, after a transaction was undone. */
  function reload(): void {
    collections.clear();
    hasChanged = false;
    for (const { value } of store.entries({ ...tableRange(CATALOG_TABLE), isReverse: false }, ALL)) {
      const collection = load(store, catalogEntryOf(decode(value)));
      collections.set(namespaceOf(collection), collection);
      for (const { table } of [collection, ...collection.indexes]) nextTable = Math.max(nextTable, table + 1);
    }
  }

  const takeTable = (): number => {
    nextTable += 1;
    return nextTable - 1;
  };

  function save(collection: Collection): void {
    const { db, name, table } = collection;
    const indexes = collection.indexes.map((index) => ({ table: index.table, spec: index.spec }));
    store.put(catalogKey(collection), encode({ db, name, table, indexes }));
    collection.isDirty = true;
    hasChanged = true;
  }

  function create(db: string, name: string): Collection {
    checkNamespace(db, name);
    const indexes = [indexOf(ID_INDEX, takeTable())];
    const collection: Collection = {
      db,
      name,
      table: takeTable(),
      indexes,
      counts: { documents: 0, bytes: 0 },
      nextRecord: 1,
      isDirty: true,
    };
    save(collection);
    collections.set(namespaceOf(collection), collection);
    return collection;
  }

  function drop(collection: Collection): void {
    for (const { table } of [collection, ...collection.indexes]) clearTable(store, table);
    store.remove(countsKey(collection));
    store.remove(catalogKey(collection));
    collections.delete(namespaceOf(collection));
    hasChanged = true;
  }

  reload();
  return {
    reload,
    create,
    drop,
    find: (db: string, name: string): Collection | undefined => collections.get(`${db}.${name}`),
    findOrCreate: (db: string, name: string): Collection =>
      collections.get(`${db}.${name}`) ?? create(db, name),
    all: (): Collection[] => [...collections.values()],
    of: (db: string): Collection[] => [...collections.values()].filter((collection) => collection.db === db),
    addIndex(collection: Collection, spec: IndexSpec): Index {
      const index = indexOf(spec, takeTable());
      collection.indexes.push(index);
      save(collection);
      return index;
    },
    removeIndex(collection: Collection, index: Index): void {
      clearTable(store, index.table);
      collection.indexes.splice(collection.indexes.indexOf(index), 1);
      save(collection);
    },
    rename(collection: Collection, to: { db: string; name: string }): void {
      checkNamespace(to.db, to.name);
      store.remove(catalogKey(collection));
      collections.delete(namespaceOf(collection));
      const renamed = { ...collection, ...to };
      collections.set(namespaceOf(renamed), renamed);
      save(renamed);
    },
    /** Replaces an index's description, without touching its keys. */
    changeIndex(collection: Collection, index: Index, change: Partial<IndexSpec>): void {
      const at = collection.indexes.indexOf(index);
      collection.indexes[at] = { ...index, spec: { ...index.spec, ...change } };
      save(collection);
    },
    /** Writes down counts and index marks that changed; the last thing in every transaction. */
    saveCounts(): void {
      for (const collection of collections.values()) {
        if (collection.isDirty) saveCounts(store, collection);
      }
      hasChanged = false;
    },
    /** Brings memory back to what is on disk, after a write was undone. */
    undo(): void {
      if (hasChanged || [...collections.values()].some(({ isDirty }) => isDirty)) reload();
    },
  };
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

/** An index ready for use. */
export function indexOf(spec: IndexSpec, table: number): Index {
  const fields = Object.entries(spec.key).map(([path, direction]) => ({
    path,
    isDescending: Number(direction) < 0,
  }));
  const paths = fields.map(({ path }) => path.split('.'));
  const partial = spec.partialFilterExpression && parseFilter(spec.partialFilterExpression);
  return { spec, table, fields, paths, partial, isMultikey: false, hasCutKeys: false };
}

const catalogKey = (collection: { db: string; name: string }): Buffer =>
  tableKey(CATALOG_TABLE, Buffer.from(namespaceOf(collection)));

const countsKey = ({ table }: { table: number }): Buffer =>
  tableKey(COUNTS_TABLE, tableKey(table, Buffer.alloc(0)));

function clearTable(store: Store, table: number): void {
  for (;;) {
    const keys = store.keys({ ...tableRange(table), isReverse: false }, REMOVE_AT_ONCE);
    for (const key of keys) store.remove(key);
    if (keys.length < REMOVE_AT_ONCE) return;
  }
}

/** @throws {CommandError} 73 – names MongoDB does not allow. */
function checkNamespace(db: string, name: string): void {
  const namespace = `${db}.${name}`;
  const isWrong =
    db === '' || /[\s/\\."$*<>:|?\0]/.test(db) || name === '' || /[$\0]/.test(name) || name.startsWith('.');
  if (isWrong || Buffer.byteLength(namespace) > 255)
    throw new CommandError(73, `Invalid namespace specified '${namespace}'`);
  if (name.startsWith('system.')) throw new CommandError(73, `cannot write to '${namespace}'`);
}
