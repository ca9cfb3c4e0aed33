import { createHash } from 'node:crypto';
import { ApiError } from '../api-error.ts';

type Paging<Row> = {
  /** A unique key that orders the rows; a cursor remembers the last one, so rows that come or go do not shift a page. */
  keyOf: (row: Row) => string;
  /** What the cursor belongs to: the API and its filters. A cursor of another query is refused. */
  query: string;
  cursor: string | undefined;
  limit: number | undefined;
  /** `usual` when no limit is asked for; a bigger one than `max` is clamped. */
  max: number;
  usual: number;
};

/** One page in key order and the cursor of the next; '' at the end. @throws {ApiError} 50100 on a foreign cursor. */
export function pageOf<Row>(rows: Row[], paging: Paging<Row>): { rows: Row[]; nextCursor: string } {
  const { keyOf, query, cursor, limit, max, usual } = paging;
  const mark = createHash('sha256').update(query).digest('hex').slice(0, 8);
  const after = cursor ? openCursor(cursor, mark) : '';
  const rest = rows
    .map((row) => ({ row, key: keyOf(row) }))
    .filter(({ key }) => key > after)
    .sort((left, right) => (left.key < right.key ? -1 : 1));
  const size = limit && limit > 0 ? Math.min(limit, max) : usual;
  const page = rest.slice(0, size);
  const last = page.at(-1);
  const hasMore = rest.length > size && last !== undefined;
  return {
    rows: page.map(({ row }) => row),
    nextCursor: hasMore ? Buffer.from(`${mark}${last.key}`).toString('base64url') : '',
  };
}

function openCursor(cursor: string, mark: string): string {
  const text = Buffer.from(cursor, 'base64url').toString();
  if (!text.startsWith(mark)) throw new ApiError(50100);
  return text.slice(mark.length);
}
