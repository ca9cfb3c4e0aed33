import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayOfText } from '../../../../server/domain/imports/day-text.ts';

it.each([
  '2026-03-05',
  '2026-3-5',
  '2026/3/5',
  '2026.3.5',
  '2026年3月5日',
  '2026年03月05号',
  '2026 年 3 月 5 日',
  '20260305',
  '２０２６－０３－０５',
  '２０２６年３月５日',
  '2026/3/5 10:30',
  '2026/3/5 0:00:00',
  '2026-03-05 10:30:00.000',
  '2026-03-05T10:30:00',
  '2026-03-05T00:00:00.000Z',
  '2026年3月5日 10时30分',
  '2026/3/5 上午10:30',
  '2026/3/5 10:30 PM',
  '2026年3月5日 星期四',
  '2026-03-05（周四）',
  '46086',
  '46086.4375',
  '5-Mar-2026',
  '5 March 2026',
  'Mar 5, 2026',
  '2026-Mar-05',
])('%s is 2026-03-05', (text) => {
  expect(dayOfText(text)).toEqual({ day: '2026-03-05' });
});

it.each([
  ['31/12/2025', '2025-12-31'],
  ['12/31/2025', '2025-12-31'],
  ['05/05/2026', '2026-05-05'],
])('%s can only be %s', (text, day) => {
  expect(dayOfText(text)).toEqual({ day });
});

it.each(['03/05/2026', '3-5-2026', '3.5.2026', '03/05/2026 10:00', '１２/１１/２０２６'])(
  '%s could be two days, so it is none',
  (text) => {
    expect(dayOfText(text)).toEqual({ problem: 'ambiguous' });
  },
);

it.each(['2026-03-04T16:00:00.000Z', '2026-03-04T16:00:00+00:00', '2026-03-05 01:00:00-0800'])(
  '%s is another day elsewhere, so it is none',
  (text) => {
    expect(dayOfText(text)).toEqual({ problem: 'zoned' });
  },
);

it.each([
  '',
  '2026',
  '2026-03',
  '2026年3月',
  '26-03-05',
  '26/3/5',
  '260305',
  '2026-02-30',
  '20260230',
  '2026-13-01',
  '1234',
  '9999999',
  '99999',
  '三月',
  '昨天',
  '2026-03/05',
  '5-Foo-2026',
  '2026-03-05 abc',
  '#N/A',
])('%s is no day', (text) => {
  expect(dayOfText(text)).toEqual({ problem: 'unreadable' });
});

it('reads any day in each way of writing it as the same day', () => {
  const anyDay = fc
    .integer({ min: 0, max: 40_000 })
    .map((days) => new Date(Date.UTC(1990, 0, 1 + days)).toISOString().slice(0, 10));
  fc.assert(
    fc.property(anyDay, fc.constantFrom('', ' 9:05', ' 23:59:59', 'T00:00:00'), (day, time) => {
      const [year, month, date] = day.split('-').map(Number);
      const ways = [
        `${year}/${month}/${date}`,
        `${year}.${month}.${date}`,
        `${year}年${month}月${date}日`,
        day,
      ];
      for (const way of ways) expect(dayOfText(`${way}${time}`)).toEqual({ day });
      const serial = Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 25_569;
      expect([dayOfText(day.replaceAll('-', '')), dayOfText(String(serial + 0.25))]).toEqual([
        { day },
        { day },
      ]);
    }),
  );
});
