import { planOf } from '../index/plan.ts';
import type { Plan } from '../index/plan.ts';
import { residueOf } from '../index/residue.ts';
import { scan } from '../index/scan.ts';
import type { Examined } from '../index/scan.ts';
import { rootsOf } from '../query/condition.ts';
import type { Condition } from '../query/condition.ts';
import { rootOf } from '../query/path.ts';
import type { Sort } from '../query/sort.ts';
import type { Collection, Index } from '../storage/collection.ts';
import type { Kept } from '../storage/kept.ts';
import type { Store } from '../storage/store.ts';

/** A query, compiled. */
export type Query = {
  readonly condition: Condition;
  readonly sort: Sort | null;
  readonly skip: number;
  /** 0 means no limit. */
  readonly limit: number;
  /** An index that has to be used; null means none may. */
  readonly hint?: Index | null;
};

/** A query about to run; `examined` grows while its documents are drawn. */
export type Running = {
  readonly plan: Plan;
  readonly examined: Examined;
  readonly documents: Iterable<Kept>;
};

/** Starts a query. Nothing is read before the first document is drawn. */
export function find(store: Store, collection: Collection, query: Query): Running {
  const plan = planOf(store, collection, query);
  const examined: Examined = { keys: 0, documents: 0 };
  const candidates = scan(store, collection, { plan, examined });
  const matches = matching(candidates, testOf(store, plan, query.condition));
  const isSorted = query.sort === null || (plan.kind === 'index' && plan.isSorted);
  const { skip, limit } = query;
  const most = limit === 0 ? Infinity : skip + limit;
  const ordered = isSorted || !query.sort ? matches : sorted(matches, query.sort, most);
  return { plan, examined, documents: paged(ordered, skip, limit === 0 ? Infinity : limit) };
}

type Test = (kept: Kept) => boolean;

/** Asks of documents what the keys left open; once something was written, keys read before may be of what is gone. */
function testOf(store: Store, plan: Plan, condition: Condition): Test {
  const readAt = store.changes();
  const residue = residueOf(plan, condition);
  const rest = residue ? askingOf(residue) : () => true;
  const whole = residue === condition ? rest : askingOf(condition);
  return (kept) => (store.changes() === readAt ? rest(kept) : whole(kept));
}

/** Asks a condition of as little of a document as it looks at. */
function askingOf(condition: Condition): Test {
  const roots = rootsOf(condition);
  return (kept) => condition.test(kept.only(roots));
}

function* matching(documents: Iterable<Kept>, test: Test): Generator<Kept> {
  for (const kept of documents) if (test(kept)) yield kept;
}

/** Passes over `skip` and gives at most `limit` of the rest, without drawing one more than needed. */
export function* paged<Item>(items: Iterable<Item>, skip: number, limit: number): Generator<Item> {
  let seen = 0;
  if (limit <= 0) return;
  for (const item of items) {
    seen += 1;
    if (seen > skip) yield item;
    if (seen >= skip + limit) return;
  }
}

/** More than twice the wanted number is cut down now and then, so that a small limit needs little memory. */
const SPARE = 1000;

/** Documents in order, equal ones as they came; only the first `most` are sure to be there. */
export function* sorted<Item extends Pick<Kept, 'doc'> & Partial<Kept>>(
  items: Iterable<Item>,
  sort: Sort,
  most: number,
): Generator<Item> {
  let keyed: { key: unknown[]; item: Item }[] = [];
  const roots = new Set(sort.fields.map(({ path }) => rootOf(path)));
  const compare = (left: { key: unknown[] }, right: { key: unknown[] }): number =>
    sort.compareKeys(left.key, right.key);
  for (const item of items) {
    keyed.push({ key: sort.keyOf(item.only?.(roots) ?? item.doc), item });
    item.forget?.();
    if (keyed.length > most * 2 + SPARE) keyed = keyed.sort(compare).slice(0, most);
  }
  for (const { item } of keyed.sort(compare)) yield item;
}
