import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import type { Problem } from './problem.ts';

/**
 * Days are texts `YYYY-MM-DD` in the corp's time zone, so that they compare and sort as they stand.
 * Working days follow the Chinese calendar: statutory holidays and 调休 make-up days. Source: domain.md §6.
 * Only the library's tables are read: its functions answer by the time zone of the process, not by the corp's.
 */
export type Day = string;

/** Days that the corp takes off, or works, against the published calendar. Source: domain.md §6. */
export type CalendarSettings = { freeDays: Day[]; workingDays: Day[] };

/** Nobody decided otherwise than the calendar. */
export const DEFAULT_CALENDAR: CalendarSettings = { freeDays: [], workingDays: [] };

const DAY_MS = 86_400_000;

/** Holidays of a year whose calendar is not published yet: 1 January, 1 May, 1–3 October. Source: domain.md §6. */
const FIXED_HOLIDAYS = ['01-01', '05-01', '10-01', '10-02', '10-03'];

const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day of an instant in `timeZone` (an IANA name). */
export function calendarDay(at: Date, timeZone: string): Day {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format.format(at);
}

/** The day `days` (may be negative) after `day`. */
export function addDays(day: Day, days: number): Day {
  return toDay(new Date(toUtc(day) + days * DAY_MS));
}

/** The same day `months` (may be negative) later, or the last day of that month. */
export function addMonths(day: Day, months: number): Day {
  const from = new Date(toUtc(day));
  const monthEnd = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months + 1, 0));
  monthEnd.setUTCDate(Math.min(from.getUTCDate(), monthEnd.getUTCDate()));
  return toDay(monthEnd);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((toUtc(to) - toUtc(from)) / DAY_MS);
}

/** True when the calendar of that year is published, so that its holidays and make-up days are known. */
export function isKnownYear(day: Day): boolean {
  return Object.hasOwn(published.holidays, `${yearOf(day)}-10-01`);
}

/** True when people work on `day`. */
export function isWorkingDay(day: Day, { freeDays, workingDays } = DEFAULT_CALENDAR): boolean {
  if (freeDays.includes(day)) return false;
  return workingDays.includes(day) || isUsuallyWorked(day);
}

function isUsuallyWorked(day: Day): boolean {
  const weekday = new Date(toUtc(day)).getUTCDay();
  const isWeekend = weekday === 0 || weekday === 6;
  if (!isKnownYear(day)) return !isWeekend && !FIXED_HOLIDAYS.includes(day.slice(5));
  return Object.hasOwn(published.workdays, day) || !(isWeekend || Object.hasOwn(published.holidays, day));
}

/** So many days ahead administrators hear of a year that nobody knows the holidays of. */
const NOTICE_DAYS = 60;

/**
 * The years that the next 60 days reach into, of which neither the published calendar nor an administrator tells the holidays:
 * somebody who does names at least one day off that is usually worked. Source: domain.md §6.
 */
export function unsureYears(today: Day, { freeDays } = DEFAULT_CALENDAR): string[] {
  const years = new Set([today, addDays(today, NOTICE_DAYS)].map(yearOf));
  const isTold = (year: string) => freeDays.some((day) => yearOf(day) === year && isUsuallyWorked(day));
  return [...years].filter((year) => !isKnownYear(year) && !isTold(year));
}

/** True when people are at work at that moment; `hours` are `HH:MM` of the zone, the end excluded. */
export function isWorkingTime(
  at: Date,
  timeZone: string,
  {
    hours,
    calendar = DEFAULT_CALENDAR,
  }: { hours: { from: string; to: string }; calendar?: CalendarSettings },
): boolean {
  const clock = clockTime(at, timeZone).slice(0, 5);
  return isWorkingDay(calendarDay(at, timeZone), calendar) && hours.from <= clock && clock < hours.to;
}

/** What the clock on the wall says, `HH:MM:SS`. */
export const clockTime = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium', hourCycle: 'h23' }).format(at);

