import { CommandError, ensure } from '../../errors.ts';
import { ObjectId, isDoc } from '../../values/bson.ts';
import { typeName } from '../../values/types.ts';
import { addUnits, truncate, unitOf, unitsBetween } from '../dates/calendar.ts';
import { parseIsoDate } from '../dates/iso.ts';
import { DATE_PARTS, formatDate, unknownSpecifier } from '../dates/parts.ts';
import { fromLocal, toLocal } from '../dates/zone.ts';
import { argumentErrorsOf } from './argument-errors.ts';
import { isNullish, isNumber, named } from './operator.ts';
import type { Build, NamedValues, OperatorTable } from './operator.ts';

/** Milliseconds of a date or of an id's timestamp. */
function instantOf(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  if (value instanceof ObjectId) return value.getTimestamp().getTime();
  throw new CommandError(16006, `can't convert from BSON type ${typeName(value)} to Date`);
}

/** The zone's name, UTC when not given; `null` makes the whole answer null. */
function zoneOf(values: NamedValues): string | null {
  if (!('timezone' in values)) return 'UTC';
  const zone = values['timezone'];
  if (isNullish(zone)) return null;
  if (typeof zone === 'string') return zone;
  throw new CommandError(40517, `timezone must evaluate to a string, found ${typeName(zone)}`);
}

/** `{ $year: date }` or `{ $year: { date, timezone } }`. */
const datePart = (name: string): Build => {
  const read = DATE_PARTS[name];
  const names = { required: ['date'], optional: ['timezone'], errors: argumentErrorsOf(name, true) };
  const full = named(name, names, (values) => {
    const zone = zoneOf(values);
    if (isNullish(values['date']) || zone === null) return null;
    return read?.(toLocal(instantOf(values['date']), zone));
  });
  return (operand, compile) => {
    const parts: unknown[] = Array.isArray(operand) ? operand : [operand];
    ensure(parts.length === 1, 40536, `${name} accepts exactly one argument if given an array`);
    const [only] = parts;
    const isNamed = isDoc(only) && !Object.keys(only).some((key) => key.startsWith('$'));
    return full(isNamed ? only : { date: only }, compile);
  };
};

const DEFAULT_FORMAT = '%Y-%m-%dT%H:%M:%S.%L';

function dateToString(values: NamedValues): unknown {
  const zone = zoneOf(values);
  const { date, format: form = zone === 'UTC' ? `${DEFAULT_FORMAT}Z` : DEFAULT_FORMAT } = values;
  if (isNullish(date)) return values['onNull'] ?? null;
  if (zone === null || form === null) return null;
  if (typeof form !== 'string')
    throw new CommandError(
      18533,
      `$dateToString requires that 'format' be a string, found: ${typeName(form)}`,
    );
  checkFormat(form);
  return formatDate(instantOf(date), form, zone);
}

function checkFormat(format: string): void {
  const unknown = unknownSpecifier(format);
  ensure(unknown === null, 18536, `Invalid format character '%${unknown}' in format string`);
}

function dateFromString(values: NamedValues): unknown {
  const zone = zoneOf(values);
  const text = values['dateString'];
  if (isNullish(text)) return values['onNull'] ?? null;
  if (zone === null) return null;
  if (typeof text === 'string') return parseIsoDate(text, zone);
  throw new CommandError(
    241,
    `$dateFromString requires that 'dateString' be a string, found: ${typeName(text)}`,
  );
}

const FIRST_PARTS: NamedValues = { month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 };

/** Parts that are missing are the first of their kind; parts out of range carry over. */
function dateFromParts(values: NamedValues): Date | null {
  const zone = zoneOf(values);
  const parts = Object.values({ ...FIRST_PARTS, ...values, timezone: 0 });
  if (zone === null || parts.some(isNullish)) return null;
  const part = (name: string): number => wholePart(name in values ? values[name] : FIRST_PARTS[name]);
  const year = part('year');
  ensure(year >= 1 && year <= 9999, 40523, "'year' must evaluate to an integer in the range 1 to 9999");
  const day = new Date(0).setUTCFullYear(year, part('month') - 1, part('day'));
  const seconds = (part('hour') * 60 + part('minute')) * 60 + part('second');
  return new Date(fromLocal(day + seconds * 1000 + part('millisecond'), zone));
}

