import type { Context } from '../server/context.ts';
import { reasonOf } from '../server/errors.ts';
import { preferSmallHeapFor } from '../server/infra/heap-size.ts';
import type { Job, RunMode, Tally } from './job.ts';

/** What became of a run; `busy`: another process is at it. */
export type Ran =
  { outcome: 'done'; tally: Tally } | { outcome: 'failed'; error: unknown } | { outcome: 'busy' };

const DEADLINE_MS = 30 * 60_000;

/** Runs a job under its lock, and keeps how it went. Never throws. */
export async function runJob(context: Context, job: Job, mode: RunMode = { byHand: false }): Promise<Ran> {
  const { log, locks } = context;
  const startedAt = new Date();
  try {
    const held = await locks.hold(`job:${job.name}`, () => runInTime(context, job, mode));
    if (!held) return { outcome: 'busy' };
    const endedAt = new Date();
    await keepTally(context, job, { startedAt, endedAt, tally: held.result });
    const isIdle = Object.values(held.result).every((count) => count === 0);
    log[isIdle ? 'debug' : 'info'](
      { job: job.name, tally: held.result, ms: endedAt.getTime() - startedAt.getTime() },
      'job done',
    );
    return { outcome: 'done', tally: held.result };
  } catch (error) {
    log.error({ error, job: job.name }, 'job failed');
    await keepFailure(context, job, { startedAt, error });
    return { outcome: 'failed', error };
  }
}

const runInTime = (context: Context, { run, deadlineMs = DEADLINE_MS }: Job, mode: RunMode) =>
  preferSmallHeapFor(() => context.wecom.within(deadlineMs, () => run(context, mode)));

async function keepTally(
  { runs }: Context,
  { name, isGood }: Job,
  run: { startedAt: Date; endedAt: Date; tally: Tally },
) {
  const wentWell = isGood?.(run.tally) ?? true;
  await runs.save({
    _id: name,
    ...run,
    error: wentWell ? null : 'the tally needs somebody to look at it',
    lastGoodAt: wentWell ? run.endedAt : null,
  });
}

async function keepFailure(
  { runs, log }: Context,
  { name }: Job,
  { startedAt, error }: { startedAt: Date; error: unknown },
) {
  const run = {
    _id: name,
    startedAt,
    endedAt: new Date(),
    tally: {},
    error: reasonOf(error).slice(0, 500),
    lastGoodAt: null,
  };
  await runs
    .save(run)
    .catch((failure: unknown) => log.error({ error: failure, job: name }, 'job failure not kept'));
}
