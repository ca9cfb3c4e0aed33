import { CommandError } from '../../errors.ts';

/** Time-zone rules change at whole quarters of an hour, so an offset holds for one. */
const QUARTER_MS = 900_000;
const CACHE_LIMIT = 20_000;

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/**
 * Milliseconds to add to UTC to get local time in a zone: an IANA name, `UTC`, or an offset such as `+08:00`.
 *
 * @throws {CommandError} 40485 – an unknown zone.
 */
function offsetAt(ms: number, zone: string): number {
  if (zone === 'UTC' || zone === 'GMT' || zone === 'Z') return 0;
  return fixedOffset(zone) ?? namedOffset(ms, zone);
}

/** The offset that is the zone's own name. */
function fixedOffset(zone: string): number | null {
  const fixed = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (!fixed) return null;
  const minutes = Number(fixed[2]) * 60 + Number(fixed[3] ?? 0);
  return (fixed[1] === '-' ? -minutes : minutes) * 60_000;
}

function namedOffset(ms: number, zone: string): number {
  const quarter = Math.floor(ms / QUARTER_MS);
  const key = `${zone}:${quarter}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    offset = measure(quarter * QUARTER_MS, zone);
    if (offsets.size >= CACHE_LIMIT) offsets.clear();
    offsets.set(key, offset);
  }
  return offset;
}

function measure(ms: number, zone: string): number {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - ms;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = newFormat(zone);
    formats.set(zone, format);
  }
  return format;
}

function newFormat(timeZone: string): Intl.DateTimeFormat {
  const numeric = 'numeric';
  try {
    return new Intl.DateTimeFormat('en-u-ca-iso8601', {
      timeZone,
      hourCycle: 'h23',
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      second: numeric,
    });
  } catch {
    throw new CommandError(40485, `unrecognized time zone identifier: "${timeZone}"`);
  }
}

/** The zone's wall clock as a `Date` whose UTC parts read like it. */
export const toLocal = (ms: number, zone: string): Date => new Date(ms + offsetAt(ms, zone));

/** The instant of a wall-clock time; one that a clock change skips or repeats gets the offset before the change. */
export function fromLocal(localMs: number, zone: string): number {
  const early = localMs - offsetAt(localMs - 86_400_000, zone);
  if (early + offsetAt(early, zone) === localMs) return early;
  const late = localMs - offsetAt(localMs + 86_400_000, zone);
  return late + offsetAt(late, zone) === localMs ? late : early;
}
