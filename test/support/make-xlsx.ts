import { crc32, deflateRawSync } from 'node:zlib';

/** A cell: text, number, a day (kept as a serial number with a date format), a truth, or nothing. */
export type Cell = string | number | { serial: number } | boolean | null;

/** Days since 30 December 1899, as spreadsheets keep dates. */
export const serialOf = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 25_569;

type Rows = readonly (readonly Cell[])[];

/** A sheet; `filtered`: which rows, counted from 1, a filter does not show; `isHidden`: the sheet itself is not shown. */
export type SheetLike = { name: string; rows: Rows; filtered?: readonly number[]; isHidden?: boolean };

/** The bytes of a workbook with one sheet. */
export const makeXlsx = (rows: Rows): Buffer => makeWorkbook([{ name: '订单', rows }]);

/** The bytes of a workbook: as little as a spreadsheet program would accept. `is1904`: its days count from 1904. */
export function makeWorkbook(sheets: readonly SheetLike[], { is1904 = false } = {}): Buffer {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packages = 'http://schemas.openxmlformats.org/package/2006';
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return zip({
    '[Content_Types].xml': `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>${sheets.map((_, n) => `<Override PartName="/xl/worksheets/sheet${n + 1}.xml" ContentType="${type}.worksheet+xml"/>`).join('')}<Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr date1904="${Number(is1904)}"/><sheets>${sheets.map(({ name, isHidden }, n) => `<sheet name="${escape(name)}" sheetId="${n + 1}"${isHidden ? ' state="hidden"' : ''} r:id="rId${n + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}/relationships">${sheets.map((_, n) => `<Relationship Id="rId${n + 1}" Type="${office}/worksheet" Target="worksheets/sheet${n + 1}.xml"/>`).join('')}<Relationship Id="styles" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ...Object.fromEntries(
      sheets.map((sheet, n) => [`xl/worksheets/sheet${n + 1}.xml`, sheetXml(main, sheet)]),
    ),
  });
}

const sheetXml = (main: string, { rows, filtered = [] }: SheetLike): string =>
  `<worksheet xmlns="${main}"><sheetData>${rows.map((cells, index) => rowXml(cells, index, filtered.includes(index + 1))).join('')}</sheetData></worksheet>`;

function rowXml(cells: readonly Cell[], index: number, isHidden: boolean): string {
  if (cells.length === 0) return ''; // spreadsheets leave blank rows out
  const inside = cells.map((cell, column) =>
    cellXml(cell, `${String.fromCharCode(65 + column)}${index + 1}`),
  );
  return `<row r="${index + 1}"${isHidden ? ' hidden="1"' : ''}>${inside.join('')}</row>`;
}

function cellXml(cell: Cell, at: string): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return `<c r="${at}" t="inlineStr"><is><t>${escape(cell)}</t></is></c>`;
  if (typeof cell === 'boolean') return `<c r="${at}" t="b"><v>${Number(cell)}</v></c>`;
  if (typeof cell === 'object') return `<c r="${at}" s="1"><v>${cell.serial}</v></c>`;
  return `<c r="${at}"><v>${cell}</v></c>`;
}

const escape = (text: string) => text.replace(/[&<]/g, (char) => (char === '&' ? '&amp;' : '&lt;'));

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

/** A zip archive of texts by name, deflated. */
function zip(files: Record<string, string>): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const [name, plain] = [Buffer.from(path), Buffer.from(text)];
    const packed = deflateRawSync(plain);
    const sizes = [crc32(plain), packed.length, plain.length].map(word);
    const shared = [half(20), half(0x0800), half(8), word(0x00210000), ...sizes, half(name.length), half(0)];
    const body = Buffer.concat([word(LOCAL), ...shared, name, packed]);
    bodies.push(body);
    directory.push(Buffer.concat([word(CENTRAL), half(20), ...shared, Buffer.alloc(10), word(offset), name]));
    offset += body.length;
  }
  const index = Buffer.concat(directory);
  const count = half(bodies.length);
  const end = [word(END), Buffer.alloc(4), count, count, word(index.length), word(offset), half(0)];
  return Buffer.concat([...bodies, index, ...end]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function half(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}
