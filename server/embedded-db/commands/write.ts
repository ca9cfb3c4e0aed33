import { find } from '../engine/find.ts';
import { updateDocument } from '../engine/modify.ts';
import type { Call, CommandTable } from '../engine/engine.ts';
import { CommandError, failedToParse } from '../errors.ts';
import { parseFilter } from '../query/filter.ts';
import type { Condition } from '../query/condition.ts';
import { insertDocument, readDocument, removeDocument } from '../storage/documents.ts';
import type { Collection, Index } from '../storage/collection.ts';
import type { Kept } from '../storage/kept.ts';
import { parseUpdate } from '../update/update.ts';
import type { Update } from '../update/update.ts';
import { upsertedDocument } from '../update/upsert.ts';
import { decode, encode } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import { collectionOf, hintedIndex, madeCollectionOf } from './collection-of.ts';
import { withId } from './document-id.ts';
import { checkStatement, countOption, docOption } from './options.ts';

/** MongoDB's limit of statements in one command. */
const MAX_STATEMENTS = 100_000;

/** The statements of a write command. */
function statements({ request }: Call, list: string): readonly Buffer[] {
  const found = request.lists.get(list);
  if (!found)
    throw new CommandError(40414, `BSON field '${request.name}.${list}' is missing but a required field`);
  if (found.length === 0 || found.length > MAX_STATEMENTS) {
    throw new CommandError(
      16,
      `Write batch sizes must be between 1 and ${MAX_STATEMENTS}. Got ${found.length} operations.`,
    );
  }
  return found;
}

/** Runs one statement after the other; an ordered command stops at the first error, which is reported, not thrown. */
function eachStatement(call: Call, list: string, run: (statement: Buffer, index: number) => void): Doc {
  const isOrdered = call.request.body['ordered'] !== false;
  const writeErrors: Doc[] = [];
  for (const [index, statement] of statements(call, list).entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.details });
      if (isOrdered) break;
    }
  }
  return writeErrors.length === 0 ? {} : { writeErrors };
}

function runInsert(call: Call): Doc {
  const collection = madeCollectionOf(call);
  let n = 0;
  const outcome = eachStatement(call, 'documents', (bytes) => {
    insertDocument(call.engine.store, collection, withId(bytes));
    n += 1;
  });
  return { n, ...outcome };
}

/** A found document's record, because others of the same command may change before its turn. */
function recordsOf(call: Call, collection: Collection, wanted: Wanted): number[] {
  const { condition, limit, hint } = wanted;
  const query = { condition, sort: null, skip: 0, limit, ...(hint === undefined ? {} : { hint }) };
  return [...find(call.engine.store, collection, query).documents].map(({ record }) => record);
}

type Wanted = { condition: Condition; limit: number; hint: Index | null | undefined };

function* documentsOf(call: Call, collection: Collection, wanted: Wanted): Generator<Kept> {
  for (const record of recordsOf(call, collection, wanted)) {
    const kept = readDocument(call.engine.store, collection, record);
    if (kept) yield kept;
  }
}

type Statement = { condition: Condition; update: Update; isMulti: boolean; isUpsert: boolean; hint: unknown };

const UPDATE_FIELDS = {
  known: ['q', 'u', 'multi', 'upsert', 'arrayFilters', 'hint'],
  refused: ['collation', 'c'],
};
const DELETE_FIELDS = { known: ['q', 'limit', 'hint'], refused: ['collation'] };

function updateStatement(bytes: Buffer): Statement {
  const body = decode(bytes);
  checkStatement('update.updates', body, UPDATE_FIELDS);
  const update = parseUpdate(body['u'], body['arrayFilters']);
  const isMulti = body['multi'] === true;
  if (isMulti && update.kind === 'replacement')
    throw failedToParse('multi update is not supported for replacement-style update');
  return {
    condition: parseFilter(docOption(body, 'q')),
    update,
    isMulti,
    isUpsert: body['upsert'] === true,
    hint: body['hint'],
  };
}

function runUpdate(call: Call): Doc {
  let n = 0;
  let nModified = 0;
  const upserted: Doc[] = [];
  const outcome = eachStatement(call, 'updates', (bytes, index) => {
    const statement = updateStatement(bytes);
    const counts = updateMatching(call, statement);
    n += counts.matched;
    nModified += counts.modified;
    if (counts.matched > 0 || !statement.isUpsert) return;
    upserted.push({ index, _id: upsert(call, statement) });
    n += 1;
  });
  return { n, nModified, ...(upserted.length === 0 ? {} : { upserted }), ...outcome };
}

function updateMatching(call: Call, statement: Statement): { matched: number; modified: number } {
  const { condition, update, isMulti } = statement;
  const collection = collectionOf(call);
  const counts = { matched: 0, modified: 0 };
  if (!collection) return counts;
  const hint = hintedIndex(collection, statement.hint);
  const now = call.engine.now();
  for (const kept of documentsOf(call, collection, { condition, limit: isMulti ? 0 : 1, hint })) {
    const bytes = updateDocument(call.engine.store, collection, { kept, condition, update, now });
    counts.matched += 1;
    if (bytes) counts.modified += 1;
  }
  return counts;
}

/** Inserts what an upsert that found nothing inserts; gives its `_id`. */
export function upsert(call: Call, { condition, update }: Pick<Statement, 'condition' | 'update'>): unknown {
  const doc = upsertedDocument(condition, update, call.engine.now());
  insertDocument(call.engine.store, madeCollectionOf(call), withId(encode(doc)));
  return doc['_id'];
}

function runDelete(call: Call): Doc {
  let n = 0;
  const outcome = eachStatement(call, 'deletes', (bytes) => {
    const body = decode(bytes);
    checkStatement('delete.deletes', body, DELETE_FIELDS);
    const limit = countOption(body, 'limit', 0);
    if (limit > 1) throw failedToParse(`The limit field in delete objects must be 0 or 1. Got ${limit}`);
    const condition = parseFilter(docOption(body, 'q'));
    const collection = collectionOf(call);
    if (!collection) return;
    for (const kept of documentsOf(call, collection, {
      condition,
      limit,
      hint: hintedIndex(collection, body['hint']),
    })) {
      removeDocument(call.engine.store, collection, kept);
      n += 1;
    }
  });
  return { n, ...outcome };
}

const COMMON = ['ordered', 'bypassDocumentValidation'];

/** Commands that write documents. */
export const writeCommands: CommandTable = {
  insert: { isWrite: true, fields: { known: COMMON }, run: runInsert },
  update: { isWrite: true, fields: { known: COMMON, refused: ['let'] }, run: runUpdate },
  delete: { isWrite: true, fields: { known: COMMON, refused: ['let'] }, run: runDelete },
};
