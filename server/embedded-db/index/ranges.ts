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
 * The intervals of an index that hold every document the constraints allow, in key order.
 *
 * @param constraints by field, ending with the first field nothing is known of.
 */
export function intervalsOf(index: Index, constraints: readonly Constraint[]): Interval[] {
  let prefixes: Buffer[] = [tableKey(index.table, Buffer.alloc(0))];
  for (const [at, constraint] of constraints.entries()) {
    const isDescending = index.fields[at]?.isDescending ?? false;
    const spans = spansOf(constraint, isDescending);
    const isLast = constraint.kind !== 'points' || prefixes.length * spans.length > MAX_INTERVALS;
    if (isLast) return finish(prefixes, constraint.kind === 'points' ? null : (spans[0] ?? null), index);
    prefixes = prefixes.flatMap((prefix) => spans.map(({ low }) => Buffer.concat([prefix, low])));
  }
  if (constraints.length === 0) return [{ ...tableRange(index.table), isKey: false }];
  const isWhole = constraints.length === index.fields.length && index.spec.unique;
  const intervals = prefixes.map((prefix) =>
    clipped({ low: prefix, high: Buffer.concat([prefix, PAST]) }, isWhole),
  );
  return sortedDistinct(intervals);
}

type Span = { low: Buffer; high: Buffer };

function finish(prefixes: readonly Buffer[], span: Span | null, index: Index): Interval[] {
  if (!span && prefixes.length === 1 && prefixes[0]?.length === 4)
    return [{ ...tableRange(index.table), isKey: false }];
  const { low, high } = span ?? { low: Buffer.alloc(0), high: PAST };
  const intervals = prefixes.map((prefix) =>
    clipped({ low: Buffer.concat([prefix, low]), high: Buffer.concat([prefix, high]) }, false),
  );
  return sortedDistinct(intervals);
}

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
