import { planOf } from '../index/plan.ts';
import type { Plan } from '../index/plan.ts';
import { residueOf } from '../index/residue.ts';
import { scan } from '../index/scan.ts';
import type { ScanStep } from '../index/scan.ts';
import { rootsOf } from '../query/condition.ts';
import type { Condition } from '../query/condition.ts';
import type { Sort } from '../query/sort.ts';
import type { Collection, Index } from '../storage/collection.ts';
import type { Kept } from '../storage/kept.ts';
import { isPause, PAUSE } from './pause.ts';
import type { Slices } from './pause.ts';
import { sorted } from './sorted.ts';
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
  /** Measures when a read has to rest; left out where nothing may come in between. */
  readonly slices?: Pick<Slices, 'isOver'> | undefined;
};

/** A query about to run; `examined` grows while its documents are drawn. */
export type Running = {
  readonly plan: Plan;
  readonly examined: ScanStep;
  readonly documents: Iterable<Kept>;
};

/** Starts a query. Nothing is read before the first document is drawn. */
export function find(store: Store, collection: Collection, query: Query): Running {
  const plan = planOf(store, collection, query);
  const examined: ScanStep = { keys: 0, documents: 0 };
  const scanned = scan(store, collection, { plan, examined });
  const candidates = query.slices ? resting(scanned, query.slices) : scanned;
  const matches = matching(candidates, testOf(store, plan, query.condition));
  const isSorted = query.sort === null || (plan.kind === 'index' && plan.isSorted);
  const { skip, limit } = query;
  const most = limit === 0 ? Infinity : skip + limit;
  const ordered =
    isSorted || !query.sort ? matches : sorted(matches, query.sort, { most, slices: query.slices });
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
  for (const kept of documents) if (kept === PAUSE || test(kept)) yield kept;
}

/** Puts rests between documents. What was drawn before a rest has been read, so that others may write meanwhile. */
function* resting(documents: Iterable<Kept>, slices: Pick<Slices, 'isOver'>): Generator<Kept> {
  for (const kept of documents) {
    yield kept;
    if (slices.isOver()) yield PAUSE;
  }
}

/** Passes over `skip` and gives at most `limit` of the rest, without drawing one more than needed. */
export function* paged<Item>(items: Iterable<Item>, skip: number, limit: number): Generator<Item> {
  let seen = 0;
  if (limit <= 0) return;
  for (const item of items) {
    if (isPause(item)) {
      yield item;
      continue;
    }
    seen += 1;
    if (seen > skip) yield item;
    if (seen >= skip + limit) return;
  }
}
