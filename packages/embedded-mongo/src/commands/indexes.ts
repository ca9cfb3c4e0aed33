import { parseIndexSpec, sameIndex } from '../index/spec.ts';
import type { Call, CommandTable } from '../engine/engine.ts';
import type { Steps } from '../engine/write-queue.ts';
import { CommandError, badValue, ensure } from '../errors.ts';
import { shellText } from '../storage/duplicate-key.ts';
import { scan } from '../index/scan.ts';
import { indexDocument } from '../storage/documents.ts';
import type { Collection, Index, IndexSpec } from '../storage/collection.ts';
import { encode, isDoc } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import { equalValues } from '../values/compare.ts';
import type { Answer } from '../wire/reply.ts';
import { collectionName, collectionOf, existingCollectionOf, madeCollectionOf } from './collection-of.ts';
import { countOption, docOption, docsOption } from './options.ts';

/** MongoDB's limit of indexes of one collection. */
const MAX_INDEXES = 64;

/** All of them or none; nobody sees one before the last is full. */
function* runCreateIndexes(call: Call): Steps<Doc> {
  const existed = collectionOf(call) !== undefined;
  const specs = docsOption(call.request.body, 'indexes').map(parseIndexSpec);
  if (specs.length === 0) throw badValue('Must specify at least one index to create');
  const collection = madeCollectionOf(call);
  const before = collection.indexes.length;
  const made = newIndexes(call, collection, specs);
  yield* fillIndexes(call, collection, made);
  for (const index of made) call.engine.catalog.addIndex(collection, index);
  const after = collection.indexes.length;
  const note = after === before ? { note: 'all indexes already exist' } : {};
  return {
    numIndexesBefore: before,
    numIndexesAfter: after,
    createdCollectionAutomatically: !existed,
    ...note,
  };
}

function newIndexes({ engine }: Call, collection: Collection, specs: readonly IndexSpec[]): Index[] {
  const made: Index[] = [];
  for (const spec of specs) {
    const indexes = [...collection.indexes, ...made];
    if (isThere(indexes, spec)) continue;
    const message = `add index fails, too many indexes for ${collection.db}.${collection.name}`;
    ensure(indexes.length < MAX_INDEXES, 67, message);
    made.push(engine.catalog.newIndex(spec));
  }
  return made;
}

/** Puts all documents into the indexes; when one does not fit, nothing stays of what earlier steps have put there. */
function* fillIndexes(call: Call, collection: Collection, indexes: readonly Index[]): Steps<void> {
  const { catalog } = call.engine;
  try {
    yield* putAll(call, collection, indexes);
  } catch (error) {
    for (const index of indexes) catalog.clearIndex(index);
    yield; // what fails is undone, so this has to be kept first
    throw error;
  }
}

function* putAll({ engine }: Call, collection: Collection, indexes: readonly Index[]): Steps<void> {
  const { store, writes } = engine;
  const plan = { kind: 'collection' } as const;
  for (const index of indexes) {
    for (const kept of scan(store, collection, { plan, examined: { keys: 0, documents: 0 } })) {
      indexDocument(store, collection, { index, kept });
      if (writes.isOver()) yield;
    }
  }
}

/**
 * Whether the index is there already.
 *
 * @throws {CommandError} 85 – but with another name or other options; 86 – its name belongs to another one.
 */
function isThere(indexes: readonly Index[], spec: IndexSpec): boolean {
  const named = indexes.find((index) => index.spec.name === spec.name);
  const same = named ?? indexes.find((index) => hasSameSignature(index.spec, spec));
  if (!same) return false;
  const isSame = sameIndex(same.spec, spec);
  if (isSame && (named ?? '_id' in spec.key)) return true;
  ensure(!isSame, 85, `Index already exists with a different name: ${same.spec.name}`);
  const requested = `Requested index: ${JSON.stringify(spec)}, existing index: ${JSON.stringify(same.spec)}`;
  const isAnother = !hasSameSignature(same.spec, spec);
  ensure(!isAnother, 86, `An existing index has the same name as the requested index. ${requested}`);
  throw new CommandError(85, `An equivalent index already exists with different options. ${requested}`);
}

/** Indexes that differ in none of these cannot be there together. Source: `IndexDescriptor::compareIndexOptions` of mongo. */
const hasSameSignature = (left: IndexSpec, right: IndexSpec): boolean =>
  sameKey(left.key, right.key) &&
  left.unique === right.unique &&
  left.sparse === right.sparse &&
  equalValues(left.partialFilterExpression, right.partialFilterExpression);

const sameKey = (left: Doc, right: Doc): boolean => equalValues(left, right);

function runListIndexes(call: Call): Answer | Promise<Answer> {
  const collection = existingCollectionOf(call);
  return call.engine.cursors.open({
    namespace: `${collection.db}.${collection.name}`,
    documents: collection.indexes.map(({ spec }) => encode(shown(spec))),
    batchSize: countOption(docOption(call.request.body, 'cursor'), 'batchSize', 101),
    isSingleBatch: false,
  });
}

/** An index as `listIndexes` shows it. */
function shown(spec: IndexSpec): Doc {
  return {
    v: 2,
    key: spec.key,
    name: spec.name,
    ...(spec.unique && spec.name !== '_id_' ? { unique: true } : {}),
    ...(spec.sparse ? { sparse: true } : {}),
    ...(spec.hidden ? { hidden: true } : {}),
    ...(spec.partialFilterExpression ? { partialFilterExpression: spec.partialFilterExpression } : {}),
    ...(spec.expireAfterSeconds === null ? {} : { expireAfterSeconds: spec.expireAfterSeconds }),
  };
}

function runDropIndexes(call: Call): Doc {
  const collection = existingCollectionOf(call);
  const nIndexesWas = collection.indexes.length;
  for (const index of indexesToDrop(collection, call.request.body['index'])) {
    call.engine.catalog.removeIndex(collection, index);
  }
  call.engine.cursors.killAll(`${collection.db}.${collectionName(call)}`);
  return { nIndexesWas };
}

function indexesToDrop(collection: Collection, wanted: unknown): Index[] {
  if (wanted === '*') return collection.indexes.filter(({ spec }) => spec.name !== '_id_');
  if (Array.isArray(wanted)) return wanted.flatMap((name: unknown) => indexesToDrop(collection, name));
  const found = collection.indexes.find(({ spec }) => isMeant(spec, wanted));
  ensure(found, 27, `index not found with name or key [${shellText(wanted)}]`);
  ensure(found.spec.name !== '_id_', 72, 'cannot drop _id index');
  return [found];
}

function isMeant(spec: IndexSpec, wanted: unknown): boolean {
  ensure(typeof wanted === 'string' || isDoc(wanted), 14, "BSON field 'dropIndexes.index' is the wrong type");
  return typeof wanted === 'string' ? spec.name === wanted : sameKey(spec.key, wanted);
}

/** Commands about indexes. */
export const indexCommands: CommandTable = {
  createIndexes: {
    isWrite: 'alone in steps',
    fields: { known: ['indexes', 'commitQuorum', 'ignoreUnknownIndexOptions'] },
    run: runCreateIndexes,
  },
  listIndexes: {
    isWrite: false,
    fields: { known: ['cursor'], refused: ['includeBuildUUIDs', 'includeIndexBuildInfo'] },
    run: runListIndexes,
  },
  dropIndexes: { isWrite: true, fields: { known: ['index'] }, run: runDropIndexes },
};
