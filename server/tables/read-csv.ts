import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { Line } from './line.ts';
import { RefusedFile } from './refused-file.ts';

/** A row may be so long; what is longer is rather a quote that was never closed. */
const LONGEST_ROW = 1_000_000;

/**
 * The rows of a CSV file, many at a time. Lines may end in any way, also mixed; quotes inside a cell and rows of any length are forgiven. At the
 * end the lines of all rows are held against those of the text, so that none is ever passed over. @throws {RefusedFile}
 */
export async function* readCsv(pieces: AsyncIterable<string>, delimiter: string): AsyncGenerator<Line[]> {
  const counted = { lines: 0 };
  const parser = parse({
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LONGEST_ROW,
  });
  const source = Readable.from(withPlainEnds(pieces, counted));
  source.on('error', (error) => parser.destroy(error));
  let line = 1;
  try {
    for await (const first of source.pipe(parser) as AsyncIterable<string[]>) {
      const lines: Line[] = [];
      for (let cells: string[] | null = first; cells; cells = parser.read() as string[] | null) {
        lines.push({ line, cells });
        line += 1 + cells.reduce((sum, cell) => sum + endsIn(cell), 0);
      }
      yield lines;
    }
  } catch (error) {
    throw isUnclosed(error)
      ? new RefusedFile(`第 ${line} 行有一个引号没有结束，请补上或删去（单元格里的引号要写两遍：""）`, {
          cause: error,
        })
      : error;
  } finally {
    source.destroy();
  }
  if (line - 1 !== counted.lines)
    throw new RefusedFile(
      `文件有 ${counted.lines} 行，只读出 ${line - 1} 行；请检查引号，或另存为 XLSX 后再导入`,
    );
}

const endsIn = (text: string): number => (text.includes('\n') ? text.split('\n').length - 1 : 0);

const isUnclosed = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['CSV_QUOTE_NOT_CLOSED', 'CSV_MAX_RECORD_SIZE'].includes(String(error.code));

/** The text with every line ended by \n, and how many lines it has. */
async function* withPlainEnds(
  pieces: AsyncIterable<string>,
  counted: { lines: number },
): AsyncGenerator<string> {
  let held = ''; // a \r whose \n may come in the next piece
  let last = '\n';
  for await (const piece of ended(pieces)) {
    const text = held + piece;
    held = text.endsWith('\r') && piece !== END ? '\r' : '';
    const plain = text.slice(0, text.length - held.length).replaceAll(/\r\n?/g, '\n');
    counted.lines += endsIn(plain);
    last = plain.at(-1) ?? last;
    if (plain) yield plain;
  }
  if (last !== '\n') counted.lines += 1;
}

const END = '';

async function* ended(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const piece of pieces) if (piece !== END) yield piece;
  yield END;
}
