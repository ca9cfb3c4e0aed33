import { find } from '../engine/find.ts';
import { updateDocument } from '../engine/modify.ts';
import type { Call, Command } from '../engine/engine.ts';
import { ensure } from '../errors.ts';
import { parseFilter } from '../query/filter.ts';
import type { Condition } from '../query/condition.ts';
import { parseFindProjection } from '../query/projection.ts';
import { removeDocument } from '../storage/documents.ts';
import type { Kept } from '../storage/kept.ts';
import { parseUpdate } from '../update/update.ts';
import { decode } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import { collectionOf, madeCollectionOf } from './collection-of.ts';
import { docOption } from './options.ts';
import { queryOf } from './read.ts';
import { upsert } from './write.ts';

/** What happened: the answer's `lastErrorObject`, and the document to show, if any. */
type Outcome = { readonly lastErrorObject: Doc; readonly value: Doc | null };

function run(call: Call): Doc {
  const { body } = call.request;
  checkOptions(body);
  const project = parseFindProjection(docOption(body, 'fields'));
  const condition = parseFilter(docOption(body, 'query'));
  const kept = firstMatch(call, body);
  const { lastErrorObject, value } =
    body['remove'] === true ? remove(call, kept) : modify(call, { kept, condition });
  return { lastErrorObject, value: value && project ? project(value) : value };
}

function checkOptions(body: Doc): void {
  const removes = body['remove'] === true;
  const hasUpdate = body['update'] !== undefined;
  ensure(removes || hasUpdate, 9, "Either an update or 'remove'=true must be specified");
  ensure(!(removes && hasUpdate), 9, "Cannot specify both an 'update' and 'remove'=true");
  for (const option of ['upsert', 'new']) {
    ensure(!(removes && body[option] === true), 9, `Cannot specify both '${option}'=true and 'remove'=true`);
  }
}

function firstMatch(call: Call, body: Doc): Kept | null {
  const collection = collectionOf(call);
  if (!collection) return null;
  const query = { ...queryOf(collection, body, 'query'), limit: 1 };
  const [kept] = find(call.engine.store, collection, query).documents;
  return kept ?? null;
}

function remove(call: Call, kept: Kept | null): Outcome {
  if (kept) removeDocument(call.engine.store, madeCollectionOf(call), kept);
  return { lastErrorObject: { n: kept ? 1 : 0 }, value: kept?.doc ?? null };
}

function modify(call: Call, { kept, condition }: { kept: Kept | null; condition: Condition }): Outcome {
  const { body } = call.request;
  const wantsNew = body['new'] === true;
  const update = parseUpdate(body['update'], body['arrayFilters']);
  if (kept) {
    const change = { kept, condition, update, now: call.engine.now() };
    const bytes = updateDocument(call.engine.store, madeCollectionOf(call), change);
    const after = bytes ? decode(bytes) : kept.doc;
    return { lastErrorObject: { n: 1, updatedExisting: true }, value: wantsNew ? after : kept.doc };
  }
  if (body['upsert'] !== true) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null };
  const id = upsert(call, { condition, update });
  const lastErrorObject = { n: 1, updatedExisting: false, upserted: id };
  return {
    lastErrorObject,
    value: wantsNew ? (firstMatch(call, { query: { _id: { $eq: id } } })?.doc ?? null) : null,
  };
}

/** `findAndModify`, also by its old name. */
export const findAndModify: Command = {
  isWrite: true,
  fields: {
    known: [
      'query',
      'sort',
      'remove',
      'update',
      'new',
      'fields',
      'upsert',
      'arrayFilters',
      'hint',
      'bypassDocumentValidation',
    ],
    refused: ['collation', 'let'],
  },
  run,
};
