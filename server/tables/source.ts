import { open } from 'node:fs/promises';
import { wordsOf, type HeaderSpec } from '../domain/imports/header.ts';
import { headerKey } from '../domain/imports/column.ts';
import { ENCODINGS, encodingOf, textOf } from './decode.ts';
import type { Line } from './line.ts';
import { readCsv } from './read-csv.ts';
import { readSheet } from './read-xlsx.ts';
import { RefusedFile } from './refused-file.ts';
import { openWorkbook, type Sheet, type Workbook } from './workbook.ts';

/** How a file is to be read, where it cannot be told from the file. */
export type SourceSpec = HeaderSpec & { encoding?: string; sheet?: string };

/** A table in a file; `lines` begins again each time, and gives many at a time: waiting for each alone takes longer than reading it. `shift`: days to add to bare dates. */
export type Source = {
  lines: () => AsyncGenerator<readonly Line[]>;
  delimiter: string | null; // null for a workbook
  shift: number;
  /** What people should know of it, e.g. its encoding or other sheets. */
  told: readonly string[];
  close: () => void;
};

const ZIP = '504b0304';
/** Excel 97 and later, or a workbook with a password; and the bare records of Excel 2 to 5. */
const OLD_OFFICE = /^(?:d0cf11e0a1b11ae1|09(?:00|02|04|08)0[4-9a-f]00)/;

/** Opens the table of a file by what is in it, whatever its name. @throws {RefusedFile} */
export async function openSource(file: string, wish: SourceSpec): Promise<Source> {
  const start = await beginningOf(file);
  if (start.startsWith(ZIP)) return bookSource(file, wish);
  if (OLD_OFFICE.test(start))
    throw new RefusedFile(
      '文件是旧版 .xls，或加了密码的工作簿：请用 Excel 或 WPS 打开，去掉密码，另存为 .xlsx 或“CSV UTF-8”后再导入',
    );
  if (wish.sheet) throw new RefusedFile('文本文件（CSV）没有工作表，请去掉 --sheet');
  return textSource(file, wish);
}

async function beginningOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.toString('hex', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function textSource(file: string, wish: SourceSpec): Promise<Source> {
  const encoding = wish.encoding ? namedEncoding(wish.encoding) : await encodingOf(file);
  const first = await firstLines(textOf(file, encoding));
  if (/^\s*<(?:!doctype|html|table|\?xml)/i.test(first[0] ?? ''))
    throw new RefusedFile('文件其实是网页（有些系统这样导出 .xls），请用表格软件打开后另存为 .xlsx');
  const delimiter = delimiterOf(first, wish);
  return {
    lines: () => readCsv(textOf(file, encoding), delimiter),
    delimiter,
    shift: 0,
    told:
      encoding === 'utf-8'
        ? []
        : [`文件编码：${encoding === 'gb18030' ? 'GBK（GB18030）' : encoding.toUpperCase()}`],
    close: () => undefined,
  };
}

function namedEncoding(name: string): string {
  const encoding = ENCODINGS.get(name.toLowerCase());
  if (encoding) return encoding;
  throw new RefusedFile(`--encoding 不认识“${name}”，可用：${[...ENCODINGS.keys()].join('、')}`);
}

const SAMPLE_LINES = 30;
const SAMPLE_LETTERS = 200_000;

async function firstLines(pieces: AsyncIterable<string>): Promise<string[]> {
  let text = '';
  for await (const piece of pieces) {
    text += piece;
    if (text.length > SAMPLE_LETTERS || text.split('\n').length > SAMPLE_LINES) break;
  }
  return text.split(/\r\n|\r|\n/).slice(0, SAMPLE_LINES);
}

const DELIMITERS = [',', '\t', ';', '|', '，', '；'];

/** What parts the cells: what Excel's first line says, else what shows most known columns in one line. */
function delimiterOf(lines: readonly string[], { columns, map }: HeaderSpec): string {
  const said = /^"?sep=(.)/i.exec(lines[0] ?? '')?.[1];
  if (said) return said;
  const words = wordsOf(columns);
  const isKnown = (title: string) => words.has(headerKey(title).key) || map.has(headerKey(title).key);
  const known = (line: string, delimiter: string) =>
    line.split(delimiter).filter((cell) => isKnown(cell.trim().replaceAll(/^"|"$/g, ''))).length;
  const scores = DELIMITERS.map((delimiter) => ({
    delimiter,
    known: lines.reduce((most, line) => Math.max(most, known(line, delimiter)), 0),
  }));
  return scores.reduce((best, each) => (each.known > best.known ? each : best)).delimiter;
}

async function bookSource(file: string, wish: SourceSpec): Promise<Source> {
  const book = await openWorkbook(file);
  const sheet = wish.sheet ? namedSheet(book, wish.sheet) : await likeliestSheet(book, wish);
  const others: string[] = [];
  for (const other of wish.sheet ? [] : book.sheets)
    if (other !== sheet && (await knownIn(book, other, wish)) > 1) others.push(other.name);
  return {
    lines: () => oneByOne(readSheet(book, sheet)),
    delimiter: null,
    shift: book.shift,
    told:
      others.length > 0
        ? [
            `只读了工作表“${sheet.name}”；${others.map((name) => `“${name}”`).join('、')}也像数据，请用 --sheet 另行导入`,
          ]
        : [],
    close: book.zip.close,
  };
}

/** A workbook is read row by row anyway. */
async function* oneByOne(lines: AsyncIterable<Line>): AsyncGenerator<Line[]> {
  for await (const line of lines) yield [line];
}

/** By its name, for which blanks around it do not count. */
function namedSheet({ sheets, hidden }: Workbook, name: string): Sheet {
  const isNamed = (each: string) => each.trim() === name.trim();
  const found = sheets.find((sheet) => isNamed(sheet.name));
  if (found) return found;
  if (hidden.some(isNamed))
    throw new RefusedFile(`工作表“${name.trim()}”是隐藏的；请在表格软件中取消隐藏，核对后再导入`);
  throw new RefusedFile(`没有工作表“${name}”，有：${sheets.map((sheet) => sheet.name).join('、')}`);
}

/** The first sheet of those whose first rows name most columns. */
async function likeliestSheet(book: Workbook, wish: HeaderSpec): Promise<Sheet> {
  const [first, ...others] = book.sheets;
  if (!first) throw new RefusedFile('工作簿里没有可见的工作表');
  let best = { sheet: first, known: await knownIn(book, first, wish) };
  for (const sheet of others) {
    const known = await knownIn(book, sheet, wish);
    if (known > best.known) best = { sheet, known };
  }
  return best.sheet;
}

/** How many known columns a row of the first ones names at most. */
async function knownIn(book: Workbook, sheet: Sheet, { columns, map }: HeaderSpec): Promise<number> {
  const words = wordsOf(columns);
  let [rows, most] = [0, 0];
  for await (const { cells } of readSheet(book, sheet)) {
    const keys = cells.map((cell) => headerKey(String(cell)).key);
    most = Math.max(most, keys.filter((key) => words.has(key) || map.has(key)).length);
    if ((rows += 1) >= SAMPLE_LINES) break;
  }
  return most;
}
