import { classifyAccountsJob } from '../../jobs/classify-accounts.ts';
import { runJob } from '../../jobs/run-job.ts';
import { syncContactsJobWith } from '../../jobs/sync-contacts.ts';
import type { SyncProgress } from '../flows/contacts/sync-contacts.ts';
import { readSync } from '../flows/syncs/read-sync.ts';
import type { Command } from './command.ts';
import { syncTable } from './sync-table.ts';
import { reportUnfinished } from './report-unfinished.ts';

/** `sync [--full] [--accept-losses]` */
export const syncCommand: Command = {
  name: 'sync',
  usage: 'sync [--full] [--accept-losses]',
  summary: 'brings members, contacts, groups and tags in step with WeCom; prints what events had not told',
  options: {
    full: {
      type: 'boolean',
      about: 'reads everything anew, computes tier and stage anew and writes every missing tag',
    },
    'accept-losses': { type: 'boolean', about: 'believes it even when suspiciously many are gone' },
  },
  async run(open, { options }) {
    const context = await open();
    const wishes = {
      isFull: options['full'] === true,
      acceptsLosses: options['accept-losses'] === true,
      tell: showProgress,
    };
    const synced = await runJob(context, syncContactsJobWith(wishes), { byHand: true });
    if (process.stderr.isTTY) process.stderr.write(CLEAR);
    if (synced.outcome !== 'done') return reportUnfinished('同步', synced);
    if (options['full']) {
      const classified = await runJob(context, classifyAccountsJob, { byHand: true });
      if (classified.outcome !== 'done') return reportUnfinished('分层', classified);
    }
    const report = await readSync(context);
    return {
      ok: !synced.tally['suspicious'],
      data: { ...report, ...synced.tally },
      text: report ? syncTable(report) : '',
    };
  },
};

const CLEAR = '\r\u001b[K';

/** Where somebody is watching: how far the reading is, on one line that the report replaces. */
function showProgress({ doneStaff, staff, rows }: SyncProgress): void {
  if (process.stderr.isTTY) process.stderr.write(`${CLEAR}成员 ${doneStaff}/${staff}，跟进关系 ${rows}`);
}
