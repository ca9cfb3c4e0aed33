import type { Day } from '../calendar.ts';
import { dayOfText } from './day-text.ts';
import { matchKey } from '../match-key.ts';
import { fenOfYuan } from '../money.ts';

/**
 * One row of a file, counted as people count: the header is line 1. `problems`: what is wrong with it as a row, whatever it says;
 * such a row is refused.
 */
export type Numbered<Row> = { line: number; values: Row; problems?: readonly string[] };

/** What is read out of one row: the thing, or everything that is wrong with the row, for people. */
export type Read<Thing> = (Thing & { problems: [] }) | { problems: [string, ...string[]] };

/** The cells of a row as trimmed texts; what is missing, or holds nothing that can be seen, is empty. */
export const cellsOf =
  <Row extends Partial<Record<string, string>>>(row: Row) =>
  (field: keyof Row): string =>
    matchKey(row[field] ?? '') && (row[field] ?? '').trim();

/** A thing that was read, unless problems were found on the way. */
export function readOr<Thing extends object>(thing: Thing, problems: readonly string[]): Read<Thing> {
  const [first, ...rest] = problems;
  return first === undefined ? { ...thing, problems: [] } : { problems: [first, ...rest] };
}

type AmountCell = { text: string; label: string; onMinus?: string; isSigned?: boolean };

/** The amount in fen, 0 or more; null when a problem was found. `onMinus` is what to do about a negative one; not `isSigned`: a minus says nothing. */
export function amountCell(
  { text, label, onMinus = '', isSigned = true }: AmountCell,
  problems: string[],
): number | null {
  const fen = fenOfYuan(text);
  if (fen !== null && (fen >= 0 || !isSigned)) return Math.abs(fen);
  const unread = text ? `${label}“${text}”不是有效金额，应为元，如 12,800.50` : `缺少${label}`;
  problems.push(fen === null ? unread : `${label}不能为负数${onMinus}`);
  return null;
}

/** The same for an amount that must be more than nothing; 0 when a problem was found. */
export function priceCell(cell: AmountCell, problems: string[]): number {
  const fen = amountCell(cell, problems);
  if (fen === 0) problems.push(`${cell.label}不能为 0`);
  return fen ?? 0;
}

const EARLIEST = '1970-01-01';
const LATEST = '2999-12-31';

/** Why a day is none, for people. */
const DAY_PROBLEMS = {
  ambiguous: '分不清哪个是月、哪个是日，',
  zoned: '带时区，在中国可能是另一天，',
  unreadable: '',
};

/** The day, however it is written; empty when a problem was found. */
export function dayCell(
  { text, label, earliest = EARLIEST }: { text: string; label: string; earliest?: Day },
  problems: string[],
): Day {
  const read = dayOfText(text);
  if ('problem' in read) {
    problems.push(text ? `${label}“${text}”${DAY_PROBLEMS[read.problem]}应写作 2026-11-22` : `缺少${label}`);
    return '';
  }
  if (read.day >= earliest && read.day <= LATEST) return read.day;
  problems.push(`${label}“${text}”的年份不对，应在 ${earliest.slice(0, 4)} 到 ${LATEST.slice(0, 4)} 年之间`);
  return '';
}

/** The same for a day that may be missing; null when it is, or when a problem was found. */
export const maybeDayCell = (cell: { text: string; label: string }, problems: string[]): Day | null =>
  cell.text ? dayCell(cell, problems) || null : null;

/** The same for a day that has come; `today` is the corp's. */
export function pastDayCell(cell: { text: string; label: string; today: Day }, problems: string[]): Day {
  const day = dayCell(cell, problems);
  if (!day || day <= cell.today) return day;
  problems.push(`${cell.label} ${day} 在今天之后`);
  return '';
}

/** Words as people write them, and what they mean; the first of a meaning is the one we write. */
export type Names<Value extends string> = readonly (readonly [string, Value])[];

/** What a word means, in Chinese or as our own value; null for an empty cell and when a problem was found. */
export function choiceCell<Value extends string>(
  { text, label, names }: { text: string; label: string; names: Names<Value> },
  problems: string[],
): Value | null {
  if (!text) return null;
  const key = matchKey(text);
  const found = names.find(([name, value]) => matchKey(name) === key || value === key);
  if (!found) problems.push(`${label}“${text}”应为 ${names.map(([name]) => name).join('、')}`);
  return found?.[1] ?? null;
}
