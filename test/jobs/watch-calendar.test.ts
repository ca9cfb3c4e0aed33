import { expect, it } from 'vitest';
import { applySettingsJob } from '../../jobs/apply-settings.ts';
import { watchCalendarJob } from '../../jobs/watch-calendar.ts';
import { aWorld } from '../support/a-world.ts';

// The library knows 2026, and not yet 2027; when it learns it, the years here move on.
async function aYearEnd() {
  const { context, run, setNow } = await aWorld();
  const open = async () => (await context.notices.open()).map(({ subject, times }) => [subject, times]);
  const watchOn = async (day: string) => {
    setNow(`${day}T06:30:00+08:00`);
    return (await run(watchCalendarJob))['raised'];
  };
  const free = (freeDays: string[], version: number) =>
    context.settings.save(
      'calendar',
      { value: { freeDays, workingDays: [] }, version },
      { by: 'olga', at: context.now() },
    );
  return { context, run, setNow, open, watchOn, free };
}

it('in a year that the calendar does not know, administrators see a warning, once, 60 days before', async () => {
  const { open, watchOn, context } = await aYearEnd();
  expect([await watchOn('2026-11-01'), await open()]).toEqual([0, []]);
  expect([await watchOn('2026-11-02'), await open()]).toEqual([1, [['2027', 1]]]);
  expect([await watchOn('2026-11-03'), await open()]).toEqual([0, [['2027', 1]]]);
  const [notice] = await context.notices.open();
  expect(notice?.text).toMatch(/^2027 年的放假和调休安排还不知道：.*1 月 1 日、5 月 1 日和 10 月 1–3 日/);
  expect([await watchOn('2027-06-01'), await open()]).toEqual([0, [['2027', 1]]]);
  expect([await watchOn('2027-12-31'), (await open()).toSorted()]).toEqual([
    1,
    [
      ['2027', 1],
      ['2028', 1],
    ],
  ]);
  expect([await watchOn('2028-01-01'), await open()]).toEqual([0, [['2028', 1]]]);
});

it('is settled within a minute once an administrator adds the days, and comes back when they are taken out', async () => {
  const { open, watchOn, run, free, setNow } = await aYearEnd();
  await watchOn('2026-11-02');
  await free(['2027-01-01', '2027-01-02', '2026-12-25'], 0); // no day that is not free anyhow
  await run(applySettingsJob);
  expect(await open()).toEqual([['2027', 1]]);
  await free(['2027-02-08', '2027-02-09'], 1);
  setNow('2026-11-02T09:00:00+08:00');
  await run(applySettingsJob);
  expect(await open()).toEqual([]);
  expect([await watchOn('2026-11-03'), await open()]).toEqual([0, []]);
  await free([], 2);
  await run(applySettingsJob);
  expect(await open()).toEqual([['2027', 1]]);
});
