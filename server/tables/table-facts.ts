/** Rows of a kind: how many, and the first of them. */
export type Some = { count: number; lines: number[] };

/** What a file holds, counted before anything of it is taken in. */
export type TableFacts = {
  /** Rows of data; every one of them is either taken in or refused. */
  rows: number;
  /** Rows that are no data: sums, signatures, headers of further pages. */
  aside: Some;
  /** Rows with fewer cells than the header, and rows that the spreadsheet does not show. */
  short: Some;
  hidden: Some;
  told: readonly string[];
};

/** The first so many are named. */
const SHOWN = 5;
/** None of a kind yet. */
export const none = (): Some => ({ count: 0, lines: [] });

/** Counts one more. */
export function note(some: Some, line: number): void {
  some.count += 1;
  if (some.lines.length < SHOWN) some.lines.push(line);
}
