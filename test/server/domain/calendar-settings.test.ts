import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addWorkingDays,
  calendarProblems,
  isWorkingDay,
  workingDayFrom,
  workingDaysAfter,
  clockTime,
  isWorkingTime,
  unsureYears,
  workingDaysBefore,
} from '../../../server/domain/calendar.ts';

/** The corp is away on two days of 春节 2027, and works on a Sunday for it. */
const calendar = { freeDays: ['2027-02-08', '2027-02-09'], workingDays: ['2027-02-14'] };

describe('administrators can add or remove days', () => {
  it.each([
    ['2027-02-08', true, false],
    ['2027-02-09', true, false],
    ['2027-02-10', true, true],
    ['2027-02-14', false, true],
  ])('people work on %s by the week alone: %s, as decided: %s', (day, usually, works) => {
    expect(isWorkingDay(day)).toBe(usually);
    expect(isWorkingDay(day, calendar)).toBe(works);
  });

  it('may take away a holiday of a known year', () => {
    expect(isWorkingDay('2026-10-01')).toBe(false);
    expect(isWorkingDay('2026-10-01', { freeDays: [], workingDays: ['2026-10-01'] })).toBe(true);
  });

  it('count wherever working days are counted', () => {
    expect(workingDayFrom('2027-02-08', calendar)).toBe('2027-02-10');
    expect(addWorkingDays('2027-02-05', 1, calendar)).toBe('2027-02-10');
    expect(workingDaysAfter('2027-02-05', '2027-02-14', calendar)).toBe(4);
  });

  it.each([
    [{ freeDays: [], workingDays: [] }, []],
    [calendar, []],
    [{ freeDays: ['2027-02-30'], workingDays: [] }, ['freeDays']],
    [{ freeDays: [], workingDays: ['tomorrow'] }, ['workingDays']],
    [{ freeDays: ['2027-02-08'], workingDays: ['2027-02-08'] }, ['workingDays']],
  ])('%j: wrong in %j', (value, fields) => {
    expect(calendarProblems(value).map(({ field }) => field)).toEqual(fields);
  });

  it.each([
    [200, 0],
    [201, 1],
  ])('%d free days: %d problems', (count, problems) => {
    const freeDays = Array.from({ length: count }, (_, index) => addDays('2027-01-01', index));
    expect(calendarProblems({ freeDays, workingDays: [] })).toHaveLength(problems);
  });
});

describe('the day from which so many working days have passed', () => {
  it.each([
    ['2026-03-11', 0, '2026-03-11'],
    ['2026-03-11', 1, '2026-03-10'],
    ['2026-03-11', 3, '2026-03-08'], // Monday is the third: what was due on the Sunday before it is three days late
    ['2026-03-14', 1, '2026-03-12'], // a Saturday makes nobody later
    ['2026-02-24', 1, '2026-02-23'],
  ])('on %s, %d: %s', (today, count, day) => {
    expect(workingDaysBefore(today, count)).toBe(day);
  });

  it('is the last one that is late enough', () => {
    const anyDay = fc.nat(900).map((days) => addDays('2025-06-01', days));
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 30 }), (today, count) => {
        const day = workingDaysBefore(today, count, calendar);
        expect(workingDaysAfter(day, today, calendar)).toBe(count);
        expect(workingDaysAfter(addDays(day, 1), today, calendar)).toBe(count - 1);
      }),
    );
  });
});

const hours = { from: '09:00', to: '18:00' };
const at = (day: string) => new Date(`${day}T10:00:00+08:00`);

describe('working hours: 09:00–18:00 Asia/Shanghai', () => {
  it.each([
    ['2026-03-11T08:59:59+08:00', false],
    ['2026-03-11T09:00:00+08:00', true],
    ['2026-03-11T17:59:59+08:00', true],
    ['2026-03-11T18:00:00+08:00', false],
    ['2026-03-14T10:00:00+08:00', false], // a Saturday
    ['2026-03-11T01:30:00Z', true], // nine thirty in Shanghai
  ])('%s: %s', (at, expected) => {
    expect(isWorkingTime(new Date(at), 'Asia/Shanghai', { hours })).toBe(expected);
  });

  it('is never on a day that the house is closed', () => {
    const calendar = { freeDays: ['2026-03-11'], workingDays: ['2026-03-14'] };
    expect(isWorkingTime(at('2026-03-11'), 'Asia/Shanghai', { hours, calendar })).toBe(false);
    expect(isWorkingTime(at('2026-03-14'), 'Asia/Shanghai', { hours, calendar })).toBe(true);
  });
});

// When the library learns 2027, the years here move on.
describe('a year of which nobody knows the holidays', () => {
  it.each([
    ['2026-11-01', []], // the 60th day is 31 December
    ['2026-11-02', ['2027']],
    ['2027-01-01', ['2027']],
    ['2027-11-02', ['2027', '2028']],
    ['2026-03-11', []],
  ])('on %s, in the next 60 days: %j', (today, years) => {
    expect(unsureYears(today)).toEqual(years);
  });

  it.each([
    ['a Monday of 春节', ['2027-02-08'], []],
    ['a day of another year', ['2026-02-09', '2028-01-26'], ['2027']],
    ['New Year, free anyhow', ['2027-01-01'], ['2027']],
    ['a Saturday, free anyhow', ['2027-02-06'], ['2027']],
    ['nothing', [], ['2027']],
  ])('is told by an administrator who adds %s: %j leaves %j', (_, freeDays, years) => {
    expect(unsureYears('2027-01-15', { freeDays, workingDays: [] })).toEqual(years);
  });
});

describe('working days over a long time', () => {
  it('are as many as one finds by looking at each day, whatever the corp decided otherwise', () => {
    const anyDay = fc.nat(1500).map((days) => addDays('2024-06-01', days));
    const days = fc.array(anyDay, { maxLength: 12 });
    const calendars = fc.record({ freeDays: days, workingDays: days });
    fc.assert(
      fc.property(anyDay, anyDay, calendars, (from, to, own) => {
        let count = 0;
        for (let day = addDays(from, 1); day <= to; day = addDays(day, 1))
          if (isWorkingDay(day, own)) count += 1;
        expect(workingDaysAfter(from, to, own)).toBe(count);
      }),
    );
  });
});

it.each([
  ['2026-03-11T15:59:59Z', '23:59:59'],
  ['2026-03-11T16:00:00Z', '00:00:00'],
  ['2026-03-11T23:07:05Z', '07:07:05'],
])('the clock in Shanghai says at %s: %s', (at, time) => {
  expect(clockTime(new Date(at), 'Asia/Shanghai')).toBe(time);
});
