import { updateDocument } from '../engine/modify.ts';
import type { Call, CommandTable } from '../engine/engine.ts';
import type { Steps } from '../engine/write-queue.ts';
import { CommandError, failedToParse } from '../errors.ts';
import { parseFilter } from '../query/filter.ts';
import type { Condition } from '../query/condition.ts';
import { insertDocument, removeDocument } from '../storage/documents.ts';
import { parseUpdate } from '../update/update.ts';
import type { Update } from '../update/update.ts';
import { upsertedDocument } from '../update/upsert.ts';
import { decode, encode } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import { madeCollectionOf } from './collection-of.ts';
import { withId } from './document-id.ts';
import { eachWanted } from './each-wanted.ts';
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

/**
 * Runs one statement after the other, with rests in between; an ordered command stops at the first error, which is reported, not
 * thrown.
 */
function* eachStatement(
  call: Call,
  list: string,
  run: (statement: Buffer, index: number) => Steps<void>,
): Steps<Doc> {
  const isOrdered = call.request.body['ordered'] !== false;
  const writeErrors: Doc[] = [];
  for (const [index, statement] of statements(call, list).entries()) {
    if (call.engine.writes.isOver()) yield;
    try {
      yield* run(statement, index);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.details });
      if (isOrdered) break;
    }
  }
  return writeErrors.length === 0 ? {} : { writeErrors };
}

function* runInsert(call: Call): Steps<Doc> {
  madeCollectionOf(call);
  let n = 0;
  // oxlint-disable-next-line require-yield -- one document is put at once
  const outcome = yield* eachStatement(call, 'documents', function* insert(bytes) {
    insertDocument(call.engine.store, madeCollectionOf(call), withId(bytes));
    n += 1;
  });
  return { n, ...outcome };
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

function* runUpdate(call: Call): Steps<Doc> {
  let n = 0;
  let nModified = 0;
  const upserted: Doc[] = [];
  const outcome = yield* eachStatement(call, 'updates', function* update(bytes, index) {
    const statement = updateStatement(bytes);
    const before = n;
    yield* updateMatching(call, statement, (isModified) => {
      n += 1;
      if (isModified) nModified += 1;
    });
    if (n > before || !statement.isUpsert) return;
    upserted.push({ index, _id: upsert(call, statement) });
    n += 1;
  });
  return { n, nModified, ...(upserted.length === 0 ? {} : { upserted }), ...outcome };
}

/** `onUpdated` is told of each document, and whether it was changed. */
function updateMatching(
  call: Call,
  statement: Statement,
  onUpdated: (isModified: boolean) => void,
): Steps<void> {
  const { condition, update, isMulti } = statement;
  const now = call.engine.now();
  return eachWanted(call, { ...statement, limit: isMulti ? 0 : 1 }, (collection, kept) => {
    onUpdated(updateDocument(call.engine.store, collection, { kept, condition, update, now }) !== null);
  });
}

/** Inserts what an upsert that found nothing inserts; gives its `_id`. */
export function upsert(call: Call, { condition, update }: Pick<Statement, 'condition' | 'update'>): unknown {
  const doc = upsertedDocument(condition, update, call.engine.now());
  insertDocument(call.engine.store, madeCollectionOf(call), withId(encode(doc)));
  return doc['_id'];
}

function* runDelete(call: Call): Steps<Doc> {
  let n = 0;
  const outcome = yield* eachStatement(call, 'deletes', function* remove(bytes) {
    const body = decode(bytes);
    checkStatement('delete.deletes', body, DELETE_FIELDS);
    const limit = countOption(body, 'limit', 0);
    if (limit > 1) throw failedToParse(`The limit field in delete objects must be 0 or 1. Got ${limit}`);
    const condition = parseFilter(docOption(body, 'q'));
    yield* eachWanted(call, { condition, limit, hint: body['hint'] }, (collection, kept) => {
      removeDocument(call.engine.store, collection, kept);
      n += 1;
    });
  });
  return { n, ...outcome };
}

const COMMON = ['ordered', 'bypassDocumentValidation'];

/** Commands that write documents. */
export const writeCommands: CommandTable = {
  insert: { isWrite: 'in steps', fields: { known: COMMON }, run: runInsert },
  update: { isWrite: 'in steps', fields: { known: COMMON, refused: ['let'] }, run: runUpdate },
  delete: { isWrite: 'in steps', fields: { known: COMMON, refused: ['let'] }, run: runDelete },
};
