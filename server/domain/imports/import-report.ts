/** What became of a good row. */
export type Outcome = 'created' | 'changed' | 'unchanged';

/** Something about one row, by the line of the file and what the row calls itself. */
export type RowNote = { line: number; id: string; reasons: string[] };

/**
 * What an import did, or with `isDryRun` would do; rejected rows name every reason. `imported` counts every good row. `notes`:
 * good rows that somebody should know about, such as an order that came to another customer. `newCustomers`: the names of those
 * whom nobody knew before this file.
 */
export type ImportReport = Record<Outcome, number> & {
  imported: number;
  rejected: RowNote[];
  notes: RowNote[];
  newCustomers: string[];
};

/**
 * How an import is run, who is asking, and how it came; nothing is written by a dry run. `touched` collects the accounts whose
 * facts changed. `onBatch` may take what was found out of the report, again and again, so that it never grows large.
 */
export type ImportMode = {
  by: string;
  via: 'import' | 'api';
  isDryRun?: boolean;
  touched?: Set<string>;
  onBatch?: ((report: ImportReport) => Promise<void>) | undefined;
};

/** A file that is taken in from the command line. */
export const FROM_FILE: ImportMode = { by: 'import', via: 'import' };

export const emptyReport = (): ImportReport => ({
  imported: 0,
  created: 0,
  changed: 0,
  unchanged: 0,
  rejected: [],
  notes: [],
  newCustomers: [],
});

/** Notes customers whom nobody knew, each once: in a dry run every batch meets them anew. `met`: the keys of names noted so far. */
export function noteNewCustomers(
  report: ImportReport,
  named: readonly { key: string; name: string }[],
  met: Set<string>,
): void {
  for (const { key, name } of named) if (!met.has(key)) report.newCustomers.push(name);
  for (const { key } of named) met.add(key);
}

/** Counts good rows. */
export function tally(report: ImportReport, outcome: Outcome, rows = 1): void {
  report[outcome] += rows;
  report.imported += rows;
}

/** What saving `after` would do; null `before`: there is nothing yet. Only the fields of `after` count. */
export function outcomeOf<Fields extends object>(before: object | null, after: Fields): Outcome {
  if (!before) return 'created';
  return Object.keys(changedFields(before, after)).length > 0 ? 'changed' : 'unchanged';
}

/** The fields of `after` that differ from `before`, as they were. */
function changedFields(before: object, after: object): Record<string, unknown> {
  const known = new Map<string, unknown>(Object.entries(before));
  const differing = Object.entries(after).filter(([key, value]) => textOf(known.get(key)) !== textOf(value));
  return Object.fromEntries(differing.map(([key]) => [key, known.get(key) ?? null]));
}

/** Fields may stand in any order: what a database gives back is not what was put in, to the letter. */
const textOf = (value: unknown): string =>
  JSON.stringify(value ?? null, (_key, each: unknown) =>
    each && typeof each === 'object' && !Array.isArray(each) && !(each instanceof Date)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );

/** Which line named a key first; a later line with the same key is refused instead of overwriting the earlier one. */
export function createSeen(label: string) {
  const lines = new Map<string, number>();
  return {
    /** The reasons against the row; none when the key is new. */
    refuse(key: string, line: number): string[] {
      const first = lines.get(key);
      if (first !== undefined) return [`${label}与第 ${first} 行重复`];
      lines.set(key, line);
      return [];
    },
  };
}

/** The report with its rows in the order of the file: some reasons are found later than others. */
export const inOrder = (report: ImportReport): ImportReport => bothReports(report, emptyReport());

/** One report of two runs over the same file. */
export const bothReports = (one: ImportReport, other: ImportReport): ImportReport => ({
  imported: one.imported + other.imported,
  created: one.created + other.created,
  changed: one.changed + other.changed,
  unchanged: one.unchanged + other.unchanged,
  rejected: [...one.rejected, ...other.rejected].toSorted((a, b) => a.line - b.line),
  notes: [...one.notes, ...other.notes].toSorted((a, b) => a.line - b.line),
  newCustomers: [...one.newCustomers, ...other.newCustomers],
});

/** What the audit log keeps of a row: of something known only the fields that changed, as they were and as they are. */
export function fromTo(before: object | null, after: object): { from: unknown; to: unknown } {
  if (!before) return { from: null, to: after };
  const from = changedFields(before, after);
  const to = Object.fromEntries(Object.entries(after).filter(([key]) => Object.hasOwn(from, key)));
  return { from, to };
}
