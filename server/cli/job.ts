import { ALL_JOBS } from '../../jobs/all-jobs.ts';
import { runJob } from '../../jobs/run-job.ts';
import { UsageError, type Command } from './command.ts';
import { tellUnfinished } from './tell-ran.ts';

const NAMES = ALL_JOBS.map(({ name }) => name).join(', ');

/** `job NAME [--at ISO]` */
export const jobCommand: Command = {
  name: 'job',
  usage: 'job <name> [--at ISO]',
  summary: `runs one job now, as if at that time: ${NAMES}`,
  options: { at: { type: 'string', about: 'an ISO 8601 instant; holidays count as they would then' } },
  async run(open, { words, options }) {
    const job = ALL_JOBS.find(({ name }) => name === words[0]);
    if (!job || words.length > 1) throw new UsageError(`a job's name is one of: ${NAMES}`);
    const at = instantOf(options['at']);
    const ran = await runJob(await open(at), job, { byHand: !at });
    if (ran.outcome !== 'done') return tellUnfinished(job.name, ran);
    const counts = Object.entries(ran.tally).map(([name, count]) => `${name} ${count}`);
    const isOk = !ran.tally['failed'] && !ran.tally['suspicious'];
    return { ok: isOk, data: ran, text: `${job.name}: ${counts.join(', ')}` };
  },
};

/** @throws {UsageError} for what is no instant */
function instantOf(text: string | boolean | undefined): Date | undefined {
  if (typeof text !== 'string') return undefined;
  const at = new Date(text);
  if (!Number.isNaN(at.getTime())) return at;
  throw new UsageError('--at takes an instant such as 2026-11-23T09:00:00+08:00');
}
