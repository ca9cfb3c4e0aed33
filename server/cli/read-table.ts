import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { parse } from 'csv-parse';
import { plainCell } from '../domain/csv.ts';
import { UsageError } from './command.ts';

/** Column names in the file's own words to the names we use; see contract.md "Import files". */
export type Columns = Readonly<Record<string, string>>;

/** A data row with the line (or sheet row) it stands in; the header is line 1. */
export type TableRow = { line: number; values: Record<string, string> };

/** The rows of a file, and the header's columns that nobody knows. */
export type Table = { rows: AsyncGenerator<TableRow>; unknown: string[] };

/** Opens a CSV (UTF-8, with or without BOM) or XLSX file. @throws {UsageError} when it cannot be read or lacks known columns */
export async function readTable(file: string, columns: Columns): Promise<Table> {
  const cells = readCells(file);
  const first = await cells.next();
  if (first.done) throw new UsageError(`${file} is empty`);
  const header = first.value.cells.map((cell) => nameOf(cell, columns));
  const unknown = first.value.cells
    .filter((cell, index) => cell.trim() && !header[index] && cell.trim() !== REASONS_LABEL)
    .map((cell) => cell.trim());
  if (header.every((name) => !name))
    throw new UsageError(`${file} has none of the columns: ${Object.values(columns).join(', ')}`);
  return { rows: rowsOf(cells, header), unknown };
}

type Line = { line: number; cells: string[] };

/** The column of reasons in a file of rejected rows; it says nothing when the file is imported again. */
export const REASONS_LABEL = '拒绝原因';

/** The cells of a CSV or XLSX file, line by line, the header first. @throws {UsageError} when it cannot be read */
export function readCells(file: string): AsyncGenerator<Line> {
  return telling(file, extname(file).toLowerCase() === '.xlsx' ? readXlsx(file) : readCsv(file));
}

/** What is wrong with the file is wrong usage, wherever in the file it is. */
async function* telling(file: string, lines: AsyncGenerator<Line>): AsyncGenerator<Line> {
  try {
    yield* lines;
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function nameOf(cell: string, columns: Columns): string | null {
  const word = cell.trim().toLowerCase();
  return (
    Object.entries(columns).find(([name, label]) => word === name || word === label.toLowerCase())?.[0] ??
    null
  );
}

async function* rowsOf(
  lines: AsyncGenerator<Line>,
  header: readonly (string | null)[],
): AsyncGenerator<TableRow> {
  for await (const { line, cells } of lines) {
    if (cells.every((cell) => !cell.trim())) continue;
    const known = header.flatMap((name, index) =>
      name ? [[name, plainCell(cells[index] ?? '')] as const] : [],
    );
    yield { line, values: Object.fromEntries(known) };
  }
}

/** Quotes inside a field, short rows and blank lines are forgiven: a broken row is reported, never fatal. */
async function* readCsv(file: string): AsyncGenerator<Line> {
  await checkUtf8(file);
  const parser = parse({
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    info: true,
  });
  const stream = createReadStream(file, 'utf8');
  stream.on('error', (error) => parser.destroy(error));
  for await (const { record, info } of stream.pipe(parser) as AsyncIterable<{
    record: string[];
    info: { lines: number };
  }>) {
    yield { line: info.lines, cells: record };
  }
}

/** Excel in China saves CSV as GBK unless told otherwise; nothing of it is taken in, for its names would be garbage. */
async function checkUtf8(file: string): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const bytes of createReadStream(file) as AsyncIterable<Buffer>)
      decoder.decode(bytes, { stream: true });
    decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new TypeError('it is not UTF-8; in Excel save it as “CSV UTF-8” or as XLSX', { cause: error });
  }
}

async function* readXlsx(file: string): AsyncGenerator<Line> {
  const { readSheet } = await import('read-excel-file/node');
  const sheet = await readSheet(await readFile(file));
  for (const [index, cells] of sheet.entries()) yield { line: index + 1, cells: cells.map(textOf) };
}

/** Spreadsheets keep days as instants and sums with noise in the last digits. */
function textOf(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === 'number') return String(Math.round(cell * 1e6) / 1e6);
  return cell === null || cell === undefined ? '' : String(cell);
}
