import {
  createSeen,
  inOrder,
  type ImportMode,
  type ImportReport,
} from '../../domain/imports/import-report.ts';
import type { Numbered, Read } from '../../domain/imports/row-cells.ts';
import { wellFormed } from '../../domain/well-formed.ts';
import { batchesOf } from '../../infra/streams.ts';

/** Something that no two rows of a file may share, and its name for people; an empty one is none. */
type Key<Row> = { label: string; of: (row: Row) => string };

/** How the rows of one kind are read and kept; `idOf` is what a row calls itself in the report. */
type Frame<Row, Thing> = {
  report: ImportReport;
  onBatch?: ImportMode['onBatch'];
  idOf: (row: Row) => string;
  keys: readonly Key<Row>[];
  /** Rows of another kind in the same file are passed over. */
  isOurs?: (row: Row) => boolean;
  read: (row: Row) => Read<Thing>;
  /** Keeps a batch of good rows; what is found against them goes to the report. */
  keep: (rows: readonly (Thing & { line: number })[]) => Promise<void>;
};

const BATCH = 500;

/** Every import: rows are read in batches, bad ones reported with every reason, good ones kept. A key that stands twice would overwrite the earlier row. */
export async function importRows<Row, Thing extends object>(
  rows: AsyncIterable<Numbered<Row>>,
  frame: Frame<Row, Thing>,
): Promise<ImportReport> {
  const { report, isOurs = () => true } = frame;
  const seen = frame.keys.map(({ label, of }) => ({ of, ...createSeen(label) }));
  for await (const batch of batchesOf(rows, BATCH)) {
    const rows = batch.map((row) => ({ ...row, values: wellFormed(row.values) }));
    const good = rows.filter(({ values }) => isOurs(values)).flatMap((row) => goodOf(row, { frame, seen }));
    if (good.length > 0) await frame.keep(good);
    await frame.onBatch?.(report);
  }
  return inOrder(report);
}

/** The row as it is kept; nothing when there is something against it, which goes to the report. */
function goodOf<Row, Thing extends object>(
  row: Numbered<Row>,
  { frame, seen }: { frame: Frame<Row, Thing>; seen: readonly Seen<Row>[] },
): (Thing & { line: number })[] {
  const { line, values } = row;
  const read = readWhole(row, frame);
  const reasons = isGood(read) ? repeated(seen, values, line) : read.problems;
  if (isGood(read) && reasons.length === 0) return [{ ...read, line }];
  frame.report.rejected.push({ line, id: frame.idOf(values), reasons });
  return [];
}

/** What a row says, unless it is broken as a row: then its cells are not where they belong. */
function readWhole<Row, Thing extends object>(
  { values, problems = [] }: Numbered<Row>,
  { read }: Pick<Frame<Row, Thing>, 'read'>,
): Read<Thing> {
  const [first, ...rest] = problems;
  return first === undefined ? read(values) : { problems: [first, ...rest] };
}

const isGood = <Thing>(read: Read<Thing>): read is Thing & { problems: [] } => read.problems.length === 0;

type Seen<Row> = Pick<Key<Row>, 'of'> & ReturnType<typeof createSeen>;

/** The first key that an earlier row has, too. */
function repeated<Row>(seen: readonly Seen<Row>[], row: Row, line: number): string[] {
  for (const { of, refuse } of seen) {
    const reasons = of(row) ? refuse(of(row), line) : [];
    if (reasons.length > 0) return reasons;
  }
  return [];
}
