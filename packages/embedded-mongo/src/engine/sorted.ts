import { rootOf } from '../query/path.ts';
import type { Sort } from '../query/sort.ts';
import type { Kept } from '../storage/kept.ts';
import { Meter, roomOf } from './memory.ts';
import { isPause, PAUSE } from './pause.ts';
import type { Slices } from './pause.ts';

type Sortable = Pick<Kept, 'doc'> & Partial<Kept>;
type Keyed<Item> = { readonly key: unknown[]; readonly item: Item; readonly room: number };

/** So many are sorted at once; longer lists are merged of such runs, with rests in between. */
const RUN = 2000;
/** Few of those are kept apart when only the first documents are wanted. */
const FEW_RUNS = 4;
/** So often a merge looks at the time. */
const LOOK_UP = 256;
const KEY_BYTES = 100;

/** How many are wanted, and when to rest; without `slices` never, as in a write. */
type Wish = { readonly most: number; readonly slices?: Pick<Slices, 'isOver'> | undefined };

const NEVER: Pick<Slices, 'isOver'> = { isOver: () => false };

/** Documents in order, equal ones as they came; only the first `most` are sure to be there. */
export function* sorted<Item extends Sortable>(
  items: Iterable<Item>,
  sort: Sort,
  { most, slices = NEVER }: Wish,
): Generator<Item> {
  const runs = new Runs<Item>(sort, most);
  const rest = PAUSE as Sortable as Item;
  for (const item of items) {
    if (isPause(item)) yield item;
    else runs.add(item);
  }
  for (const _ of runs.merge()) if (slices.isOver()) yield rest;
  for (const { item } of runs.whole()) {
    yield item;
    if (slices.isOver()) yield rest;
  }
}

/** Sorted lists that are made while documents come, and then merged. */
class Runs<Item extends Sortable> {
  private readonly sort: Sort;
  private readonly most: number;
  private readonly roots: ReadonlySet<string>;
  private readonly meter = new Meter('a sort');
  private runs: Keyed<Item>[][] = [];
  private last: Keyed<Item>[] = [];

  constructor(sort: Sort, most: number) {
    this.sort = sort;
    this.most = most;
    this.roots = new Set(sort.fields.map(({ path }) => rootOf(path)));
  }

  add(item: Item): void {
    const key = this.sort.keyOf(item.only?.(this.roots) ?? item.doc);
    item.forget?.();
    const room = KEY_BYTES + (item.bytes?.length ?? roomOf(item.doc));
    this.meter.take(room);
    this.last.push({ key, item, room });
    if (this.last.length >= RUN) this.close();
  }

  /** Brings all into one order; yields now and then. */
  *merge(): Generator<void> {
    if (this.last.length > 0) this.close();
    while (this.runs.length > 1) {
      const halved: Keyed<Item>[][] = []; // of neighbours only, so that equal ones stay as they came
      yield* this.mergePairs(halved);
      this.runs = halved;
    }
  }

  whole(): readonly Keyed<Item>[] {
    return this.runs[0] ?? [];
  }

  private *mergePairs(into: Keyed<Item>[][]): Generator<void> {
    for (let at = 0; at < this.runs.length; at += 2) {
      const both: Keyed<Item>[] = [];
      yield* this.mergeTwo(this.runs[at] ?? [], this.runs[at + 1] ?? [], both);
      into.push(this.trimmed(both));
    }
  }

  /** Of equal ones the left comes first; yields now and then. */
  private *mergeTwo(left: Keyed<Item>[], right: Keyed<Item>[], into: Keyed<Item>[]): Generator<void> {
    let [at, to] = [0, 0];
    for (let next = this.nextOf(left[0], right[0]); next; next = this.nextOf(left[at], right[to])) {
      if (next === left[at]) at += 1;
      else to += 1;
      into.push(next);
      if (into.length % LOOK_UP === 0) yield;
    }
  }

  private nextOf(left: Keyed<Item> | undefined, right: Keyed<Item> | undefined): Keyed<Item> | undefined {
    if (!left || !right) return left ?? right;
    return this.sort.compareKeys(left.key, right.key) <= 0 ? left : right;
  }

  private close(): void {
    const run = this.last.sort((left, right) => this.sort.compareKeys(left.key, right.key));
    this.runs.push(this.trimmed(run));
    this.last = [];
    if (this.most <= RUN && this.runs.length > FEW_RUNS) this.runs = [this.mergedAtOnce()];
  }

  private mergedAtOnce(): Keyed<Item>[] {
    const all = this.runs.flat().sort((left, right) => this.sort.compareKeys(left.key, right.key));
    return this.trimmed(all);
  }

  private trimmed(run: Keyed<Item>[]): Keyed<Item>[] {
    if (run.length <= this.most) return run;
    this.meter.give(run.slice(this.most).reduce((sum, { room }) => sum + room, 0));
    return run.slice(0, this.most);
  }
}
