import { classifyAccountsJob } from '../../jobs/classify-accounts.ts';
import { runJob } from '../../jobs/run-job.ts';
import { syncContactsJob } from '../../jobs/sync-contacts.ts';
import type { Tally } from '../../jobs/job.ts';
import type { Command } from './command.ts';
import { tellUnfinished } from './tell-ran.ts';

/** `sync [--full]` */
export const syncCommand: Command = {
  name: 'sync',
  usage: 'sync [--full]',
  summary: 'brings members, contacts and tags in step with WeCom; prints what events had not told',
  options: {
    full: { type: 'boolean', about: 'also computes tier and stage anew and writes every missing tag' },
  },
  async run(open, { options }) {
    const context = await open();
    const synced = await runJob(context, syncContactsJob, { byHand: true });
    if (synced.outcome !== 'done') return tellUnfinished('同步', synced);
    if (options['full']) {
      const classified = await runJob(context, classifyAccountsJob, { byHand: true });
      if (classified.outcome !== 'done') return tellUnfinished('分层', classified);
    }
    return { ok: !synced.tally['suspicious'], data: synced.tally, text: driftText(synced.tally) };
  },
};

/** The drift report: what events had not told. */
function driftText(tally: Tally): string {
  const count = (name: string) => tally[name] ?? 0;
  const lines = [
    `成员 ${count('staff')}，跟进关系 ${count('rows')}`,
    `与本地的差异：新增 ${count('added')}，变更 ${count('changed')}，流失 ${count('lost')}`,
  ];
  const suspicious = count('suspicious');
  if (suspicious > 0) lines.push(`有 ${suspicious} 条关系突然消失，未作处理：请检查应用的可见范围`);
  return lines.join('\n');
}
