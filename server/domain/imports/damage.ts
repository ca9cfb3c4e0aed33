import type { Columns, Holds } from './column.ts';

/** More digits than a spreadsheet keeps of a number. */
export const KEPT_DIGITS = 15;

const SCIENTIFIC = /^-?\d(?:\.\d+)?E\+\d{1,3}$/i;
const ERROR = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|#+)$/i;
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)';
const MADE_A_DAY = new RegExp(String.raw`^(?:\d{1,2}月\d{1,2}日|\d{1,2}-${MONTH}|${MONTH}-\d{2})$`, 'i');

const AGAIN = '请在表格里把该列设为“文本”，从原系统重新导出（或存为 XLSX）后再导入';

/** What a spreadsheet made of a number, a name or a text that cannot be undone; null when nothing shows. Numbers that were rounded show only in a whole file, see `roundedIds`. */
export function damageOf(text: string, holds: Holds): string | null {
  if (holds !== 'id' && holds !== 'text') return null;
  if (ERROR.test(text)) return '是表格里的公式错误，请改好后再导入';
  if (SCIENTIFIC.test(text)) return `被表格软件改成了科学计数法，原来的号码已丢失，${AGAIN}`;
  return holds === 'id' && MADE_A_DAY.test(text) ? `被表格软件改成了日期，原来的编号已丢失，${AGAIN}` : null;
}

/** Every cell of a row that a spreadsheet has damaged, for people. */
export function damageProblems(row: Partial<Record<string, string>>, columns: Columns): string[] {
  const problems: string[] = [];
  for (const field of Object.keys(columns)) {
    const [text, column] = [row[field]?.trim(), columns[field]];
    const damage = text && column ? damageOf(text, column.holds) : null;
    if (damage) problems.push(`${column?.label}“${text}”${damage}`);
  }
  return problems;
}

/** What is counted of the long numbers of a column: all of them, and how many digits behind the 15th are noughts. */
export type LongNumbers = { all: number; rounded: number; noughts: number };

/** Counts one number, if it is longer than a spreadsheet keeps. */
export function countLong(counts: LongNumbers, text: string): void {
  if (!/^\d{16,}$/.test(text)) return;
  const beyond = text.slice(KEPT_DIGITS);
  counts.all += 1;
  if (!/^0+$/.test(beyond)) return;
  counts.rounded += 1;
  counts.noughts += beyond.length;
}

/** By chance one file of a thousand looks so: every long number ends in noughts behind its 15th digit, as Excel writes them. */
export const isRounded = ({ all, rounded, noughts }: LongNumbers): boolean => rounded === all && noughts >= 3;

/** What is told of such a number. */
export const roundedProblem = (label: string, text: string): string =>
  `${label}“${text}”第 ${KEPT_DIGITS} 位以后全是 0，像被表格软件四舍五入了，${AGAIN}`;
