import { once } from 'node:events';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Holds } from '../domain/imports/column.ts';

/** A table to write: its columns, and its rows as texts, batch by batch. */
export type Written = {
  name: string;
  header: readonly string[];
  holds: readonly Holds[];
  batches: AsyncIterable<readonly (readonly string[])[]>;
};

/** The first row is the header; a sheet holds no more, so that the rest begins another one. */
const ROWS_OF_A_SHEET = 1_048_575;
/** What Excel takes in one cell. */
const LONGEST_CELL = 32_767;
const CUT = '…（内容过长，全文请导出 CSV）';
const STYLE = { plain: 0, header: 1, day: 2, money: 3, text: 4 } as const;
const DAY_MS = 86_400_000;
const EPOCH_MS = Date.UTC(1899, 11, 30);

/** The bytes of a workbook, piece by piece; never all of it at once. Days are days, sums are numbers, everything else is text. */
export async function* xlsxOf(table: Written, rowsOfASheet = ROWS_OF_A_SHEET): AsyncGenerator<Buffer> {
  const zip = new ZipFile();
  const output = Readable.from(zip.outputStream as AsyncIterable<Buffer>);
  const rows = rowsIn(table.batches);
  const stop = (error: Error) => output.destroy(error);
  zip.on('error', stop);
  fill(zip, table, { rows, rowsOfASheet }).catch(stop);
  try {
    yield* output as AsyncIterable<Buffer>;
  } finally {
    await rows.return(undefined);
  }
}

async function* rowsIn(batches: Written['batches']): AsyncGenerator<readonly string[], undefined> {
  for await (const batch of batches) yield* batch;
  return undefined;
}

type Filling = { rows: AsyncGenerator<readonly string[], undefined>; rowsOfASheet: number };

async function fill(zip: ZipFile, table: Written, { rows, rowsOfASheet }: Filling): Promise<void> {
  let sheets = 0;
  let next = await rows.next();
  do {
    sheets += 1;
    const pieces = sheetXml(table, async function* one() {
      for (let row = 0; row < rowsOfASheet && !next.done; row += 1) {
        yield next.value;
        next = await rows.next();
      }
    });
    const stream = Readable.from(pieces, { objectMode: false });
    zip.addReadStream(stream, `xl/worksheets/sheet${sheets}.xml`);
    await once(stream, 'end');
  } while (!next.done);
  for (const [name, text] of partsOf(table.name, sheets)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGES = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const PIECE = 200;

async function* sheetXml(
  { header, holds }: Written,
  rows: () => AsyncGenerator<readonly string[]>,
): AsyncGenerator<string> {
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultColWidth="16" defaultRowHeight="15"/><sheetData>`;
  let line = 1;
  let xml = rowXml(
    line,
    header.map((title, at) => textCell(title, addressOf(at, 1), STYLE.header)),
  );
  for await (const cells of rows()) {
    line += 1;
    xml += rowXml(
      line,
      cells.map((text, at) => cellXml(text, addressOf(at, line), holds[at] ?? 'text')),
    );
    if (line % PIECE !== 0) continue;
    yield xml;
    xml = '';
  }
  yield `${xml}</sheetData></worksheet>`;
}

const rowXml = (line: number, cells: readonly string[]) => `<row r="${line}">${cells.join('')}</row>`;

/** 0, 5 → `A5` */
function addressOf(column: number, line: number): string {
  let letters = '';
  for (let rest = column; rest >= 0; rest = Math.floor(rest / 26) - 1)
    letters = String.fromCharCode(65 + (rest % 26)) + letters;
  return `${letters}${line}`;
}

const PLAIN_SUM = /^-?\d{1,13}(?:\.\d{1,2})?$/;
const PLAIN_DAY = /^(?:19|20)\d\d-\d\d-\d\d$/;

function cellXml(text: string, at: string, holds: Holds): string {
  if (text === '') return '';
  if ((holds === 'money' || holds === 'number') && PLAIN_SUM.test(text))
    return `<c r="${at}" s="${holds === 'money' ? STYLE.money : STYLE.plain}"><v>${text}</v></c>`;
  if (holds === 'day' && PLAIN_DAY.test(text)) {
    const serial = (Date.parse(`${text}T00:00:00Z`) - EPOCH_MS) / DAY_MS;
    return `<c r="${at}" s="${STYLE.day}"><v>${serial}</v></c>`;
  }
  return textCell(text, at, STYLE.text);
}

function textCell(text: string, at: string, style: number): string {
  const shown = text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL - CUT.length)}${CUT}` : text;
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(shown)}</t></is></c>`;
}

/** Letters that XML cannot hold are left out; what Excel would read as such a letter is told apart. */
const escapeXml = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex -- these are what XML 1.0 forbids
    .replaceAll(/[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g, '')
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '_x000D_');

function* partsOf(name: string, sheets: number): Generator<[string, string]> {
  const numbers = Array.from({ length: sheets }, (_, at) => at + 1);
  const nameOf = (number: number) => (number === 1 ? name : `${name} ${number}`);
  yield [
    '[Content_Types].xml',
    `${XML}<Types xmlns="${PACKAGES}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>${numbers.map((each) => `<Override PartName="/xl/worksheets/sheet${each}.xml" ContentType="${TYPES}.worksheet+xml"/>`).join('')}</Types>`,
  ];
  yield [
    '_rels/.rels',
    `${XML}<Relationships xmlns="${PACKAGES}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ];
  yield [
    'xl/workbook.xml',
    `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${numbers.map((each) => `<sheet name="${escapeXml(nameOf(each))}" sheetId="${each}" r:id="rId${each}"/>`).join('')}</sheets></workbook>`,
  ];
  yield [
    'xl/_rels/workbook.xml.rels',
    `${XML}<Relationships xmlns="${PACKAGES}/relationships">${numbers.map((each) => `<Relationship Id="rId${each}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${each}.xml"/>`).join('')}<Relationship Id="rId${sheets + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  ];
  yield [
    'xl/styles.xml',
    `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`,
  ];
}
