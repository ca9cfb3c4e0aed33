import type { Columns, Holds } from '../domain/imports/column.ts';
import { plainCell } from '../domain/imports/csv.ts';
import { countLong, isRounded, roundedProblem, type LongNumbers } from '../domain/imports/damage.ts';
import { headerOf, type Header } from '../domain/imports/header.ts';
import type { Numbered } from '../domain/imports/row-cells.ts';
import { asideOf, isBlankRow, isGlued, widthProblem } from '../domain/imports/table-row.ts';
import { cellText } from './cell-text.ts';
import type { Line } from './line.ts';
import { RefusedFile } from './refused-file.ts';
import { none, note, type TableFacts } from './table-facts.ts';
import { openSource, type Source, type SourceSpec } from './source.ts';

/** A data row, with its cells as they stand in the file, by our names as `values`. */
export type TableRow = Numbered<Record<string, string>> & { cells: readonly string[] };

/** A file whose header was understood; `rows` begins again each time. */
export type Table = {
  header: Header;
  /** What each column of the file holds, for who writes rows of it again. */
  holds: readonly Holds[];
  facts: TableFacts;
  rows: () => AsyncGenerator<TableRow>;
  close: () => void;
};

/** Opens a CSV or XLSX file, and goes through all of it once, so that what is wrong with it as a whole is told before anything is done. @throws {RefusedFile} */
export async function openTable(file: string, wish: SourceSpec): Promise<Table> {
  const source = await sourceOf(file, wish);
  try {
    return await tableOf(source, wish);
  } catch (error) {
    source.close();
    throw refusalOf(error);
  }
}

async function sourceOf(file: string, wish: SourceSpec): Promise<Source> {
  try {
    return await openSource(file, wish);
  } catch (error) {
    throw refusalOf(error);
  }
}

const SYSTEM: Readonly<Record<string, string>> = {
  ENOENT: '没有这个文件',
  EISDIR: '这是一个文件夹，请写出文件名',
  EACCES: '没有读取权限',
};