/** `day` itself when it is a working day, else the next one. */
export function workingDayFrom(day: Day, calendar = DEFAULT_CALENDAR): Day {
  let next = day;
  while (!isWorkingDay(next, calendar)) next = addDays(next, 1);
  return next;
}

/** The `count`-th working day after `day` (count ≥ 1). */
export function addWorkingDays(day: Day, count: number, calendar = DEFAULT_CALENDAR): Day {
  let next = day;
  for (let left = count; left > 0; left -= 1) next = workingDayFrom(addDays(next, 1), calendar);
  return next;
}

/** The latest day that has at least `count` working days after it, up to and including `day`. */
export function workingDaysBefore(day: Day, count: number, calendar = DEFAULT_CALENDAR): Day {
  let before = day;
  for (let left = count; left > 0; before = addDays(before, -1))
    if (isWorkingDay(before, calendar)) left -= 1;
  return before;
}

/** Working days after `from` up to and including `to`; 0 when `to` is not later. Takes no longer for years than for days. */
export function workingDaysAfter(from: Day, to: Day, calendar = DEFAULT_CALENDAR): number {
  if (to <= from) return 0;
  const isWithin = (day: Day) => from < day && day <= to;
  const own = new Set([...calendar.freeDays, ...calendar.workingDays].filter(isWithin));
  let count = usuallyWorkedUpTo(to) - usuallyWorkedUpTo(from);
  for (let year = Number(yearOf(from)); year < Number(yearOf(to)); year += 1)
    count += tallyOf(String(year)).at(-1) ?? 0;
  for (const day of own) count += Number(isWorkingDay(day, calendar)) - Number(isUsuallyWorked(day));
  return count;
}

/** Of each year how many days are usually worked up to its first, second … day; the first entry is 0. */
const tallies = new Map<string, number[]>();

function tallyOf(year: string): number[] {
  const known = tallies.get(year);
  if (known) return known;
  const tally = [0];
  for (let day = `${year}-01-01`; yearOf(day) === year; day = addDays(day, 1))
    tally.push((tally.at(-1) ?? 0) + Number(isUsuallyWorked(day)));
  tallies.set(year, tally);
  return tally;
}

const usuallyWorkedUpTo = (day: Day) =>
  tallyOf(yearOf(day))[daysBetween(`${yearOf(day)}-01-01`, day) + 1] ?? 0;

/** The first instant of `day` in `timeZone`. */
export function startOfDay(day: Day, timeZone: string): Date {
  const guess = toUtc(day);
  for (let offset = -14; offset <= 14; offset += 0.25) {
    const at = new Date(guess - offset * 3_600_000);
    if (calendarDay(at, timeZone) === day && calendarDay(new Date(at.getTime() - 1), timeZone) < day)
      return at;
  }
  throw new RangeError(`${day} has no beginning in ${timeZone}`);
}

/** True for a day that exists, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(toUtc(text)) && addDays(text, 0) === text;
}

const MOST_DAYS = 200;

/** What an administrator has to mend about the days of the corp. */
export function calendarProblems({ freeDays, workingDays }: CalendarSettings): Problem[] {
  const listed = Object.entries({ freeDays, workingDays }).flatMap(([field, days]) => [
    ...days
      .filter((day) => !isDay(day))
      .map((day) => ({ field, message: `“${day}”不是日期，请写成 2027-02-05` })),
    ...(days.length > MOST_DAYS ? [{ field, message: `最多 ${MOST_DAYS} 天，请删去已过去的日期` }] : []),
  ]);
  const both = freeDays.filter((day) => workingDays.includes(day));
  return [
    ...listed,
    ...both.map((day) => ({ field: 'workingDays', message: `${day} 同时列为休息日和工作日，请只保留一处` })),
  ];
}

const yearOf = (day: Day) => day.slice(0, 4);
const toUtc = (day: Day) => Date.parse(`${day}T00:00:00Z`);
const toDay = (at: Date) => at.toISOString().slice(0, 10);
