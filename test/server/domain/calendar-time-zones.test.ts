import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, calendarDay, daysBetween, startOfDay } from '../../../server/domain/calendar.ts';

/** Half hours, quarter hours, both ends of the world, and clocks that change at midnight. */
const TIME_ZONES = [
  'Asia/Shanghai',
  'UTC',
  'America/New_York',
  'America/Los_Angeles',
  'America/Santiago',
  'Europe/London',
  'Africa/Cairo',
  'Asia/Beirut',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
];
const anyZone = fc.constantFrom(...TIME_ZONES);
const anyInstant = fc.date({
  min: new Date('2012-01-01T00:00:00Z'),
  max: new Date('2040-01-01T00:00:00Z'),
  noInvalidDate: true,
});
const anyDay = fc.nat(10_000).map((days) => addDays('2012-01-01', days));

describe('the day of an instant', () => {
  it.each([
    ['2026-03-01T15:59:59.999Z', 'Asia/Shanghai', '2026-03-01'],
    ['2026-03-01T16:00:00.000Z', 'Asia/Shanghai', '2026-03-02'],
    ['2026-12-31T15:59:59.999Z', 'Asia/Shanghai', '2026-12-31'],
    ['2026-12-31T16:00:00.000Z', 'Asia/Shanghai', '2027-01-01'],
    ['2026-03-08T04:59:59.999Z', 'America/New_York', '2026-03-07'], // winter time, UTC−5
    ['2026-03-08T05:00:00.000Z', 'America/New_York', '2026-03-08'], // the day of 23 hours
    ['2026-03-09T03:59:59.999Z', 'America/New_York', '2026-03-08'], // summer time, UTC−4
    ['2026-03-09T04:00:00.000Z', 'America/New_York', '2026-03-09'],
    ['2026-11-01T03:59:59.999Z', 'America/New_York', '2026-10-31'],
    ['2026-11-01T04:00:00.000Z', 'America/New_York', '2026-11-01'], // the day of 25 hours
    ['2026-11-02T04:59:59.999Z', 'America/New_York', '2026-11-01'],
    ['2026-11-02T05:00:00.000Z', 'America/New_York', '2026-11-02'],
    ['2026-06-30T18:14:59.999Z', 'Asia/Kathmandu', '2026-06-30'],
    ['2026-06-30T18:15:00.000Z', 'Asia/Kathmandu', '2026-07-01'],
    ['2026-06-30T10:00:00.000Z', 'Pacific/Kiritimati', '2026-07-01'],
    ['2026-06-30T10:00:00.000Z', 'Pacific/Pago_Pago', '2026-06-29'],
    ['2026-06-30T23:59:59.999Z', 'UTC', '2026-06-30'],
  ])('%s is, in %s, on %s', (at, timeZone, day) => {
    expect(calendarDay(new Date(at), timeZone)).toBe(day);
  });

  it('is written YYYY-MM-DD and at most a day away from the day in UTC', () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (at, timeZone) => {
        const day = calendarDay(at, timeZone);
        expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/);
        expect(Math.abs(daysBetween(at.toISOString().slice(0, 10), day))).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('never goes back while time goes on', () => {
    fc.assert(
      fc.property(anyInstant, fc.nat(40 * 3_600_000), anyZone, (at, ms, timeZone) => {
        const later = new Date(at.getTime() + ms);
        expect(calendarDay(later, timeZone) >= calendarDay(at, timeZone)).toBe(true);
      }),
    );
  });

  it('is refused for a place that does not exist', () => {
    expect(() => calendarDay(new Date(0), 'Asia/Nowhere')).toThrow(RangeError);
  });
});

describe('the beginning of a day', () => {
  it.each([
    ['2026-03-02', 'Asia/Shanghai', '2026-03-01T16:00:00.000Z'],
    ['2026-03-02', 'UTC', '2026-03-02T00:00:00.000Z'],
    ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00.000Z'],
    ['2026-03-09', 'America/New_York', '2026-03-09T04:00:00.000Z'],
    ['2026-11-01', 'America/New_York', '2026-11-01T04:00:00.000Z'],
    ['2026-11-02', 'America/New_York', '2026-11-02T05:00:00.000Z'],
    ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z'], // the clock goes from 24:00 to 1:00
    ['2026-03-29', 'Asia/Beirut', '2026-03-28T22:00:00.000Z'], // the same
    ['2026-07-01', 'Asia/Kathmandu', '2026-06-30T18:15:00.000Z'],
    ['2026-07-01', 'Pacific/Kiritimati', '2026-06-30T10:00:00.000Z'],
    ['2026-07-01', 'Pacific/Pago_Pago', '2026-07-01T11:00:00.000Z'],
  ])('of %s in %s is %s', (day, timeZone, at) => {
    expect(startOfDay(day, timeZone).toISOString()).toBe(at);
  });

  it.each([
    ['2026-03-07', 24],
    ['2026-03-08', 23],
    ['2026-03-09', 24],
    ['2026-10-31', 24],
    ['2026-11-01', 25],
    ['2026-11-02', 24],
  ])('%s lasts %d hours in New York', (day, hours) => {
    const [from, to] = [day, addDays(day, 1)].map((day) => startOfDay(day, 'America/New_York').getTime());
    expect(((to ?? 0) - (from ?? 0)) / 3_600_000).toBe(hours);
  });

  it('is the first instant of that day, the one before belongs to the day before', () => {
    fc.assert(
      fc.property(anyDay, anyZone, (day, timeZone) => {
        const at = startOfDay(day, timeZone);
        expect(calendarDay(at, timeZone)).toBe(day);
        expect(calendarDay(new Date(at.getTime() - 1), timeZone)).toBe(addDays(day, -1));
      }),
    );
  });

  it('lies at or before every instant of its day', () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (at, timeZone) => {
        const day = calendarDay(at, timeZone);
        expect(startOfDay(day, timeZone).getTime()).toBeLessThanOrEqual(at.getTime());
        expect(startOfDay(addDays(day, 1), timeZone).getTime()).toBeGreaterThan(at.getTime());
      }),
    );
  });

  it('does not exist for the day that Samoa left out', () => {
    expect(() => startOfDay('2011-12-30', 'Pacific/Apia')).toThrow(RangeError);
    expect(startOfDay('2011-12-31', 'Pacific/Apia').toISOString()).toBe('2011-12-30T10:00:00.000Z');
  });
});
