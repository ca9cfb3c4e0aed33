import { expect, it } from 'vitest';
import { agoText, dayAfter, dayText, daysSince, weekdayText } from '../../../sidebar/parts/days.ts';

/** Local time, like everything a page shows. */
const now = new Date(2026, 10, 22, 10, 0);
const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();

it.each([
  ['2026-11-26', '11月26日', '周四'],
  ['2026-01-01', '1月1日', '周四'],
  ['2025-12-31', '2025年12月31日', '周三'],
  ['2027-01-04', '2027年1月4日', '周一'],
])('writes %s as %s %s', (day, text, weekday) => {
  expect(dayText(day, now)).toBe(text);
  expect(weekdayText(day)).toBe(weekday);
});

it.each([
  [at(22, 9), 0, '今天'],
  [at(22, 23), 0, '今天'],
  [at(21, 23), 1, '昨天'],
  [at(20, 0), 2, '2 天前'],
  [at(10, 15), 12, '12 天前'],
])('counts calendar days, not hours, since %s', (instant, days, text) => {
  expect(daysSince(instant, now)).toBe(days);
  expect(agoText(instant, now)).toBe(text);
});

it.each([
  [0, '2026-11-22'],
  [3, '2026-11-25'],
  [14, '2026-12-06'],
  [40, '2027-01-01'],
])('finds the day %i days ahead', (days, day) => {
  expect(dayAfter(days, now)).toBe(day);
});
