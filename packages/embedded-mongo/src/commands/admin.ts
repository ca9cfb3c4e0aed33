import type { Call, CommandTable } from '../engine/engine.ts';
import { CommandError, badValue } from '../errors.ts';
import { parseFilter } from '../query/filter.ts';
import { namespaceOf } from '../storage/collection.ts';
import type { Collection } from '../storage/collection.ts';
import { encode, isDoc } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import { compareStrings } from '../values/compare.ts';
import type { Answer } from '../wire/reply.ts';
import { collectionName, collectionOf, existingCollectionOf } from './collection-of.ts';
import { countOption, docOption, nameOption } from './options.ts';

function runCreate(call: Call): Doc {
  const { db } = call.request;
  if (collectionOf(call)) {
    throw new CommandError(48, `Collection ${db}.${collectionName(call)} already exists.`);
  }
  call.engine.catalog.create(db, collectionName(call));
  return {};
}

function runDrop(call: Call): Doc {
  const collection = collectionOf(call);
  // Since 7.0 a collection that is not there is no error.
  if (!collection) return {};
  const nIndexesWas = collection.indexes.length;
  dropCollection(call, collection);
  return { nIndexesWas, ns: namespaceOf(collection) };
}

function dropCollection({ engine }: Call, collection: Collection): void {
  engine.cursors.killAll(namespaceOf(collection));
  engine.catalog.drop(collection);
}

function runDropDatabase(call: Call): Doc {
  const { db } = call.request;
  const collections = call.engine.catalog.of(db);
  for (const collection of collections) dropCollection(call, collection);
  return collections.length > 0 ? { dropped: db } : {};
}

function runRename(call: Call): Doc {
  const { body } = call.request;
  const { catalog } = call.engine;
  const [source, target] = [nameOption(body, 'renameCollection'), nameOption(body, 'to')].map(splitNamespace);
  if (!source || !target) throw badValue('renameCollection needs two namespaces');
  const collection = catalog.find(source.db, source.name);
  if (!collection) throw new CommandError(26, `Source collection ${source.db}.${source.name} does not exist`);
  const occupied = catalog.find(target.db, target.name);
  if (occupied && body['dropTarget'] !== true) throw new CommandError(48, 'target namespace exists');
  if (occupied) dropCollection(call, occupied);
  call.engine.cursors.killAll(namespaceOf(collection));
  catalog.rename(collection, target);
  return {};
}

function splitNamespace(namespace: string): { db: string; name: string } {
  const dot = namespace.indexOf('.');
  return { db: namespace.slice(0, Math.max(0, dot)), name: namespace.slice(dot + 1) };
}

/** Only what an index can be changed in; everything else is named in the error. */
function runCollMod(call: Call): Doc {
  const collection = existingCollectionOf(call);
  const change = docOption(call.request.body, 'index');
  const { name, keyPattern, expireAfterSeconds, hidden } = change;
  const wanted = collection.indexes.find(
    ({ spec }) => spec.name === name || (isDoc(keyPattern) && encode(spec.key).equals(encode(keyPattern))),
  );
  if (!wanted)
    throw new CommandError(
      27,
      `cannot find index ${String(name ?? JSON.stringify(keyPattern))} for ns ${namespaceOf(collection)}`,
    );
  if (typeof expireAfterSeconds === 'number')
    call.engine.catalog.changeIndex(collection, wanted, { expireAfterSeconds });
  const current = collection.indexes.find(({ table }) => table === wanted.table) ?? wanted;
  if (typeof hidden === 'boolean') call.engine.catalog.changeIndex(collection, current, { hidden });
  return {};
}

function runListCollections(call: Call): Answer | Promise<Answer> {
  const { body, db } = call.request;
  const condition = parseFilter(docOption(body, 'filter'));
  const nameOnly = body['nameOnly'] === true;
  const docs = call.engine.catalog
    .of(db)
    .toSorted((left, right) => compareStrings(left.name, right.name))
    .map((collection): Doc => {
      const { name } = collection;
      const idIndex = { v: 2, key: { _id: 1 }, name: '_id_' };
      return nameOnly
        ? { name, type: 'collection' }
        : { name, type: 'collection', options: {}, info: { readOnly: false }, idIndex };
    });
  return call.engine.cursors.open({
    namespace: `${db}.$cmd.listCollections`,
    documents: docs.filter((doc) => condition.test(doc)).map(encode),
    batchSize: countOption(docOption(body, 'cursor'), 'batchSize', Infinity),
    isSingleBatch: false,
  });
}

