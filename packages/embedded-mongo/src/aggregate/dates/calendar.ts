import { CommandError } from '../../errors.ts';
import { daysInMonth } from './iso.ts';
import { fromLocal, toLocal } from './zone.ts';

const DAY_MS = 86_400_000;

/** Units of a fixed length, in milliseconds. */
const FIXED: Readonly<Record<string, number>> = {
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: DAY_MS,
  week: 7 * DAY_MS,
};
/** Units made of months. */
const MONTHS: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** 2000-01-01, the origin from which `$dateTrunc` counts bins. */
const ORIGIN_MS = Date.UTC(2000, 0, 1);

/** What `$dateTrunc`, `$dateDiff` and `$dateAdd` count in. */
export type Unit = {
  readonly name: string;
  readonly zone: string;
  /** 0 is Sunday. */ readonly weekStart: number;
};

/** @throws {CommandError} 9 – an unknown unit or day of the week. */
export function unitOf(name: unknown, zone: string, startOfWeek: unknown): Unit {
  if (typeof name !== 'string' || !(name in FIXED || name in MONTHS)) {
    throw new CommandError(9, `unknown time unit value: ${String(name)}`);
  }
  const day = String(startOfWeek ?? 'sunday').toLowerCase();
  const weekStart = WEEKDAYS.findIndex((weekday) => weekday === day || weekday.slice(0, 3) === day);
  if (weekStart < 0) throw new CommandError(9, `unknown day of week value: ${day}`);
  return { name, zone, weekStart };
}

/** Units shorter than a day are counted in elapsed time, the others on the zone's calendar. */
const isClockUnit = ({ name }: Unit): boolean => (FIXED[name] ?? DAY_MS) < DAY_MS;

/** Moves an instant by whole units; a month without that day gives its last day. */
export function addUnits(ms: number, unit: Unit, amount: number): number {
  const size = FIXED[unit.name];
  if (size && isClockUnit(unit)) return ms + size * amount;
  const local = toLocal(ms, unit.zone);
  if (size) return fromLocal(local.getTime() + size * amount, unit.zone);
  const months = local.getUTCFullYear() * 12 + local.getUTCMonth() + (MONTHS[unit.name] ?? 0) * amount;
  const [year, month] = [Math.floor(months / 12), ((months % 12) + 12) % 12];
  const day = Math.min(local.getUTCDate(), daysInMonth(year, month + 1));
  const time = local.getTime() - Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate());
  return fromLocal(utc(year, month, day) + time, unit.zone);
}

/** Like `Date.UTC`, also for the years 0–99. */
function utc(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day);
}

/** How many boundaries of the unit lie between two instants; negative if `end` is earlier. */
export function unitsBetween(start: number, end: number, unit: Unit): number {
  return position(end, unit) - position(start, unit);
}

/** The number of the unit an instant lies in, counted from an arbitrary origin. */
function position(ms: number, unit: Unit): number {
  const local = toLocal(ms, unit.zone);
  const months = MONTHS[unit.name];
  if (months) return Math.floor((local.getUTCFullYear() * 12 + local.getUTCMonth()) / months);
  if (isClockUnit(unit))
    return Math.floor((unit.name === 'hour' ? local.getTime() : ms) / (FIXED[unit.name] ?? 1));
  const days = Math.floor(local.getTime() / DAY_MS);
  // 1970-01-01 was a Thursday (4).
  return unit.name === 'week' ? Math.floor((days + 4 - unit.weekStart) / 7) : days;
}

/** The start of the bin of `binSize` units that an instant lies in. */
export function truncate(ms: number, unit: Unit, binSize: number): number {
  const months = MONTHS[unit.name];
  const local = toLocal(ms, unit.zone);
  if (months) {
    const count = (local.getUTCFullYear() - 2000) * 12 + local.getUTCMonth();
    const start = floorTo(count, months * binSize);
    return fromLocal(utc(2000, start, 1), unit.zone);
  }
  const size = (FIXED[unit.name] ?? 1) * binSize;
  const origin = unit.name === 'week' ? weekOrigin(unit.weekStart) : ORIGIN_MS;
  if (!isClockUnit(unit)) return fromLocal(origin + floorTo(local.getTime() - origin, size), unit.zone);
  const zoneOrigin = fromLocal(ORIGIN_MS, unit.zone);
  return zoneOrigin + floorTo(ms - zoneOrigin, size);
}

const floorTo = (value: number, step: number): number => Math.floor(value / step) * step;

/** The first such weekday on or after 2000-01-01, which was a Saturday. */
const weekOrigin = (weekStart: number): number => ORIGIN_MS + ((weekStart + 1) % 7) * DAY_MS;
