import type { Column, Holds } from '../imports/column.ts';
import type { Names } from '../imports/row-cells.ts';

/** Whom a row may name: members, and accounts with their number in the ERP. */
export type Lookup = {
  accountOf: (accountId: string | null) => { name: string; externalId: string };
  timeZone: string;
};

/** The rows that one kept thing makes in a table. */
export type Sheet = {
  header: readonly string[];
  holds: readonly Holds[];
  rowsOf: (kept: object, lookup: Lookup) => string[][];
};

/** A table whose rows are read off a thing, column by column; a column that no import knows is a label alone; `partsOf`: one row for each part of it. */
export function sheetOf<Kept extends object, Part = Kept>(
  columns: readonly (readonly [
    column: Column | string,
    cell: (part: Part, kept: Kept, lookup: Lookup) => unknown,
  ])[],
  partsOf: (kept: Kept) => readonly Part[],
): Sheet {
  return {
    header: columns.map(([column]) => (typeof column === 'string' ? column : column.label)),
    holds: columns.map(([column]) => (typeof column === 'string' ? 'text' : column.holds)),
    rowsOf: (kept, lookup) =>
      partsOf(kept as Kept).map((part) =>
        columns.map(([, cell]) => cellText(cell(part, kept as Kept, lookup), lookup.timeZone)),
      ),
  };
}

/** Whatever is kept, as a cell: moments in the corp's time, lists parted by `；`, nothing as nothing. */
export function cellText(value: unknown, timeZone: string): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return instantText(value, timeZone);
  if (typeof value === 'boolean') return value ? '是' : '否';
  return typeof value === 'object' ? objectText(value) : String(value);
}

const objectText = (value: object): string =>
  Array.isArray(value) && value.every((each) => typeof each !== 'object')
    ? value.join('；')
    : JSON.stringify(value);

/** `2026-03-11 10:00:00` */
const instantText = (at: Date, timeZone: string): string =>
  at.toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });

/** The word that people read for one of our values. */
export const wordOf = <Value extends string>(
  names: Names<Value>,
  value: Value | null | undefined,
): string | null => names.find(([, each]) => each === value)?.[0] ?? value ?? null;

/** `1280050` fen → `12800.50`; null stays null. */
export const yuanCell = (fen: number | null | undefined): string | null =>
  fen === null || fen === undefined ? null : (fen / 100).toFixed(2);
