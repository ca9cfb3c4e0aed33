import type { Holds } from './column.ts';

/** Text that a spreadsheet would run as a formula, also behind apostrophes that made it safe; a plain number is none. */
const isFormula = (text: string) => /^'*[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(?:[.,]\d+)*$/.test(text);

/** So many characters a spreadsheet shows of a number; more digits it rounds when it saves CSV. */
const SHOWN_DIGITS = 11;
const WHOLE = /^(?:0|[1-9]\d*)$/;
/** Numbers, sums, shares, days and times, as a spreadsheet reads them. */
const LIKE_A_NUMBER = /^[\s¥$(+-]*[\d.][\d.,eE+\-/:%\s年月日时分秒)]*$/;
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const LIKE_A_WORD = new RegExp(
  String.raw`^\s*(?:true|false|\d{1,4}[-/ ]?${MONTH}(?:[-/ ,]*\d{1,4})?|${MONTH}[-/ ,]*\d{1,4})\s*$`,
  'i',
);
/** A moment stays one, but for its seconds. */
const MOMENT = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

/** Text that a spreadsheet would turn into a number, a day or a truth, and not give back: 00123, 3-5, 1E5, 123456789012345678. */
const isTurned = (text: string) =>
  (LIKE_A_NUMBER.test(text) || LIKE_A_WORD.test(text)) && !(WHOLE.test(text) && text.length <= SHOWN_DIGITS);

/** A tab keeps a spreadsheet from it, and nobody sees it. Sums and days are meant to be such, unless a sum is longer than what is shown. */
function isKept(text: string, holds: Holds): boolean {
  if (holds === 'id' || holds === 'text') return isTurned(text) && !MOMENT.test(text);
  return holds !== 'day' && text.length > SHOWN_DIGITS;
}

/** A cell of a CSV file: what a spreadsheet would run gets an apostrophe before it, what it would turn into something else a tab; quotes are doubled. */
export function csvCell(text: string, holds: Holds = 'text'): string {
  const kept = isKept(text, holds) ? `\t${text}` : text;
  const safe = isFormula(text) ? `'${text}` : kept;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The text as it was before `csvCell`, or another program by `="00123"`, made it safe. */
export function plainCell(text: string): string {
  const inside = /^="((?:[^"]|"")*)"$/.exec(text)?.[1];
  if (inside !== undefined) return inside.replaceAll('""', '"');
  if (text.startsWith("'") && isFormula(text.slice(1))) return text.slice(1);
  return text.startsWith('\t') && !isFormula(text.slice(1)) ? text.slice(1) : text;
}

/** One line of a CSV file, with its end (RFC 4180); `holds`: what its columns hold, texts where it says nothing. */
export const csvLine = (cells: readonly string[], holds: readonly Holds[] = []): string =>
  `${cells.map((cell, at) => csvCell(cell, holds[at])).join(',')}\r\n`;
