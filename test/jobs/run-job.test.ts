import { expect, it } from 'vitest';
import { ALL_JOBS } from '../../jobs/all-jobs.ts';
import { each } from '../../jobs/each.ts';
import { COMES_SOON, type Job } from '../../jobs/job.ts';
import { runJob } from '../../jobs/run-job.ts';
import { startJobs } from '../../jobs/start-jobs.ts';
import { isFreeDay } from '../../jobs/working-day.ts';
import { aDoor } from '../support/a-door.ts';
import { aGate } from '../support/a-gate.ts';
import { aWorld } from '../support/a-world.ts';

const aJob = (run: Job['run'], name = 'a-job'): Job => ({
  name,
  cron: '* * * * * *',
  catchUp: COMES_SOON,
  run,
});

it('knows every job of the contract, each with a cron of six fields', () => {
  expect(ALL_JOBS.map(({ name }) => name).sort()).toEqual([
    'apply-settings',
    'ask-nps',
    'check-unassigned',
    'classify-accounts',
    'collect-results',
    'collect-transfers',
    'escalate-overdue',
    'forget-readings',
    'remind-owners',
    'retire-leavers',
    'retry-inbox',
    'send-digest',
    'send-webhooks',
    'settle-merges',
    'sync-contacts',
    'tell-tasks',
    'tell-warnings',
    'tidy-inbox',
    'watch-accounts',
    'watch-calendar',
    'write-audit-heads',
  ]);
  expect(ALL_JOBS.every(({ cron }) => cron.split(' ').length === 6)).toBe(true);
});

it('keeps how a run went', async () => {
  const { context } = await aWorld();
  expect(
    await runJob(
      context,
      aJob(async () => ({ seen: 3 })),
    ),
  ).toEqual({ outcome: 'done', tally: { seen: 3 } });
  expect(await context.runs.find('a-job')).toMatchObject({
    tally: { seen: 3 },
    error: null,
    lastGoodAt: expect.any(Date),
  });
});

it('keeps the error of a run that failed, and when it last went well', async () => {
  const { context } = await aWorld();
  await runJob(
    context,
    aJob(async () => ({ seen: 1 })),
  );
  const good = await context.runs.find('a-job');
  const failing = aJob(() => Promise.reject(new Error('no luck')));
  expect(await runJob(context, failing)).toMatchObject({ outcome: 'failed' });
  expect(await context.runs.find('a-job')).toMatchObject({
    error: 'Error: no luck',
    lastGoodAt: good?.lastGoodAt,
  });
  expect(
    await runJob(
      context,
      aJob(async () => ({})),
    ),
  ).toMatchObject({ outcome: 'done' });
  expect(await context.runs.find('a-job')).toMatchObject({ error: null });
});

it('is busy while another run of the same job is at it, and free afterwards', async () => {
  const { context } = await aWorld();
  const gate = aGate();
  let begun = 0;
  const waiting = aJob(async () => {
    begun += 1;
    await gate.passed;
    return { seen: 1 };
  });
  const first = runJob(context, waiting);
  await expect.poll(() => begun).toBe(1);
  expect(await runJob(context, waiting)).toEqual({ outcome: 'busy' });
  expect(
    await runJob(
      context,
      aJob(async () => ({}), 'another-job'),
    ),
  ).toMatchObject({ outcome: 'done' });
  gate.open();
  expect(await first).toMatchObject({ outcome: 'done' });
  expect(await runJob(context, waiting)).toMatchObject({ outcome: 'done' });
});

it('lets go of the lock when a run fails', async () => {
  const { context } = await aWorld();
  const failing = aJob(() => Promise.reject(new Error('no luck')));
  expect((await runJob(context, failing)).outcome).toBe('failed');
  expect((await runJob(context, failing)).outcome).toBe('failed');
});

it('never throws, not even when the database is gone', async () => {
  const world = await aWorld();
  const { context, lines } = await aDoor(world.context);
  await world.loseDatabase();
  expect(
    await runJob(
      context,
      aJob(async () => ({})),
    ),
  ).toMatchObject({ outcome: 'failed' });
  expect(lines.map(({ message }) => message)).toEqual(['job failed', 'job failure not kept']);
});

async function onlyOdd(item: number): Promise<number> {
  if (item % 2 === 0) throw new Error('not this one');
  return item;
}

it('tries every item though one fails, and counts', async () => {
  const { context } = await aWorld();
  const { context: logged, lines } = await aDoor(context);
  const tally = await each([1, 2, 3], { log: logged.log, name: 'a-job' }, onlyOdd);
  expect(tally).toEqual({ seen: 3, done: 4, failed: 1 });
  expect(lines).toMatchObject([
    { level: 'error', message: 'one item failed', fields: { job: 'a-job', seen: 2 } },
  ]);
});

it.each([
  ['2026-10-01T01:00:00Z', false, true],
  ['2026-10-10T01:00:00Z', false, false],
  ['2026-03-13T16:30:00Z', false, true],
  ['2026-03-15T16:30:00Z', false, false],
  ['2026-10-01T01:00:00Z', true, false],
])('at %s, by hand %s, the day is free: %s', async (now, byHand, isFree) => {
  const world = await aWorld({ now });
  expect(await isFreeDay(world.context, { byHand })).toBe(isFree);
});

it('runs by the clock, and waits for what is running when it is stopped', async () => {
  const { context } = await aWorld();
  const gate = aGate();
  let begun = 0;
  const jobs = startJobs(context, [
    aJob(async () => {
      begun += 1;
      await gate.passed;
      return { seen: 1 };
    }),
  ]);
  await expect.poll(() => begun, { timeout: 5000 }).toBe(1);
  const stopped = jobs.stop();
  gate.open();
  await stopped;
  expect(await context.runs.find('a-job')).toMatchObject({ tally: { seen: 1 } });
});

it.each([
  [0, 'failed'],
  [60_000, 'done'],
])('lets a job with a deadline of %i ms call WeCom only until then: %s', async (deadlineMs, outcome) => {
  const { context } = await aWorld();
  const job = aJob(async ({ wecom }) => ({ departments: (await wecom.staff.tree())?.length ?? 0 }));
  expect(await runJob(context, { ...job, deadlineMs })).toMatchObject({ outcome });
});
