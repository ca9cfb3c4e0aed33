import { ALL_JOBS } from '../../jobs/all-jobs.ts';
import { catchUpText, listJobs } from '../../jobs/list-jobs.ts';
import { runJob } from '../../jobs/run-job.ts';
import type { Context } from '../context.ts';
import { calendarDay, clockTime } from '../domain/calendar.ts';
import { UsageError, type Command, type Outcome } from './command.ts';
import { reportUnfinished } from './report-unfinished.ts';

const NAME_WIDTH = Math.max(...ALL_JOBS.map(({ name }) => name.length));
const NAMES = ALL_JOBS.map(({ name }) => name).join(', ');

/** `job NAME [--at ISO]`, or `job --list` */
export const jobCommand: Command = {
  name: 'job',
  usage: 'job <name> [--at ISO] | --list',
  summary: `runs one job now, as if at that time: ${NAMES}`,
  options: {
    at: { type: 'string', about: 'an ISO 8601 instant; holidays count as they would then' },
    list: { type: 'boolean', about: 'shows when each job is due, and what becomes of a run that was missed' },
  },
  async run(open, { words, options }) {
    if (options['list']) return listed(await open());
    const job = ALL_JOBS.find(({ name }) => name === words[0]);
    if (!job || words.length > 1) throw new UsageError(`a job's name is one of: ${NAMES}`);
    const at = instantOf(options['at']);
    const ran = await runJob(await open(at), job, { byHand: !at });
    if (ran.outcome !== 'done') return reportUnfinished(job.name, ran);
    const counts = Object.entries(ran.tally).map(([name, count]) => `${name} ${count}`);
    const isOk = !ran.tally['failed'] && !ran.tally['suspicious'];
    return { ok: isOk, data: ran, text: `${job.name}: ${counts.join(', ')}` };
  },
};

/** One line a job: when it is due next, when it last ended well, and the rule for a missed run. */
async function listed(context: Context): Promise<Outcome> {
  const jobs = await listJobs(context, ALL_JOBS, new Date());
  const { timeZone } = context.site;
  const timeOf = (at: Date | null) =>
    at ? `${calendarDay(at, timeZone)} ${clockTime(at, timeZone).slice(0, 'HH:MM'.length)}` : '还没有';
  const text = jobs
    .map(({ name, nextAt, lastGoodAt, catchUp, isMissed }) => {
      const rule = `错过后${catchUpText(catchUp)}${isMissed ? '（今天的还没做）' : ''}`;
      return `${name.padEnd(NAME_WIDTH)} 下次 ${timeOf(nextAt)}  上次成功 ${timeOf(lastGoodAt)}  ${rule}`;
    })
    .join('\n');
  return { ok: true, data: jobs, text };
}

/** @throws {UsageError} for what is no instant */
function instantOf(text: string | boolean | undefined): Date | undefined {
  if (typeof text !== 'string') return undefined;
  const at = new Date(text);
  if (!Number.isNaN(at.getTime())) return at;
  throw new UsageError('--at takes an instant such as 2026-11-23T09:00:00+08:00');
}
