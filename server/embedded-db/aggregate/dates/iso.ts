import { CommandError } from '../../errors.ts';
import { fromLocal } from './zone.ts';

const ISO =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;

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
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = '', offset] = match;
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const isInRange = m >= 1 && m <= 12 && d >= 1 && d <= daysInMonth(y, m) && Number(hour) <= 24;
  if (!isInRange || Number(minute) > 59 || Number(second) > 59) return null;
  const local = Date.UTC(y, m - 1, d, Number(hour), Number(minute), Number(second), ms);
  return new Date(fromLocal(local, offset?.replace(/^(Z|GMT)$/i, 'UTC') ?? zone));
}

/** Days in a month (1–12) of the Gregorian calendar. */
export const daysInMonth = (year: number, month: number): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate();
