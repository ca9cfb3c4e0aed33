import { toLocal } from './zone.ts';

const DAY_MS = 86_400_000;

/** A part of a date by the name of its operator, in a zone's wall-clock time. */
export const DATE_PARTS: Readonly<Record<string, (local: Date) => number>> = {
  $year: (local) => local.getUTCFullYear(),
  $month: (local) => local.getUTCMonth() + 1,
  $dayOfMonth: (local) => local.getUTCDate(),
  $hour: (local) => local.getUTCHours(),
  $minute: (local) => local.getUTCMinutes(),
  $second: (local) => local.getUTCSeconds(),
  $millisecond: (local) => local.getUTCMilliseconds(),
  $dayOfYear: dayOfYear,
  $dayOfWeek: (local) => local.getUTCDay() + 1,
  $week: (local) => Math.floor((dayOfYear(local) - 1 - local.getUTCDay() + 7) / 7),
  $isoDayOfWeek: isoDayOfWeek,
  $isoWeek: isoWeek,
  $isoWeekYear: (local) => isoThursday(local).getUTCFullYear(),
};

function dayOfYear(local: Date): number {
  return Math.floor((local.getTime() - Date.UTC(local.getUTCFullYear(), 0, 1)) / DAY_MS) + 1;
}

function isoDayOfWeek(local: Date): number {
  return local.getUTCDay() || 7;
}

/** The Thursday of the ISO week, whose year is the week's year. */
function isoThursday(local: Date): Date {
  return new Date(local.getTime() + (4 - isoDayOfWeek(local)) * DAY_MS);
}

function isoWeek(local: Date): number {
  return Math.ceil(dayOfYear(isoThursday(local)) / 7);
}

const padded = (part: string, digits: number) => (local: Date) =>
  String(DATE_PARTS[part]?.(local) ?? 0).padStart(digits, '0');

const MONTH_NAMES =
  'January February March April May June July August September October November December'.split(' ');

/** What stands for each letter in a format. Source: MongoDB manual, "$dateToString", format specifiers. */
const SPECIFIERS: Readonly<Record<string, (local: Date, offsetMs: number) => string>> = {
  Y: padded('$year', 4),
  m: padded('$month', 2),
  d: padded('$dayOfMonth', 2),
  H: padded('$hour', 2),
  M: padded('$minute', 2),
  S: padded('$second', 2),
  L: padded('$millisecond', 3),
  j: padded('$dayOfYear', 3),
  w: padded('$dayOfWeek', 1),
  u: padded('$isoDayOfWeek', 1),
  U: padded('$week', 2),
  V: padded('$isoWeek', 2),
  G: padded('$isoWeekYear', 4),
  b: (local) => (MONTH_NAMES[local.getUTCMonth()] ?? '').slice(0, 3),
  B: (local) => MONTH_NAMES[local.getUTCMonth()] ?? '',
  z: (_, offsetMs) => offsetText(offsetMs),
  Z: (_, offsetMs) => String(Math.round(offsetMs / 60_000)),
  '%': () => '%',
};

function offsetText(offsetMs: number): string {
  const minutes = Math.abs(Math.round(offsetMs / 60_000));
  const digits = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'));
  return `${offsetMs < 0 ? '-' : '+'}${digits.join('')}`;
}

/** The format's unknown letter, or `null` if it is well formed. */
export function unknownSpecifier(format: string): string | null {
  const found = [...format.matchAll(/%([\s\S]?)/g)].find(
    ([, letter = '']) => !Object.hasOwn(SPECIFIERS, letter),
  );
  return found ? (found[1] ?? '') : null;
}

/** Writes an instant in a zone by a format that `unknownSpecifier` accepts. */
export function formatDate(ms: number, format: string, zone: string): string {
  const local = toLocal(ms, zone);
  const offsetMs = local.getTime() - ms;
  return format.replaceAll(/%([\s\S])/g, (_, letter: string) => SPECIFIERS[letter]?.(local, offsetMs) ?? '');
}
