import type { Context } from '../server/context.ts';
import type { ReadJobs } from '../server/context.ts';
import { ALL_JOBS } from './all-jobs.ts';
import { dueTimes, isMissed } from './due-time.ts';
import type { CatchUp, Job } from './job.ts';

/** How a job stands: when it is due, what becomes of a missed run, and when it last ended well (null: not yet). */
type JobState = {
  name: string;
  nextAt: Date | null;
  catchUp: CatchUp;
  isMissed: boolean;
  lastGoodAt: Date | null;
};

/** Every job by the order in which they are due next. */
export async function listJobs(
  { runs, site }: { runs: Pick<Context['runs'], 'all'>; site: Pick<Context['site'], 'timeZone'> },
  jobs: readonly Job[],
  now: Date,
): Promise<JobState[]> {
  const { timeZone } = site;
  const kept = new Map((await runs.all()).map((run) => [run._id, run]));
  return jobs
    .map((job) => {
      const run = kept.get(job.name) ?? null;
      return {
        name: job.name,
        nextAt: dueTimes(job, timeZone, now).next,
        catchUp: job.catchUp,
        isMissed: isMissed(job, { run, timeZone, now }),
        lastGoodAt: run?.lastGoodAt ?? null,
      };
    })
    .sort((left, right) => (left.nextAt?.getTime() ?? 0) - (right.nextAt?.getTime() ?? 0));
}

/** The rule for a missed run, for people. */
export function catchUpText(rule: CatchUp): string {
  if (!rule) return '不补，很快会再运行';
  return rule.until === '24:00' ? '当天补做' : `当天 ${rule.until} 前补做`;
}

/** Every job as the doctor looks at it. */
export const readJobs: ReadJobs = async (runs, { now, timeZone }) =>
  (await listJobs({ runs, site: { timeZone } }, ALL_JOBS, now)).map(({ name, catchUp, isMissed }) => ({
    name,
    rule: catchUpText(catchUp),
    isMissed,
  }));
