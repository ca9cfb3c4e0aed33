import type { ImportReport, RowNote } from '../domain/imports/import-report.ts';
import type { TableRow } from '../tables/read-table.ts';
import type { RejectFile } from './reject-file.ts';

/** Of many rows so many are kept in mind; all of them are counted, and written to the file of rejected rows. */
const KEPT = 1000;
const KINDS = 100;

/** What was found against rows: how many, and the first of them. */
export type Found = { count: number; rows: RowNote[] };

/** What an import found, however many rows that is. `kinds`: the reasons against rows without what stands in quotes, and how often. */
export type ImportTally = {
  rejected: Found;
  notes: Found;
  kinds: Map<string, number>;
  /** Passes rows on, and remembers them until their batch is done. */
  watch: (rows: AsyncIterable<TableRow>) => AsyncGenerator<TableRow>;
  /** Takes over what a batch found. */
  onBatch: (report: ImportReport) => Promise<void>;
};

/** Counts instead of keeping: a file of a million bad rows takes no more memory than one of a thousand. */
export function createImportTally(file: RejectFile | null): ImportTally {
  const recent = new Map<number, readonly string[]>();
  const rejected: Found = { count: 0, rows: [] };
  const notes: Found = { count: 0, rows: [] };
  const kinds = new Map<string, number>();
  return {
    rejected,
    notes,
    kinds,
    async *watch(rows) {
      for await (const row of rows) {
        recent.set(row.line, row.cells);
        yield row;
      }
    },
    async onBatch(report) {
      for (const row of report.rejected.toSorted((a, b) => a.line - b.line)) {
        keep(rejected, row);
        for (const reason of row.reasons) countKind(kinds, reason);
        const cells = recent.get(row.line) ?? [];
        if (file && cells.length > 0) await file.add(cells, row.reasons);
      }
      for (const row of report.notes) keep(notes, row);
      report.rejected.length = 0;
      report.notes.length = 0;
      recent.clear();
    },
  };
}

function keep(found: Found, row: RowNote): void {
  found.count += 1;
  if (found.rows.length < KEPT) found.rows.push(row);
}

function countKind(kinds: Map<string, number>, reason: string): void {
  const kind = reason.replaceAll(/“[^”]*”/g, '“…”').replaceAll(/\d+/g, 'N');
  if (kinds.has(kind) || kinds.size < KINDS) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
}