const isWhole = (value: unknown): boolean => isNumber(value) && Number.isInteger(value);

function wholePart(value: unknown): number {
  if (isWhole(value)) return Number(value);
  throw new CommandError(40515, `$dateFromParts requires whole numbers, found: ${typeName(value)}`);
}

function dateToParts(values: NamedValues): unknown {
  const zone = zoneOf(values);
  if (isNullish(values['date']) || zone === null) return null;
  const local = toLocal(instantOf(values['date']), zone);
  const names = {
    year: '$year',
    month: '$month',
    day: '$dayOfMonth',
    hour: '$hour',
    minute: '$minute',
    second: '$second',
    millisecond: '$millisecond',
  };
  return Object.fromEntries(Object.entries(names).map(([name, part]) => [name, DATE_PARTS[part]?.(local)]));
}

function dateTrunc(values: NamedValues): Date | null {
  const zone = zoneOf(values);
  const { date, unit, binSize = 1, startOfWeek } = values;
  if ([date, unit, binSize, zone].some(isNullish)) return null;
  ensure(isWhole(binSize), 5439017, "$dateTrunc requires 'binSize' to be a 64-bit integer");
  const size = Number(binSize);
  ensure(size >= 1, 5439018, `$dateTrunc requires 'binSize' to be greater than 0, but got value ${size}`);
  return new Date(truncate(instantOf(date), unitOf(unit, zone ?? 'UTC', startOfWeek), size));
}

function dateDiff(values: NamedValues): number | null {
  const zone = zoneOf(values);
  const { startDate, endDate, unit, startOfWeek } = values;
  if ([startDate, endDate, unit, zone].some(isNullish)) return null;
  return unitsBetween(instantOf(startDate), instantOf(endDate), unitOf(unit, zone ?? 'UTC', startOfWeek));
}

const dateAdd = (name: string, sign: 1 | -1): Build =>
  named(name, { required: ['startDate', 'unit', 'amount'], optional: ['timezone'] }, (values) => {
    const zone = zoneOf(values);
    const { startDate, unit, amount } = values;
    if ([startDate, unit, amount, zone].some(isNullish)) return null;
    if (!isNumber(amount) || !Number.isInteger(amount)) {
      throw new CommandError(5166405, `${name} expects integer amount of time units`);
    }
    return new Date(addUnits(instantOf(startDate), unitOf(unit, zone ?? 'UTC', undefined), amount * sign));
  });

/** Dates with time zones. Source: MongoDB manual, "Date Expression Operators". */
export const dateOperators: OperatorTable = {
  ...Object.fromEntries(Object.keys(DATE_PARTS).map((name) => [name, datePart(name)])),
  $dateToString: named(
    '$dateToString',
    { required: ['date'], optional: ['format', 'timezone', 'onNull'] },
    dateToString,
  ),
  $dateFromString: named(
    '$dateFromString',
    { required: ['dateString'], optional: ['timezone', 'onNull'] },
    dateFromString,
  ),
  $dateFromParts: named(
    '$dateFromParts',
    { required: ['year'], optional: ['month', 'day', 'hour', 'minute', 'second', 'millisecond', 'timezone'] },
    dateFromParts,
  ),
  $dateToParts: named('$dateToParts', { required: ['date'], optional: ['timezone'] }, dateToParts),
  $dateTrunc: named(
    '$dateTrunc',
    { required: ['date', 'unit'], optional: ['binSize', 'timezone', 'startOfWeek'] },
    dateTrunc,
  ),
  $dateDiff: named(
    '$dateDiff',
    { required: ['startDate', 'endDate', 'unit'], optional: ['timezone', 'startOfWeek'] },
    dateDiff,
  ),
  $dateAdd: dateAdd('$dateAdd', 1),
  $dateSubtract: dateAdd('$dateSubtract', -1),
};