function runListDatabases(call: Call): Doc {
  const condition = parseFilter(docOption(call.request.body, 'filter'));
  const names = [...new Set(call.engine.catalog.all().map(({ db }) => db))].sort(compareStrings);
  const databases = names.map((name): Doc => {
    const sizeOnDisk = call.engine.catalog.of(name).reduce((sum, { counts }) => sum + counts.bytes, 0);
    return call.request.body['nameOnly'] === true ? { name } : { name, sizeOnDisk, empty: false };
  });
  const shown = databases.filter((doc) => condition.test(doc));
  return {
    databases: shown,
    totalSize: shown.reduce((sum, { sizeOnDisk }) => sum + Number(sizeOnDisk ?? 0), 0),
  };
}

function sizes({ counts, indexes }: Pick<Collection, 'counts' | 'indexes'>): Doc {
  return {
    count: counts.documents,
    size: counts.bytes,
    avgObjSize: counts.documents === 0 ? 0 : Math.floor(counts.bytes / counts.documents),
    storageSize: counts.bytes,
    nindexes: indexes.length,
  };
}

function runCollStats(call: Call): Doc {
  const collection = collectionOf(call) ?? { counts: { documents: 0, bytes: 0 }, indexes: [] };
  return { ns: `${call.request.db}.${collectionName(call)}`, ...sizes(collection), capped: false };
}

function runDbStats(call: Call): Doc {
  const collections = call.engine.catalog.of(call.request.db);
  const sum = (value: (collection: Collection) => number): number =>
    collections.reduce((total, each) => total + value(each), 0);
  const objects = sum(({ counts }) => counts.documents);
  const dataSize = sum(({ counts }) => counts.bytes);
  return {
    db: call.request.db,
    collections: collections.length,
    views: 0,
    objects,
    avgObjSize: objects === 0 ? 0 : dataSize / objects,
    dataSize,
    storageSize: dataSize,
    indexes: sum(({ indexes }) => indexes.length),
  };
}

const COLLECTION_KINDS = [
  'capped',
  'size',
  'max',
  'timeseries',
  'viewOn',
  'pipeline',
  'validator',
  'validationLevel',
  'validationAction',
  'collation',
  'clusteredIndex',
  'expireAfterSeconds',
  'changeStreamPreAndPostImages',
  'encryptedFields',
  'storageEngine',
  'indexOptionDefaults',
];

/** Commands about collections and databases. */
export const adminCommands: CommandTable = {
  create: {
    isWrite: true,
    fields: { known: ['autoIndexId', 'idIndex'], refused: COLLECTION_KINDS },
    run: runCreate,
  },
  drop: { isWrite: true, fields: { known: [] }, run: runDrop },
  dropDatabase: { isWrite: true, fields: { known: [] }, run: runDropDatabase },
  renameCollection: { isWrite: true, fields: { known: ['to', 'dropTarget'] }, run: runRename },
  collMod: { isWrite: true, fields: { known: ['index'], refused: COLLECTION_KINDS }, run: runCollMod },
  listCollections: {
    isWrite: false,
    fields: { known: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'] },
    run: runListCollections,
  },
  listDatabases: {
    isWrite: false,
    fields: { known: ['filter', 'nameOnly', 'authorizedDatabases'] },
    run: runListDatabases,
  },
  collStats: { isWrite: false, fields: { known: ['scale', 'verbose'] }, run: runCollStats },
  collstats: { isWrite: false, fields: { known: ['scale', 'verbose'] }, run: runCollStats },
  dbStats: { isWrite: false, fields: { known: ['scale', 'freeStorage'] }, run: runDbStats },
  dbstats: { isWrite: false, fields: { known: ['scale', 'freeStorage'] }, run: runDbStats },
};
