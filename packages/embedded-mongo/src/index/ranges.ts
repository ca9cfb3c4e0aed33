import type { Index } from '../storage/collection.ts';
import { MAX_KEY_BYTES, tableKey, tableRange } from '../storage/keyspace.ts';
import { KeyWriter } from '../values/key.ts';
import { STRING_RANK } from './constraint.ts';
import type { Constraint, Edge } from './constraint.ts';

/** More intervals than this are not worth their memory; the rest of the fields is then left to the matcher. */
const MAX_INTERVALS = 5000;

/** Keys from `low` up to but without `high`. `isKey` says that `low` is one whole key of a unique index. */
export type Interval = { readonly low: Buffer; readonly high: Buffer; readonly isKey: boolean };

const writer = new KeyWriter();
const PAST = Buffer.from([0xff]);
/** Past the hash that ends a key which was cut. */
const PAST_HASH = Buffer.alloc(40, 0xff);

/**
 * The intervals of an index that hold every document the constraints allow, in key order; `used`: of how many of the
 * constraints they were made.
 *
 * @param constraints by field, ending with the first field nothing is known of.
 */
export function intervalsOf(
  index: Index,
  constraints: readonly Constraint[],
): { intervals: Interval[]; used: number } {
  const { prefixes, last, used } = prefixesOf(index, constraints);
  if (used === 0) return { intervals: [{ ...tableRange(index.table), isKey: false }], used };
  const { low, high } = last ?? { low: Buffer.alloc(0), high: PAST };
  const isKey = index.spec.unique && used === index.fields.length && !last;
  const intervals = sortedDistinct(
    prefixes.map((prefix) =>
      clipped({ low: Buffer.concat([prefix, low]), high: Buffer.concat([prefix, high]) }, isKey),
    ),
  );
  return { intervals, used };
}

type Prefixes = { prefixes: readonly Buffer[]; last: Span | null; used: number };

/** Every combination of the points, and what is known of the field behind them; as far as there is room. */
function prefixesOf(index: Index, constraints: readonly Constraint[]): Prefixes {
  let prefixes: readonly Buffer[] = [tableKey(index.table, Buffer.alloc(0))];
  for (const [used, constraint] of constraints.entries()) {
    const spans = spansOf(constraint, index.fields[used]?.isDescending ?? false);
    if (prefixes.length * spans.length > MAX_INTERVALS) return { prefixes, last: null, used };
    if (constraint.kind !== 'points') return { prefixes, last: spans[0] ?? null, used: used + 1 };
    prefixes = prefixes.flatMap((prefix) => spans.map(({ low }) => Buffer.concat([prefix, low])));
  }
  return { prefixes, last: null, used: constraints.length };
}

type Span = { low: Buffer; high: Buffer };

/** Keys past the longest are cut on disk, so bounds are cut alike, and wide enough for the hash. */
function clipped({ low, high }: Span, isWhole: boolean): Interval {
  if (low.length <= MAX_KEY_BYTES && high.length <= MAX_KEY_BYTES + 1) return { low, high, isKey: isWhole };
  return {
    low: low.subarray(0, MAX_KEY_BYTES),
    high: high.length > MAX_KEY_BYTES ? Buffer.concat([high.subarray(0, MAX_KEY_BYTES), PAST_HASH]) : high,
    isKey: false,
  };
}

function sortedDistinct(intervals: Interval[]): Interval[] {
  if (intervals.length < 2) return intervals;
  const sorted = intervals.toSorted((left, right) => Buffer.compare(left.low, right.low));
  return sorted.filter((interval, at) => at === 0 || !sorted[at - 1]?.low.equals(interval.low));
}

function spansOf(constraint: Constraint, isDescending: boolean): Span[] {
  if (constraint.kind === 'points') {
    return constraint.values.map((value) => {
      const low = writer.clear().value(value, isDescending).take();
      return { low, high: Buffer.concat([low, PAST]) };
    });
  }
  if (constraint.kind === 'range') return [rangeSpan(constraint, isDescending)];
  const type = typeSpan(STRING_RANK, isDescending);
  if (isDescending) return [type];
  const low = Buffer.concat([type.low, Buffer.from(constraint.text, 'utf8')]);
  return [{ low, high: Buffer.concat([low, PAST]) }];
}

/** All values of a type. */
function typeSpan(rank: number, isDescending: boolean): Span {
  const first = isDescending ? 0xff - rank : rank;
  return { low: Buffer.from([first]), high: Buffer.from([first + 1]) };
}

/** In a descending index the bytes are turned round, so what starts a range is its upper end. */
function rangeSpan(range: Constraint & { kind: 'range' }, isDescending: boolean): Span {
  const type = typeSpan(range.rank, isDescending);
  const [first, last] = isDescending ? [range.high, range.low] : [range.low, range.high];
  return {
    low: first ? edgeBytes(first, isDescending, !first.isInclusive) : type.low,
    high: last ? edgeBytes(last, isDescending, last.isInclusive) : type.high,
  };
}

function edgeBytes(edge: Edge, isDescending: boolean, isPast: boolean): Buffer {
  const bytes = writer.clear().value(edge.value, isDescending).take();
  return isPast ? Buffer.concat([bytes, PAST]) : bytes;
}