/** What is wrong with a file is told as such, whatever noticed it. */
function refusalOf(error: unknown): unknown {
  if (error instanceof RefusedFile || !(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  return new RefusedFile(SYSTEM[code] ?? `文件已损坏或不是 CSV、XLSX（${error.message}）`, { cause: error });
}

/** The cells of a line as texts, before their columns are known. */
const plainTexts = ({ cells }: Line): string[] => cells.map((cell) => cellText(cell, 'text', 0));

const SAMPLE_ROWS = 40;

async function tableOf(source: Source, wish: SourceSpec): Promise<Table> {
  const sample: { line: number; cells: string[] }[] = [];
  for await (const lines of source.lines()) {
    const filled = lines
      .filter((line) => !isBlankRow(plainTexts(line)))
      .slice(0, SAMPLE_ROWS - sample.length);
    for (const line of filled) sample.push({ line: line.line, cells: plainTexts(line).map(plainCell) });
    if (sample.length === SAMPLE_ROWS) break;
  }
  if (sample.length === 0) throw new RefusedFile('文件是空的');
  const header = headerOf(
    sample.map(({ cells }) => cells),
    wish,
  );
  if ('problem' in header) throw new RefusedFile(header.problem);
  const after = sample[header.row]?.line ?? 0;
  const frame: Frame = { source, header, columns: wish.columns, after, idAt: idPlace(header) };
  const { facts, rounded } = await survey(frame);
  const holds = header.titles.map((_, at) => holdsOf(frame, at));
  return { header, holds, facts, rows: () => rowsOf(frame, rounded), close: source.close };
}

type Frame = { source: Source; header: Header; columns: Columns; after: number; idAt: number | undefined };

/** The column of the row's own number. */
const idPlace = ({ places }: Header): number | undefined =>
  places.find(({ field }) => field === 'external_id' || field === 'external_userid')?.at;

function holdsOf({ header, columns }: Frame, at: number): Holds {
  const place = header.places.find((each) => each.at === at);
  return (place && columns[place.field]?.holds) ?? 'text';
}

/** A row below the header that is not blank, its cells as texts. */
type Read = { line: number; cells: string[]; isHidden: boolean };

async function* linesBelow(frame: Frame): AsyncGenerator<Read[]> {
  const { source, header, after } = frame;
  const holds = header.titles.map((_, at) => holdsOf(frame, at));
  for await (const lines of source.lines()) {
    const read: Read[] = [];
    for (const { line, cells, isHidden = false } of lines) {
      if (line <= after) continue;
      const texts = cells.map((cell, at) => cellText(cell, holds[at] ?? 'text', source.shift));
      if (!isBlankRow(texts)) read.push({ line, cells: texts, isHidden });
    }
    yield read;
  }
}

/** Goes through a file: counts what is in it, and finds the columns whose long numbers a spreadsheet has rounded. */
async function survey(frame: Frame): Promise<{ facts: TableFacts; rounded: ReadonlySet<number> }> {
  const { header, source } = frame;
  const facts = { rows: 0, aside: none(), short: none(), hidden: none(), told: source.told };
  const ids = header.titles.flatMap((_, at) => (source.delimiter && holdsOf(frame, at) === 'id' ? [at] : []));
  const long = new Map<number, LongNumbers>(ids.map((at) => [at, { all: 0, rounded: 0, noughts: 0 }]));
  for await (const lines of linesBelow(frame)) {
    for (const read of lines) {
      if (!countIn(facts, read, frame)) continue;
      for (const [at, counts] of long) countLong(counts, plainCell(read.cells[at] ?? '').trim());
    }
  }
  const rounded = [...long].filter(([, counts]) => isRounded(counts)).map(([at]) => at);
  return { facts, rounded: new Set(rounded) };
}

const isAside = ({ cells }: Read, { header: { titles }, idAt }: Frame) =>
  asideOf(cells, { titles, idAt }) !== null;

/** Whether the row is data. */
function countIn(facts: TableFacts, read: Read, frame: Frame): boolean {
  const { line, cells, isHidden } = read;
  if (isAside(read, frame)) {
    note(facts.aside, line);
    return false;
  }
  facts.rows += gluedLines(frame, cells);
  if (isHidden) note(facts.hidden, line);
  if (frame.source.delimiter && cells.length < frame.header.titles.length) note(facts.short, line);
  return true;
}

/** How many lines a row holds that a quote has joined; 1 for a row as it should be. */
function gluedLines({ source }: Frame, cells: readonly string[]): number {
  if (!source.delimiter || !isGlued(cells, source.delimiter)) return 1;
  return cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 1);
}

async function* rowsOf(frame: Frame, rounded: ReadonlySet<number>): AsyncGenerator<TableRow> {
  for await (const lines of linesBelow(frame))
    for (const read of lines) if (!isAside(read, frame)) yield* rowsIn(read, frame, rounded);
}

function rowsIn({ line, cells }: Read, frame: Frame, rounded: ReadonlySet<number>): readonly TableRow[] {
  const { header, columns, source } = frame;
  const lines = gluedLines(frame, cells);
  if (lines > 1) return gluedRows(line, lines, cells);
  const width = source.delimiter
    ? widthProblem(cells, { header, columns, delimiter: source.delimiter })
    : null;
  const problems = [...(width ? [width] : []), ...roundedOf(cells, { header, rounded })];
  return [{ line, cells, values: valuesOf(cells, frame), ...(problems.length > 0 ? { problems } : {}) }];
}

function gluedRows(line: number, lines: number, cells: readonly string[]): TableRow[] {
  const problem = `第 ${line}–${line + lines - 1} 行被一个没有配对的引号连成了一行，请检查这几行的引号`;
  return Array.from({ length: lines }, (_, at) => ({
    line: line + at,
    cells: at === 0 ? cells : [],
    values: {},
    problems: [problem],
  }));
}

function valuesOf(cells: readonly string[], { header }: Frame): Record<string, string> {
  return Object.fromEntries(
    header.places.map(({ at, field, unit }) => {
      const text = plainCell(cells[at] ?? '');
      return [
        field,
        unit && /^[\s\d.,¥￥()-]+$/.test(text) && /\d/.test(text) ? `${text.trim()}${unit}` : text,
      ];
    }),
  );
}

const roundedOf = (
  cells: readonly string[],
  { header, rounded }: { header: Header; rounded: ReadonlySet<number> },
): string[] =>
  [...rounded].flatMap((at) => {
    const text = plainCell(cells[at] ?? '').trim();
    return /^\d{16,}$/.test(text) ? [roundedProblem(header.titles[at] ?? '', text)] : [];
  });
