import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  addWorkingDays,
  daysBetween,
  isDay,
  isKnownYear,
  isWorkingDay,
  workingDayFrom,
  workingDaysAfter,
} from '../../../server/domain/calendar.ts';

/** Days from 2004 to 2061, in known and unknown years. */
const anyDay = fc.nat(21_000).map((days) => addDays('2004-01-01', days));
const weekdayOf = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay();
const daysFrom = (first: string, last: string) =>
  Array.from({ length: daysBetween(first, last) + 1 }, (_, index) => addDays(first, index));

describe('the calendar of 2026: statutory holidays and 调休 make-up days', () => {
  // Source: 国务院办公厅关于2026年部分节假日安排的通知, 4 November 2025.
  const MAKE_UP_DAYS = ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'];
  const FESTIVALS = [
    ['元旦', '2026-01-01', '2026-01-03'],
    ['春节', '2026-02-15', '2026-02-23'],
    ['清明节', '2026-04-04', '2026-04-06'],
    ['劳动节', '2026-05-01', '2026-05-05'],
    ['端午节', '2026-06-19', '2026-06-21'],
    ['中秋节', '2026-09-25', '2026-09-27'],
    ['国庆节', '2026-10-01', '2026-10-07'],
  ] as const;
  const holidays = FESTIVALS.flatMap(([, first, last]) => daysFrom(first, last));

  it.each(FESTIVALS)('%s is free from %s to %s, and the days around it are not', (_, first, last) => {
    expect(daysFrom(first, last).filter((each) => isWorkingDay(each))).toEqual([]);
    expect(isWorkingDay(addDays(first, -1))).toBe(true);
    expect(isWorkingDay(addDays(last, 1))).toBe(true);
  });

  it.each(MAKE_UP_DAYS)('people work on %s, a weekend made up for', (day) => {
    expect([0, 6]).toContain(weekdayOf(day));
    expect(isWorkingDay(day)).toBe(true);
  });

  it('every other day follows the week', () => {
    for (const day of daysFrom('2026-01-01', '2026-12-31')) {
      if (holidays.includes(day) || MAKE_UP_DAYS.includes(day)) continue;
      expect(`${day} ${isWorkingDay(day)}`).toBe(`${day} ${weekdayOf(day) % 6 !== 0}`);
    }
  });

  it('has 248 working days', () => {
    expect(workingDaysAfter('2025-12-31', '2026-12-31')).toBe(248);
  });

  it.each(['Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'])(
    'is the same on a machine that lives in %s, under Node alone',
    (timeZone) => {
      const source = readFileSync(new URL('../../../server/domain/calendar.ts', import.meta.url), 'utf8');
      const { outputText } = ts.transpileModule(source, {
        compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
      });
      const program = `${outputText}
        let free = [];
        for (let day = '2026-01-01'; day < '2027-01-01'; day = addDays(day, 1)) if (!isWorkingDay(day)) free.push(day);
        console.log(free.join());`;
      const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module'], {
        input: program,
        encoding: 'utf8',
        env: { ...process.env, TZ: timeZone, NODE_OPTIONS: '' },
      });
      const free = daysFrom('2026-01-01', '2026-12-31').filter((day) => !isWorkingDay(day));
      expect(stderr).toBe('');
      expect(stdout.trim()).toBe(free.join());
    },
  );
});

// When the library learns 2027, its rows here go.
describe('in a year it does not know, 1 January, 1 May and 1–3 October are holidays, weekends are free', () => {
  it.each([
    ['2026-01-01', true],
    ['2026-12-31', true],
    ['2027-01-01', false],
    ['2027-12-31', false],
    ['2099-06-15', false],
  ])('%s is in a known year: %s', (day, known) => {
    expect(isKnownYear(day)).toBe(known);
  });

  it.each([
    ['2027-01-01', 'Friday', false],
    ['2027-01-04', 'Monday', true],
    ['2027-02-05', 'Friday before 春节', true],
    ['2027-02-08', 'Monday of 春节', true],
    ['2027-05-03', 'Monday', true],
    ['2027-10-01', 'Friday', false],
    ['2027-10-04', 'Monday', true],
    ['2098-05-01', 'Thursday', false],
    ['2098-05-02', 'Friday', true],
    ['2098-09-30', 'Tuesday', true],
    ['2098-10-01', 'Wednesday', false],
    ['2098-10-02', 'Thursday', false],
    ['2098-10-03', 'Friday', false],
    ['2098-10-06', 'Monday', true],
    ['2098-12-27', 'Saturday', false],
    ['2098-12-28', 'Sunday', false],
    ['2098-12-31', 'Wednesday', true],
    ['2099-01-01', 'Thursday', false],
    ['2099-01-02', 'Friday', true],
  ])('%s (%s): people work: %s', (day, _, works) => {
    expect(isWorkingDay(day)).toBe(works);
  });

  it('begins where the known one ends', () => {
    expect(addWorkingDays('2026-12-31', 1)).toBe('2027-01-04');
    expect(workingDaysAfter('2026-12-30', '2027-01-04')).toBe(2);
  });
});

