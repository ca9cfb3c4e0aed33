import { expect, it } from 'vitest';
import { ALL_DAY, COMES_SOON, UNTIL_EVENING, type CatchUp, type Job } from '../../jobs/job.ts';
import { missedJobs } from '../../jobs/missed-jobs.ts';
import { startJobs } from '../../jobs/start-jobs.ts';
import { aWorld } from '../support/a-world.ts';

/** Jobs of nine and of three o'clock that ran yesterday, and one that never ran; `ran` tells which run. */
async function aStart(catchUp: CatchUp) {
  const { context } = await aWorld();
  const ran: string[] = [];
  const aJob = (name: string, cron: string): Job => ({
    name,
    cron,
    catchUp,
    run: async () => {
      ran.push(name);
      return {};
    },
  });
  for (const _id of ['at-nine', 'at-three']) {
    const startedAt = new Date('2026-03-10T09:00:00+08:00');
    await context.runs.save({
      _id,
      startedAt,
      endedAt: startedAt,
      tally: {},
      error: null,
      lastGoodAt: startedAt,
    });
  }
  const jobs = [aJob('at-nine', '0 0 9 * * *'), aJob('at-three', '0 0 3 * * *'), aJob('new', '0 0 8 * * *')];
  return { context, jobs, ran };
}
const at = (now: string) => new Date(`${now}+08:00`);

it.each([
  ['2026-03-11T14:00:00', UNTIL_EVENING, ['at-three', 'at-nine']],
  ['2026-03-11T08:00:00', UNTIL_EVENING, ['at-three']],
  ['2026-03-11T22:00:00', UNTIL_EVENING, []],
  ['2026-03-11T22:00:00', ALL_DAY, ['at-three', 'at-nine']],
  ['2026-03-12T02:00:00', ALL_DAY, []],
  ['2026-03-11T14:00:00', COMES_SOON, []],
] as const)('at %s, by rule %o, these are made up for: %j', async (now, rule, names) => {
  const { context, jobs } = await aStart(rule);
  expect((await missedJobs(context, jobs, at(now))).map(({ name }) => name)).toEqual(names);
});

const clock = () => at('2026-03-11T14:00:00');

it('a process that was down at nine runs at its start what it missed, the earlier first, and only once', async () => {
  const { context, jobs, ran } = await aStart(UNTIL_EVENING);
  const first = startJobs(context, jobs, clock);
  await expect.poll(() => ran).toEqual(['at-three', 'at-nine']);
  await first.stop();
  expect(await missedJobs(context, jobs, clock())).toEqual([]);
});
