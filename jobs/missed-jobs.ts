import type { Context } from '../server/context.ts';
import { dueTimes, isMissed } from './due-time.ts';
import type { Job } from './job.ts';

type Needs = Pick<Context, 'runs' | 'site'>;

/** The jobs whose run of today is missing, in the order in which they were due: what comes later builds on what came before. */
export async function missedJobs({ runs, site }: Needs, jobs: readonly Job[], now: Date): Promise<Job[]> {
  const { timeZone } = site;
  const kept = new Map((await runs.all()).map((run) => [run._id, run]));
  const dueAt = (job: Job) => dueTimes(job, timeZone, now).last?.getTime() ?? 0;
  return jobs
    .filter((job) => isMissed(job, { run: kept.get(job.name) ?? null, timeZone, now }))
    .sort((left, right) => dueAt(left) - dueAt(right));
}
