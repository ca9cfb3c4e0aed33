import type { Ran } from '../../jobs/run-job.ts';
import { reasonOf } from '../errors.ts';
import type { Outcome } from './command.ts';

/** What to tell about a run that did not end well. */
export function reportUnfinished(name: string, ran: Exclude<Ran, { outcome: 'done' }>): Outcome {
  if (ran.outcome === 'busy')
    return { ok: false, data: ran, text: `${name}：另一个进程正在运行它，请稍后再试` };
  const error = reasonOf(ran.error);
  return { ok: false, data: { outcome: 'failed', error }, text: `${name} 失败：${error}` };
}
