import { find } from '../engine/find.ts';
import type { Query } from '../engine/find.ts';
import type { Call, CommandTable } from '../engine/engine.ts';
import { drawAll, PAUSE, PAUSE_BYTES, Slices } from '../engine/pause.ts';
import { badValue, notImplemented } from '../errors.ts';
import { parseFilter } from '../query/filter.ts';
import { parseFindProjection, plainFields } from '../query/projection.ts';
import { sortOf } from '../query/sort.ts';
import type { Collection } from '../storage/collection.ts';
import type { Kept } from '../storage/kept.ts';
import { Long, encode } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import { cutOut } from '../values/elements.ts';
import type { Answer } from '../wire/reply.ts';
import { collectionName, collectionOf, hintedIndex } from './collection-of.ts';
import { countOption, docOption, nameOption } from './options.ts';

/** As many documents as MongoDB gives without being asked. */
const FIRST_BATCH = 101;

/** Compiles the query of a find-like command; `filterField` is where its filter stands. */
export function queryOf(collection: Collection, body: Doc, filterField: string): Query {
  const sort = docOption(body, 'sort');
  const hint = hintedIndex(collection, body['hint']);
  return {
    condition: parseFilter(docOption(body, filterField)),
    sort: isNatural(sort) ? null : sortOf(sort),
    skip: countOption(body, 'skip', 0),
    limit: countOption(body, 'limit', 0),
    ...(hint === undefined ? {} : { hint }),
  };
}

/** Whether documents come in the order they were stored, which is what no sort means too. */
function isNatural(sort: Doc): boolean {
  const { $natural: direction } = sort;
  if (direction !== undefined && direction !== 1) throw notImplemented('a reverse $natural sort');
  return direction === 1 || Object.keys(sort).length === 0;
}

function runFind(call: Call): Answer | Promise<Answer> {
  const { body, db } = call.request;
  const namespace = `${db}.${collectionName(call)}`;
  const bytesOf = projecting(docOption(body, 'projection'));
  const collection = collectionOf(call);
  const limit = countOption(body, 'limit', 0);
  return call.engine.cursors.open({
    namespace,
    documents: collection
      ? mapped(documentsOf(call, collection, 'filter'), (kept) =>
          kept === PAUSE ? PAUSE_BYTES : bytesOf(kept),
        )
      : checked(body),
    batchSize: countOption(body, 'batchSize', FIRST_BATCH),
    isSingleBatch: body['singleBatch'] === true || limit === 1,
    neverTimesOut: body['noCursorTimeout'] === true,
  });
}

/** The documents of a read, with rests in between. */
export const documentsOf = (call: Call, collection: Collection, filterField: string): Iterable<Kept> => {
  const query = { ...queryOf(collection, call.request.body, filterField), slices: new Slices() };
  return find(call.engine.store, collection, query).documents;
};

/** What of a document is answered; whole fields are cut out of it as they are. */
function projecting(spec: Doc): (kept: Kept) => Buffer {
  const project = parseFindProjection(spec);
  if (!project) return ({ bytes }) => bytes;
  const fields = plainFields(spec);
  return fields ? ({ bytes }) => cutOut(bytes, fields) : ({ doc }) => encode(project(doc));
}

/** A collection that does not exist is empty, but a wrong filter is still an error. */
function checked(body: Doc): Buffer[] {
  parseFilter(docOption(body, 'filter'));
  sortOf(docOption(body, 'sort'));
  return [];
}

/** Each item changed as it is drawn. */
export function* mapped<From, To>(items: Iterable<From>, change: (item: From) => To): Generator<To> {
  for (const item of items) yield change(item);
}

async function runCount(call: Call): Promise<Doc> {
  const collection = collectionOf(call);
  const { body } = call.request;
  if (!collection) {
    parseFilter(docOption(body, 'query'));
    return { n: 0 };
  }
  const query = queryOf(collection, { ...body, limit: absolute(body['limit']) }, 'query');
  const isEverything = query.condition.kind === 'and' && query.condition.of.length === 0;
  if (isEverything && query.hint === undefined) {
    const rest = Math.max(0, collection.counts.documents - query.skip);
    return { n: query.limit === 0 ? rest : Math.min(rest, query.limit) };
  }
  let n = 0;
  const running = find(call.engine.store, collection, { ...query, slices: new Slices() });
  await drawAll(running.documents, () => (n += 1));
  return { n };
}

/** A negative limit of `count` means the same as a positive one. */
const absolute = (limit: unknown): unknown => (typeof limit === 'number' ? Math.abs(limit) : limit);

function runGetMore({ engine, request }: Call): Answer | Promise<Answer> {
  const namespace = `${request.db}.${nameOption(request.body, 'collection')}`;
  const size = countOption(request.body, 'batchSize', 0) || Infinity;
  return engine.cursors.more(cursorId(request.body['getMore']), namespace, size);
}

function cursorId(value: unknown): bigint {
  if (value instanceof Long) return value.toBigInt();
  if (typeof value === 'number') return BigInt(value);
  throw badValue("Field 'getMore' must be of type long");
}

function runKillCursors({ engine, request }: Call): Doc {
  const { cursors } = request.body;
  if (!Array.isArray(cursors)) throw badValue("Field 'cursors' must be of type array");
  const isKilled = (id: unknown): boolean => engine.cursors.kill(cursorId(id));
  const cursorsKilled: unknown[] = [];
  const cursorsNotFound: unknown[] = [];
  for (const id of cursors) (isKilled(id) ? cursorsKilled : cursorsNotFound).push(id);
  return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [] };
}

/** Commands that only read. */
export const readCommands: CommandTable = {
  find: {
    isWrite: false,
    fields: {
      known: [
        'filter',
        'projection',
        'sort',
        'hint',
        'skip',
        'limit',
        'batchSize',
        'singleBatch',
        'noCursorTimeout',
        'allowDiskUse',
        'allowPartialResults',
      ],
      refused: [
        'let',
        'collation',
        'min',
        'max',
        'returnKey',
        'showRecordId',
        'tailable',
        'awaitData',
        'oplogReplay',
      ],
    },
    run: runFind,
  },
  getMore: {
    isWrite: false,
    fields: { known: ['collection', 'batchSize'], refused: ['term', 'lastKnownCommittedOpTime'] },
    run: runGetMore,
  },
  killCursors: { isWrite: false, fields: { known: ['cursors'] }, run: runKillCursors },
  count: {
    isWrite: false,
    fields: { known: ['query', 'limit', 'skip', 'hint', 'fields'], refused: ['collation'] },
    run: runCount,
  },
};
