import { expect, it } from 'vitest';
import { forgetReadingsJob } from '../../jobs/forget-readings.ts';
import { aSyncedWorld } from '../support/a-world.ts';

const DAY_MS = 86_400_000;

it('forgets who looked at what after a year, or after the days that an administrator set', async () => {
  const world = await aSyncedWorld();
  const { audit, settings, now } = world.context;
  const daysAgo = (days: number) => new Date(now().getTime() - days * DAY_MS);
  const about = { by: 'anna', act: 'GET /accounts', subject: '', from: null, to: null, status: 200 };
  await audit.note([366, 364, 185, 183].map((days) => ({ ...about, at: daysAgo(days) })));
  expect(await world.run(forgetReadingsJob)).toEqual({ forgotten: 1 });
  const admin = { by: 'olga', at: now() };
  expect(await settings.save('audit', { value: { readingDays: 184 }, version: 0 }, admin)).toBe(true);
  expect(await world.run(forgetReadingsJob)).toEqual({ forgotten: 2 });
  const left = await audit.list({ by: 'anna', limit: 9 });
  expect(left.map(({ at }) => at)).toEqual([daysAgo(183)]);
  expect((await audit.verify()).isWhole).toBe(true);
});
