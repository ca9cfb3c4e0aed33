import { parseFilter } from '../query/filter.ts';
import { isDoc } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import type { Collection, Index, IndexSpec } from './collection.ts';

/** A collection as it is written down. */
export type CatalogEntry = {
  readonly db: string;
  readonly name: string;
  readonly table: number;
  readonly indexes: readonly { readonly spec: IndexSpec; readonly table: number }[];
};

/** Reads a collection's description. */
export function catalogEntryOf(doc: Doc): CatalogEntry {
  const indexes = docsIn(doc['indexes']).map((entry) => ({
    spec: specOf(isDoc(entry['spec']) ? entry['spec'] : {}),
    table: Number(entry['table']),
  }));
  return { db: String(doc['db']), name: String(doc['name']), table: Number(doc['table']), indexes };
}

function specOf(doc: Doc): IndexSpec {
  const { name, key, unique, sparse, partialFilterExpression, expireAfterSeconds, hidden } = doc;
  return {
    name: String(name),
    key: isDoc(key) ? key : {},
    unique: unique === true,
    sparse: sparse === true,
    partialFilterExpression: isDoc(partialFilterExpression) ? partialFilterExpression : null,
    expireAfterSeconds: typeof expireAfterSeconds === 'number' ? expireAfterSeconds : null,
    hidden: hidden === true,
  };
}

/** A collection's counts and its indexes' marks. */
export type Counts = {
  readonly documents: number;
  readonly bytes: number;
  readonly marks: readonly {
    readonly table: number;
    readonly isMultikey: boolean;
    readonly hasCutKeys: boolean;
  }[];
};

/** Reads a collection's counts; all zero if there are none yet. */
export function countsOf(doc: Doc): Counts {
  const marks = docsIn(doc['marks']).map(({ table, isMultikey, hasCutKeys }) => ({
    table: Number(table),
    isMultikey: isMultikey === true,
    hasCutKeys: hasCutKeys === true,
  }));
  return { documents: Number(doc['documents'] ?? 0), bytes: Number(doc['bytes'] ?? 0), marks };
}

const docsIn = (value: unknown): Doc[] => (Array.isArray(value) ? value.filter(isDoc) : []);

/** A collection as it is to be written down. */
export function entryOf({ db, name, table, indexes }: Collection): Doc {
  return { db, name, table, indexes: indexes.map((index) => ({ table: index.table, spec: index.spec })) };
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
