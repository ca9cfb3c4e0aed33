import { posix } from 'node:path';
import { SaxesParser } from 'saxes';
import { openZip, type Zip } from './open-zip.ts';
import { RefusedFile } from './refused-file.ts';

/** What a format makes of a number: a day, or so many digits with noughts in front. */
export type Format = { isDay: boolean; digits: number };

/** A sheet by its name, with the file in the archive that holds it. */
export type Sheet = { name: string; path: string };

/** An XLSX file without its rows; `hidden`: names of sheets that are not shown. `shift`: days to add to a date of this file (1904 system). */
export type Workbook = {
  zip: Zip;
  sheets: readonly Sheet[];
  hidden: readonly string[];
  shift: number;
  formats: readonly Format[];
  strings: readonly string[];
};

export type Tag = { name: string; at: Record<string, string> };
type Watch = { open?: (tag: Tag) => void; text?: (text: string) => void; close?: (name: string) => void };

/** Days between 1 January 1900 as Excel counts and 1 January 1904. */
const DAYS_TO_1904 = 1462;
const BUILT_IN_DAYS = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36]);

/** Opens an XLSX file. @throws {RefusedFile} when it is none */
export async function openWorkbook(file: string): Promise<Workbook> {
  const zip = await openZip(file);
  const root = zip.names.find((name) => /(?:^|\/)workbook\.xml$/.test(name));
  if (!root) {
    zip.close();
    throw new RefusedFile('文件不是 XLSX 工作簿，请在表格软件中另存为 .xlsx');
  }
  const folder = posix.dirname(root);
  const targets = await targetsOf(zip, posix.join(folder, '_rels', `${posix.basename(root)}.rels`));
  const pathOf = (target: string) => (target.startsWith('/') ? target.slice(1) : posix.join(folder, target));
  const { sheets, hidden, is1904 } = await bookOf(zip, root);
  return {
    zip,
    sheets: sheets.flatMap(({ name, id }) => {
      const target = targets.get(id);
      return target ? [{ name, path: pathOf(target) }] : [];
    }),
    hidden,
    shift: is1904 ? DAYS_TO_1904 : 0,
    formats: await formatsOf(zip, posix.join(folder, 'styles.xml')),
    strings: await stringsOf(zip, posix.join(folder, 'sharedStrings.xml')),
  };
}

/** Reads XML piece by piece; names and attributes come without their namespaces. After each piece `hand` may hand on what was found. */
export async function* readXml<Found>(
  pieces: AsyncIterable<string>,
  watch: Watch,
  hand: () => Found[] = () => [],
): AsyncGenerator<Found> {
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) =>
    watch.open?.({
      name: local(name),
      at: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [local(key), String(value)])),
    }),
  );
  parser.on('text', (text) => watch.text?.(text));
  parser.on('cdata', (text) => watch.text?.(text));
  parser.on('closetag', ({ name }) => watch.close?.(local(name)));
  for await (const piece of pieces) {
    parser.write(piece);
    yield* hand();
  }
  parser.close();
  yield* hand();
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

async function readPart(zip: Zip, name: string, watch: Watch): Promise<void> {
  const pieces = zip.text(name);
  if (pieces) for await (const _nothing of readXml(pieces, watch));
}

async function targetsOf(zip: Zip, name: string): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  await readPart(zip, name, {
    open: ({ at }) => void (at['Id'] && at['Target'] && targets.set(at['Id'], at['Target'])),
  });
  return targets;
}

async function bookOf(zip: Zip, root: string) {
  const sheets: { name: string; id: string }[] = [];
  const hidden: string[] = [];
  let is1904 = false;
  await readPart(zip, root, {
    open({ name, at }) {
      if (name === 'workbookPr') is1904 = ['1', 'true'].includes(at['date1904'] ?? '');
      if (name !== 'sheet') return;
      const { name: title = '', id = '', state = 'visible' } = at;
      if (state === 'visible') sheets.push({ name: title, id });
      else hidden.push(title);
    },
  });
  return { sheets, hidden, is1904 };
}

async function formatsOf(zip: Zip, name: string): Promise<Format[]> {
  const codes = new Map<string, string>();
  const formats: Format[] = [];
  let isInside = false;
  await readPart(zip, name, {
    open({ name: tag, at }) {
      if (tag === 'numFmt') codes.set(at['numFmtId'] ?? '', at['formatCode'] ?? '');
      if (tag === 'cellXfs') isInside = true;
      if (tag === 'xf' && isInside)
        formats.push(formatOf(Number(at['numFmtId']), codes.get(at['numFmtId'] ?? '')));
    },
    close(tag) {
      if (tag === 'cellXfs') isInside = false;
    },
  });
  return formats;
}

function formatOf(id: number, code = ''): Format {
  const plain = code.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '');
  const isDay =
    BUILT_IN_DAYS.has(id) || (/[yd年日]/i.test(plain) && !/[0#?]/.test(plain.replaceAll(/[.]0+/g, '')));
  return { isDay, digits: /^0{2,}$/.test(plain) ? plain.length : 0 };
}

/** Texts that cells share; the reading aids of Japanese are no text. */
async function stringsOf(zip: Zip, name: string): Promise<string[]> {
  const strings: string[] = [];
  let text = '';
  let isText = false;
  let isAid = false;
  await readPart(zip, name, {
    open({ name: tag }) {
      if (tag === 'si') text = '';
      if (tag === 'rPh') isAid = true;
      isText = tag === 't';
    },
    text(piece) {
      if (isText && !isAid) text += piece;
    },
    close(tag) {
      if (tag === 'rPh') isAid = false;
      if (tag === 'si') strings.push(unescaped(text));
      isText = false;
    },
  });
  return strings;
}

/** Excel writes letters that XML cannot hold as `_x000D_`. */
export const unescaped = (text: string): string =>
  text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_all, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
