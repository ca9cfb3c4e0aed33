import { readDocument } from '../storage/documents.ts';
import { Kept } from '../storage/kept.ts';
import type { Collection } from '../storage/collection.ts';
import { recordOf, tableRange } from '../storage/keyspace.ts';
import type { Entry, KeyRange, Store } from '../storage/store.ts';
import type { IndexPlan, Plan } from './plan.ts';

/** What a scan looked at, for `explain`. */
export type ScanStep = { keys: number; documents: number };

const FIRST_CHUNK = 16;
const LARGEST_CHUNK = 512;

/**
 * The documents a plan leads to, each once.
 *
 * Keys are read in chunks with nothing held open in between, so a scan may rest between two batches of a cursor
 * while others write.
 */
export function* scan(
  store: Store,
  collection: Collection,
  { plan, examined }: { plan: Plan; examined: ScanStep },
) {
  if (plan.kind === 'collection') {
    yield* scanCollection(store, collection, examined);
    return;
  }
  const readAt = store.changes();
  for (const record of records(store, plan, examined)) {
    const read = (): Kept | null => {
      examined.documents += 1;
      return readDocument(store, collection, record);
    };
    const kept = store.changes() === readAt ? new Kept(record, () => bytesOf(read())) : read();
    if (kept) yield kept;
  }
}

/** While nothing is written, an index leads to documents that are there. */
function bytesOf(kept: Kept | null): Buffer {
  if (!kept) throw new Error('an index leads to a document that is not there');
  return kept.bytes;
}

function* scanCollection(store: Store, collection: Collection, examined: ScanStep): Generator<Kept> {
  const range = { ...tableRange(collection.table), isReverse: false };
  for (const { key, value } of chunked(range, (part, limit) => store.entries(part, limit))) {
    examined.documents += 1;
    yield new Kept(recordOf(key), value);
  }
}

function* records(
  store: Store,
  plan: Exclude<Plan, { kind: 'collection' }>,
  examined: ScanStep,
): Generator<number> {
  const plans = plan.kind === 'union' ? plan.plans : [plan];
  const mayRepeat = plan.kind === 'union' || plan.index.isMultikey;
  const seen = new Set<number>();
  for (const each of plans) {
    for (const record of indexRecords(store, each)) {
      examined.keys += 1;
      if (seen.has(record)) continue;
      if (mayRepeat) seen.add(record);
      yield record;
    }
  }
}

function* indexRecords(store: Store, { index, intervals, isReverse }: IndexPlan): Generator<number> {
  const ordered = isReverse ? intervals.toReversed() : intervals;
  for (const { low, high, isKey } of ordered) {
    if (isKey) {
      const value = store.peek(low);
      if (value) yield recordOf(value);
    } else if (index.spec.unique) {
      for (const { value } of chunked({ low, high, isReverse }, (part, limit) =>
        store.entries(part, limit),
      )) {
        yield recordOf(value);
      }
    } else {
      const read = (part: KeyRange, limit: number) => store.keys(part, limit).map((key) => ({ key }));
      for (const { key } of chunked({ low, high, isReverse }, read)) yield recordOf(key);
    }
  }
}

/** Reads a range piece by piece, each going on behind the last key of the one before. */
function* chunked<Item extends Pick<Entry, 'key'>>(
  range: KeyRange,
  read: (range: KeyRange, limit: number) => Item[],
): Generator<Item> {
  let rest = range;
  for (let limit = FIRST_CHUNK; ; limit = Math.min(limit * 2, LARGEST_CHUNK)) {
    const items = read(rest, limit);
    yield* items;
    const last = items.at(-1);
    if (!last || items.length < limit) return;
    rest = rest.isReverse
      ? { ...rest, high: last.key }
      : { ...rest, low: Buffer.concat([last.key, Buffer.alloc(1)]) };
  }
}
