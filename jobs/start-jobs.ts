import { schedule } from 'node-cron';
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
  const work = tracked();
  const tasks = jobs.map((job) =>
    schedule(
      job.cron,
      async () => {
        if (isOfToday(job, timeZone, clock())) await work.track(runJob(context, job));
      },
      { timezone: timeZone, name: job.name, noOverlap: true },
    ),
  );
  const catchUp = async () => {
    const missed = await missedJobs(context, jobs, clock());
    for (const job of missed) if (!work.isStopped()) await runJob(context, job);
  };
  const look = oneAtATime(() =>
    work.track(
      catchUp().catch((error: unknown) => context.log.error({ error }, 'missed jobs not looked for')),
    ),
  );
  const looking = setInterval(look, LOOK_FOR_MISSED_MS);
  look();
  return {
    async stop() {
      clearInterval(looking);
      for (const task of tasks) await task.stop();
      await work.stop();
    },
  };
}

/** What is running, for who waits for its end. */
function tracked() {
  const running = new Set<Promise<unknown>>();
  let isStopped = false;
  return {
    isStopped: () => isStopped,
    async track(work: Promise<unknown>): Promise<void> {
      running.add(work);
      await work.finally(() => running.delete(work));
    },
    async stop(): Promise<void> {
      isStopped = true;
      await Promise.all(running);
    },
  };
}

/** Begins `work`, unless the last one still runs. */
function oneAtATime(work: () => Promise<void>): () => void {
  let isRunning = false;
  return () => {
    if (isRunning) return;
    isRunning = true;
    void work().finally(() => (isRunning = false));
  };
}