describe('counting days', () => {
  it.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-03-07', 2, '2026-03-09'], // New York loses an hour between them
    ['2026-06-15', 0, '2026-06-15'],
  ])('%s and %d days is %s', (day, days, then) => {
    expect(addDays(day, days)).toBe(then);
    expect(daysBetween(day, then)).toBe(days);
  });

  it('goes there and back', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -4_000, max: 4_000 }), (day, days) => {
        const then = addDays(day, days);
        expect(daysBetween(day, then)).toBe(days);
        expect(addDays(then, -days)).toBe(day);
        expect(then < day).toBe(days < 0);
        expect(isDay(then)).toBe(true);
      }),
    );
  });

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-05-31', 1, '2026-06-30'],
    ['2026-08-31', -6, '2026-02-28'],
    ['2028-02-29', -12, '2027-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-07-15', 0, '2026-07-15'],
    ['2026-07-30', 1, '2026-08-30'],
  ])('%s and %d months is %s', (day, months, then) => {
    expect(addMonths(day, months)).toBe(then);
  });

  it('keeps the day of the month or takes the last one, and never overtakes', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -40, max: 40 }), (day, months) => {
        const then = addMonths(day, months);
        const isMonthEnd = addDays(then, 1).endsWith('-01');
        expect(then.slice(8) === day.slice(8) || (isMonthEnd && then.slice(8) < day.slice(8))).toBe(true);
        expect(addMonths(addDays(day, 1), months) >= then).toBe(true);
        expect(addMonths(addMonths(day, 12), -12) <= day).toBe(true);
      }),
    );
  });

  it.each(['2024-02-29', '2026-01-01', '2026-12-31'])('%s is a day', (text) => {
    expect(isDay(text)).toBe(true);
  });

  it.each([
    '2026-02-29',
    '2026-02-30',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-01-32',
    '',
    '2026-1-1',
    '26-01-01',
    '2026/01/01',
    '2026-01-01 ',
    '2026-01-01\n',
    '2026-01-01T00:00:00Z',
    'today',
  ])('%j is no day', (text) => {
    expect(isDay(text)).toBe(false);
  });
});

describe('counting working days', () => {
  it.each([
    ['2026-03-06', 'a Friday', '2026-03-06'],
    ['2026-03-07', 'a Saturday', '2026-03-09'],
    ['2026-03-08', 'a Sunday', '2026-03-09'],
    ['2026-02-14', 'a make-up Saturday', '2026-02-14'],
    ['2026-02-15', 'the first day of 春节', '2026-02-24'],
    ['2026-02-23', 'the last day of 春节', '2026-02-24'],
  ])('from %s, %s, the next one is %s', (day, _, next) => {
    expect(workingDayFrom(day)).toBe(next);
  });

  it.each([
    ['2026-03-05', 1, '2026-03-06'],
    ['2026-03-06', 1, '2026-03-09'],
    ['2026-03-07', 1, '2026-03-09'],
    ['2026-03-06', 5, '2026-03-13'],
    ['2026-03-06', 6, '2026-03-16'],
    ['2026-02-13', 1, '2026-02-14'],
    ['2026-02-13', 2, '2026-02-24'],
    ['2026-09-30', 1, '2026-10-08'],
    ['2026-09-30', 3, '2026-10-10'],
    ['2026-09-30', 4, '2026-10-12'],
  ])('after %s, number %d is %s', (day, count, then) => {
    expect(addWorkingDays(day, count)).toBe(then);
    expect(workingDaysAfter(day, then)).toBe(count);
  });

  it('ends on a working day, and counts back to the same number', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (day, count) => {
        const then = addWorkingDays(day, count);
        expect(isWorkingDay(then)).toBe(true);
        expect(workingDaysAfter(day, then)).toBe(count);
        expect(workingDaysAfter(day, addDays(then, -1))).toBe(count - 1);
        expect(workingDaysAfter(then, day)).toBe(0);
      }),
    );
  });

  it('adds up, wherever the stretch is cut', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(60), fc.nat(60), (from, first, second) => {
        const [cut, to] = [addDays(from, first), addDays(from, first + second)];
        expect(workingDaysAfter(from, cut) + workingDaysAfter(cut, to)).toBe(workingDaysAfter(from, to));
        expect(addWorkingDays(addWorkingDays(from, first + 1), second + 1)).toBe(
          addWorkingDays(from, first + second + 2),
        );
      }),
    );
  });

  it('moves forward to the first working day and no further', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const next = workingDayFrom(day);
        expect(next >= day && isWorkingDay(next)).toBe(true);
        expect(daysFrom(day, next).filter((each) => isWorkingDay(each))).toEqual([next]);
        expect(workingDayFrom(next)).toBe(next);
      }),
    );
  });
});
