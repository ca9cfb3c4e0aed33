import { Cron } from 'croner';
import { calendarDay, clockTime } from '../server/domain/calendar.ts';
import type { Job } from './job.ts';

/** The last run of a job, as far as it tells whether another is missing. */
type LastRun = { startedAt: Date } | null;

/** Timers may go off a moment before their time. */
const EARLY_MS = 1000;
/** The clock may be just about to begin it, here or in another process. */
const GRACE_MS = 60_000;

/**
 * When a job was due the last time (which the scheduler, node-cron, does not tell), and when it will be the next; a time that a clock
 * change skips moves to the next that exists.
 */
export function dueTimes(
  { cron }: Pick<Job, 'cron'>,
  timeZone: string,
  now: Date,
): { last: Date | null; next: Date | null } {
  const times = new Cron(cron, { timezone: timeZone, paused: true });
  return {
    last: times.previousRuns(1, new Date(now.getTime() + EARLY_MS))[0] ?? null,
    next: times.nextRun(now),
  };
}

/** True on the day on which the job was due the last time: a machine that slept over midnight does nothing of yesterday. */
export function isOfToday(job: Pick<Job, 'cron'>, timeZone: string, now: Date): boolean {
  const { last } = dueTimes(job, timeZone, now);
  return last !== null && calendarDay(last, timeZone) === calendarDay(now, timeZone);
}

/** True when a run of today is missing and the job's rule still makes up for it. Who never ran has missed nothing. */
export function isMissed(
  job: Pick<Job, 'cron' | 'catchUp'>,
  { run, timeZone, now }: { run: LastRun; timeZone: string; now: Date },
): boolean {
  if (!run || !job.catchUp || clockTime(now, timeZone) >= job.catchUp.until) return false;
  const { last } = dueTimes(job, timeZone, now);
  if (!last || !isOfToday(job, timeZone, now) || now.getTime() - last.getTime() < GRACE_MS) return false;
  return run.startedAt.getTime() < last.getTime() - EARLY_MS;
}
