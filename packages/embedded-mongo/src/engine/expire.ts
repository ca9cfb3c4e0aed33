import { scan } from '../index/scan.ts';
import { constraintsOf } from '../index/constraint.ts';
import { intervalsOf } from '../index/ranges.ts';
import { parseFilter } from '../query/filter.ts';
import { removeDocument } from '../storage/documents.ts';
import type { Collection, Index } from '../storage/collection.ts';
import type { Kept } from '../storage/kept.ts';
import type { Engine } from './engine.ts';
import { paged } from './find.ts';

/** So many documents go in one transaction, so that other writes get their turn. */
const BATCH = 100;

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

type Target = { readonly collection: Collection; readonly index: Index };

async function expire(engine: Engine, now: Date, target: Target): Promise<number> {
  let removed = 0;
  for (;;) {
    const batch = await engine.writes.submit(() => expireBatch(engine, now, target));
    removed += batch;
    if (batch < BATCH) return removed;
  }
}

function expireBatch(engine: Engine, now: Date, target: Target): number {
  if (!isStillThere(engine, target)) return 0;
  const expired = [...paged(expiredDocuments(engine, now, target), 0, BATCH)];
  for (const kept of expired) removeDocument(engine.store, target.collection, kept);
  return expired.length;
}

/** The index may be gone since the sweep began. */
const isStillThere = ({ catalog }: Engine, { collection, index }: Target): boolean =>
  catalog.find(collection.db, collection.name) === collection && collection.indexes.includes(index);

/** Of an array the earliest date counts, which is what "any element" means here. */
function* expiredDocuments({ store }: Engine, now: Date, { collection, index }: Target): Generator<Kept> {
  const limit = new Date(now.getTime() - (index.spec.expireAfterSeconds ?? Infinity) * 1000);
  const condition = parseFilter(Object.fromEntries(index.fields.map(({ path }) => [path, { $lte: limit }])));
  // The plan is made without the planner: a partial index holds all its documents that can expire.
  const { intervals } = intervalsOf(
    index,
    constraintsOf(condition).map(({ constraint }) => constraint),
  );
  const order = { isReverse: false, isSorted: false, exactFields: 0 };
  const plan = { kind: 'index', index, intervals, ...order } as const;
  for (const kept of scan(store, collection, { plan, examined: { keys: 0, documents: 0 } })) {
    if (condition.test(kept.doc)) yield kept;
  }
}
