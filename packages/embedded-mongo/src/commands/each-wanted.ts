import { find } from '../engine/find.ts';
import type { Call } from '../engine/engine.ts';
import { PAUSE } from '../engine/pause.ts';
import type { Steps } from '../engine/write-queue.ts';
import { ensure } from '../errors.ts';
import { tablesOf } from '../index/plan.ts';
import type { Condition } from '../query/condition.ts';
import { readDocument } from '../storage/documents.ts';
import type { Collection } from '../storage/collection.ts';
import type { Kept } from '../storage/kept.ts';
import { collectionOf, hintedIndex } from './collection-of.ts';

/** What a statement looks for; `limit` 0: all there are. `isUpsert`: finding nothing is followed by an insert. */
type Wanted = { condition: Condition; limit: number; hint: unknown; isUpsert?: boolean };

/**
 * Records of what is found first, because documents may change before their turn. Who wants one document, or a new one where none is,
 * gets no rest, so that nothing comes between the search and the change.
 */
function* recordsOf(call: Call, collection: Collection, wanted: Wanted): Steps<ReadonlySet<number>> {
  const { condition, limit, isUpsert = false } = wanted;
  const { store, writes } = call.engine;
  const hint = hintedIndex(collection, wanted.hint);
  const slices = limit === 0 && !isUpsert ? writes : undefined;
  const query = { condition, sort: null, skip: 0, limit, slices, ...(hint === undefined ? {} : { hint }) };
  const { plan, documents } = find(store, collection, query);
  const records = new Set<number>();
  for (const kept of documents) {
    if (kept !== PAUSE) {
      records.add(kept.record);
      continue;
    }
    yield;
    const { indexes } = sameCollection(call, collection);
    const isThere = tablesOf(plan).every((table) => indexes.some((index) => index.table === table));
    ensure(isThere, 175, 'an index that this write went by was dropped meanwhile');
  }
  return records;
}

/** Changes what is wanted, one document after the other, with rests in between, after which each has to be as wanted still. */
export function* eachWanted(
  call: Call,
  wanted: Wanted,
  change: (collection: Collection, kept: Kept) => void,
): Steps<void> {
  const found = collectionOf(call);
  if (!found) return;
  for (const record of yield* recordsOf(call, found, wanted)) {
    const collection = sameCollection(call, found);
    const kept = readDocument(call.engine.store, collection, record);
    if (kept && wanted.condition.test(kept.doc)) change(collection, kept);
    if (call.engine.writes.isOver()) yield;
  }
}

/** The collection as it is now. @throws {CommandError} 175 – it was dropped, even if another has its name. */
function sameCollection(call: Call, { table }: Collection): Collection {
  const collection = collectionOf(call);
  ensure(collection?.table === table, 175, 'collection dropped');
  return collection;
}
