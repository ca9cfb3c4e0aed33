/** Text that a spreadsheet would run as a formula, also behind apostrophes that made it safe; a plain number is none. */
const isFormula = (text: string) => /^'*[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(?:[.,]\d+)*$/.test(text);

/** A cell of a CSV file: what a spreadsheet would run gets an apostrophe before it, quotes are doubled. */
export function csvCell(text: string): string {
  const safe = isFormula(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The text as it was before `csvCell` made it safe. */
export const plainCell = (text: string): string =>
  text.startsWith("'") && isFormula(text.slice(1)) ? text.slice(1) : text;

/** One line of a CSV file, with its end (RFC 4180). */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;
