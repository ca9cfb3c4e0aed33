import { schedule } from 'node-cron';
import type { Context } from '../server/context.ts';
import type { Job } from './job.ts';
import { runJob } from './run-job.ts';

/** Runs each job by the clock until stopped; `stop` waits for what is running. */
export function startJobs(context: Context, jobs: readonly Job[]): { stop: () => Promise<void> } {
  const running = new Set<Promise<unknown>>();
  const tasks = jobs.map((job) =>
    schedule(
      job.cron,
      () => {
        const run = runJob(context, job).finally(() => running.delete(run));
        running.add(run);
      },
      { timezone: context.site.timeZone, name: job.name, noOverlap: true },
    ),
  );
  return {
    async stop() {
      for (const task of tasks) await task.stop();
      await Promise.all(running);
    },
  };
}
