import { createHash } from 'node:crypto';
import { ApiError } from '../api-error.ts';

type Limits = {
  limit: number | undefined;
  /** `usual` when no limit is asked for; a bigger one than `max` is clamped. */
  max: number;
  usual: number;
};

type Paging<Row> = Limits & {
  /** A unique key that orders the rows; a cursor remembers the last one, so rows that come or go do not shift a page. */
  keyOf: (row: Row) => string;
  /** What the cursor belongs to: the API and its filters. A cursor of another query is refused. */
  query: string;
  cursor: string | undefined;
};

type Page<Row> = { rows: Row[]; nextCursor: string };

/** One page in key order and the cursor of the next; '' at the end. @throws {ApiError} 50100 on a foreign cursor. */
export function pageOf<Row>(rows: readonly Row[], paging: Paging<Row>): Page<Row> {
  const { keyOf } = paging;
  const after = (key: string) =>
    rows
      .map((row) => ({ row, key: keyOf(row) }))
      .filter((candidate) => candidate.key > key)
      .sort((left, right) => (left.key < right.key ? -1 : 1))
      .map(({ row }) => row);
  return pageAfter(after, paging);
}

/**
 * The same where the rows can be had in order from any key on; only those of the page are looked at.
 *
 * @param after rows whose key comes after the given one, '' for all.
 * @throws {ApiError} 50100
 */
export function pageAfter<Row>(after: (key: string) => Iterable<Row>, paging: Paging<Row>): Page<Row> {
  const { keyOf, query, cursor } = paging;
  const mark = createHash('sha256').update(query).digest('hex').slice(0, 8);
  const size = sizeOf(paging);
  const page: Row[] = [];
  for (const row of after(cursor ? openCursor(cursor, mark) : '')) {
    const last = page.at(-1);
    if (page.length === size && last !== undefined)
      return { rows: page, nextCursor: Buffer.from(`${mark}${keyOf(last)}`).toString('base64url') };
    page.push(row);
  }
  return { rows: page, nextCursor: '' };
}

function sizeOf({ limit, max, usual }: Limits): number {
  return limit && limit > 0 ? Math.min(limit, max) : usual;
}

function openCursor(cursor: string, mark: string): string {
  const text = Buffer.from(cursor, 'base64url').toString();
  if (!text.startsWith(mark)) throw new ApiError(50100);
  return text.slice(mark.length);
}
