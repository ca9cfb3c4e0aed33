import { scan } from '../index/scan.ts';
import { planOf } from '../index/plan.ts';
import { parseFilter } from '../query/filter.ts';
import { removeDocument } from '../storage/documents.ts';
import type { Collection, Index } from '../storage/collection.ts';
import type { Engine } from './engine.ts';

/** So many documents go in one transaction, so that other writes get their turn. */
const BATCH = 1000;

/** Removes the documents whose time by a TTL index is over at `now`; gives their number. */
export async function expireDocuments(engine: Engine, now: Date): Promise<number> {
  let removed = 0;
  for (const collection of engine.catalog.all()) {
    for (const index of collection.indexes) {
      if (index.spec.expireAfterSeconds !== null) removed += await expire(engine, now, { collection, index });
    }
  }
  return removed;
}

async function expire(
  engine: Engine,
  now: Date,
  target: { collection: Collection; index: Index },
): Promise<number> {
  let removed = 0;
  for (;;) {
    const batch = await engine.writes.submit(() => expireBatch(engine, now, target));
    removed += batch;
    if (batch < BATCH) return removed;
  }
}

/** Of an array the earliest date counts, which is what "any element" means here. */
function expireBatch(
  { store, catalog }: Engine,
  now: Date,
  { collection, index }: { collection: Collection; index: Index },
): number {
  const seconds = index.spec.expireAfterSeconds;
  const [path] = Object.keys(index.spec.key);
  // It may be gone since, with its table number.
  const isStillThere =
    catalog.find(collection.db, collection.name) === collection && collection.indexes.includes(index);
  if (!isStillThere || seconds === null || path === undefined) return 0;
  const condition = parseFilter({ [path]: { $lte: new Date(now.getTime() - seconds * 1000) } });
  const plan = planOf(store, collection, { condition, sort: null, hint: index });
  const expired = [];
  for (const kept of scan(store, collection, { plan, examined: { keys: 0, documents: 0 } })) {
    if (condition.test(kept.doc) && (index.partial?.test(kept.doc) ?? true)) expired.push(kept);
    if (expired.length === BATCH) break;
  }
  for (const kept of expired) removeDocument(store, collection, kept);
  return expired.length;
}
