import { CommandError } from '../../errors.ts';
import { fromLocal } from './zone.ts';

const ISO =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(?<fraction>\d{1,9}))?)?)?\s*(?<offset>Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;

/**
 * Reads an ISO 8601 date, with `zone` if the text names none.
 *
 * @throws {CommandError} 241 – anything else: MongoDB takes more forms, this server only the standard one.
 */
export function parseIsoDate(text: string, zone: string): Date {
  const match = ISO.exec(text);
  const date = match && dateOf(match, zone);
  if (date) return date;
  throw new CommandError(241, `Error parsing date string '${text}'`);
}

function dateOf(match: RegExpExecArray, zone: string): Date | null {
  const { fraction = '', offset = zone } = match.groups ?? {};
  const numbers = match.slice(1, 7).map((part: string | undefined) => Number(part ?? 0));
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  if (!isCalendarTime(numbers)) return null;
  const [year = 0, month = 0, ...rest] = numbers;
  return new Date(fromLocal(Date.UTC(year, month - 1, ...rest, ms), offset.replace(/^(Z|GMT)$/i, 'UTC')));
}

function isCalendarTime([year = 0, month = 0, day = 0, ...clock]: readonly number[]): boolean {
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return isDay && clock.every((part, at) => part <= (CLOCK_LIMITS[at] ?? 0));
}

/** Of hours, minutes and seconds. */
const CLOCK_LIMITS = [23, 59, 59];

/** Days in a month (1–12) of the Gregorian calendar. */
export const daysInMonth = (year: number, month: number): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate();
