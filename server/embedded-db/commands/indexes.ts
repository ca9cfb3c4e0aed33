import { parseIndexSpec, sameIndex } from '../index/spec.ts';
import type { Call, CommandTable } from '../engine/engine.ts';
import { CommandError, badValue, typeMismatch } from '../errors.ts';
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

function runCreateIndexes(call: Call): Doc {
  const existed = collectionOf(call) !== undefined;
  const specs = docsOption(call.request.body, 'indexes').map(parseIndexSpec);
  if (specs.length === 0) throw badValue('Must specify at least one index to create');
  const collection = madeCollectionOf(call);
  const before = collection.indexes.length;
  for (const spec of specs) addIndex(call, collection, spec);
  const after = collection.indexes.length;
  const note = after === before ? { note: 'all indexes already exist' } : {};
  return {
    numIndexesBefore: before,
    numIndexesAfter: after,
    createdCollectionAutomatically: !existed,
    ...note,
  };
}

function addIndex({ engine }: Call, collection: Collection, spec: IndexSpec): void {
  if (isThere(collection, spec)) return;
  if (collection.indexes.length >= MAX_INDEXES) {
    throw new CommandError(67, `add index fails, too many indexes for ${collection.db}.${collection.name}`);
  }
  const index = engine.catalog.addIndex(collection, spec);
  const plan = { kind: 'collection' } as const;
  for (const kept of scan(engine.store, collection, { plan, examined: { keys: 0, documents: 0 } })) {
    indexDocument(engine.store, collection, { index, kept });
  }
}

/** @throws {CommandError} 85, 86 – an index of that name or on those fields is there, but a different one. */
function isThere(collection: Collection, spec: IndexSpec): boolean {
  const named = collection.indexes.find((index) => index.spec.name === spec.name);
  const alike = collection.indexes.find(
    (index) =>
      sameKey(index.spec.key, spec.key) &&
      equalValues(index.spec.partialFilterExpression, spec.partialFilterExpression),
  );
  const same = named ?? alike;
  if (!same) return false;
  if (sameIndex(same.spec, spec)) {
    if (named || spec.name === '_id_' || '_id' in spec.key) return true;
    throw new CommandError(85, `Index already exists with a different name: ${same.spec.name}`);
  }
  const requested = `Requested index: ${JSON.stringify(spec)}, existing index: ${JSON.stringify(same.spec)}`;
  if (named && !sameKey(named.spec.key, spec.key)) {
    throw new CommandError(
      86,
      `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. ${requested}`,
    );
  }
  throw new CommandError(
    85,
    `An equivalent index already exists with the same name but different options. ${requested}`,
  );
}

const sameKey = (left: Doc, right: Doc): boolean => equalValues(left, right);

function runListIndexes(call: Call): Answer {
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
  const others = collection.indexes.filter(({ spec }) => spec.name !== '_id_');
  if (wanted === '*') return others;
  if (Array.isArray(wanted)) return wanted.flatMap((name: unknown) => indexesToDrop(collection, name));
  if (typeof wanted !== 'string' && !isDoc(wanted))
    throw typeMismatch("BSON field 'dropIndexes.index' is the wrong type");
  const isWanted = ({ spec }: Index): boolean =>
    typeof wanted === 'string' ? spec.name === wanted : sameKey(spec.key, wanted);
  const found = collection.indexes.find(isWanted);
  if (found?.spec.name === '_id_') throw new CommandError(72, 'cannot drop _id index');
  if (found) return [found];
  const what = typeof wanted === 'string' ? `name [${wanted}]` : `key: ${JSON.stringify(wanted)}`;
  throw new CommandError(27, `index not found with ${what}`);
}

/** Commands about indexes. */
export const indexCommands: CommandTable = {
  createIndexes: {
    isWrite: true,
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
