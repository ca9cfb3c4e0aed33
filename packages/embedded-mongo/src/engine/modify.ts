import { CommandError } from '../errors.ts';
import type { Condition } from '../query/condition.ts';
import { replaceDocument } from '../storage/documents.ts';
import { shellText } from '../storage/duplicate-key.ts';
import type { Collection } from '../storage/collection.ts';
import type { Kept } from '../storage/kept.ts';
import type { Store } from '../storage/store.ts';
import { copyValue, decode, encode } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import { equalValues } from '../values/compare.ts';
import { positionOf, usesPosition } from '../update/positional.ts';
import { applyActions } from '../update/update.ts';
import type { Update } from '../update/update.ts';

/** A change to one stored document. */
export type Change = {
  readonly kept: Kept;
  readonly condition: Condition;
  readonly update: Update;
  readonly now: Date;
};

/**
 * Runs an update on one stored document.
 *
 * @returns the document's bytes after it, or `null` if nothing changed.
 * @throws {CommandError} 66 – `_id` would change; 11000 and what the operators refuse.
 */
export function updateDocument(store: Store, collection: Collection, change: Change): Buffer | null {
  const { kept, update } = change;
  const bytes = encode(
    update.kind === 'replacement' ? replaced(kept.doc, update.doc) : changed(change, update),
  );
  if (bytes.equals(kept.bytes)) return null;
  replaceDocument(store, collection, { old: kept, bytes });
  return bytes;
}

function replaced(old: Doc, doc: Doc): Doc {
  const { _id: id, ...rest } = doc;
  if (id !== undefined && !equalValues(id, old['_id'])) {
    throw new CommandError(
      66,
      `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${shellText(id)}`,
    );
  }
  return { _id: old['_id'], ...rest };
}

function changed({ kept, condition, now }: Change, update: Update & { kind: 'operators' }): Doc {
  const doc = decode(kept.bytes);
  const id = copyValue(doc['_id']);
  const position = usesPosition(update.actions) ? positionOf(condition, kept.doc) : null;
  applyActions(update, { doc, position, now, isInsert: false, id });
  if (!equalValues(id, doc['_id'])) {
    throw new CommandError(
      66,
      "Performing an update on the path '_id' would modify the immutable field '_id'",
    );
  }
  return doc;
}
