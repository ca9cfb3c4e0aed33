import { Cron } from 'croner';
import type { Context } from '../server/context.ts';
import { missedJobs } from './missed-jobs.ts';
import { isOfToday } from './due-time.ts';
import type { Job } from './job.ts';
import { runJob } from './run-job.ts';

/** Looked for at the start and so often: this process may have slept, or the one that ran the jobs is gone. */
const LOOK_FOR_MISSED_MS = 60_000;

/**
 * Runs each job by the clock until stopped, and what was missed of today by the rule of the job; `stop` waits for what is
 * running. `clock` is the one on the wall.
 */
export function startJobs(
  context: Context,
  jobs: readonly Job[],
  clock: () => Date = () => new Date(),
): { stop: () => Promise<void> } {
  const { timeZone } = context.site;
  const running = new Set<Promise<unknown>>();
  let isStopped = false;
  const track = (work: Promise<unknown>) => {
    const tracked = work.finally(() => running.delete(tracked));
    running.add(tracked);
    return tracked;
  };
  const catchUp = async () => {
    const missed = await missedJobs(context, jobs, clock());
    for (const job of missed) if (!isStopped) await runJob(context, job);
  };
  let catching: Promise<unknown> | null = null;
  const look = () => {
    catching ??= track(
      catchUp()
        .catch((error: unknown) => context.log.error({ error }, 'missed jobs not looked for'))
        .finally(() => (catching = null)),
    );
  };
  const tasks = jobs.map(
    (job) =>
      new Cron(job.cron, { timezone: timeZone, protect: true }, async () => {
        if (isOfToday(job, timeZone, clock())) await track(runJob(context, job));
      }),
  );
  const looking = setInterval(look, LOOK_FOR_MISSED_MS);
  look();
  return {
    async stop() {
      isStopped = true;
      clearInterval(looking);
      for (const task of tasks) task.stop();
      await Promise.all(running);
    },
  };
}
