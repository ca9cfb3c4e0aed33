import type { Context } from '../server/context.ts';
import { classifyAccounts } from '../server/flows/accounts/classify-accounts.ts';
import { refreshTags } from '../server/flows/tags/refresh-tags.ts';
import { tagAccount } from '../server/flows/tags/tag-account.ts';
import { each } from './each.ts';
import { ALL_DAY, type Job } from './job.ts';

const NAME = 'classify-accounts';
/** So many accounts are tagged at once; the client keeps the pace that WeCom allows. */
const LANES = 4;
/** Ten thousand tags take their time at WeCom's pace. */
const DEADLINE_MS = 6 * 3_600_000;

/** Every night after the synchronisation: tier and stage of all accounts, and the tags that follow from them. */
export const classifyAccountsJob: Job = {
  name: NAME,
  cron: '0 30 3 * * *',
  catchUp: ALL_DAY,
  deadlineMs: DEADLINE_MS,
  async run(context) {
    const { seen, changedIds } = await classifyAccounts(context);
    const { tagged, failed } = await tagAll(context);
    const unsynced = (await context.syncs.hasEnded()) ? 0 : 1;
    return { seen, changed: changedIds.length, tagged, failed, unsynced };
  },
  // Before the first synchronisation there was nothing to classify, and that is nothing good.
  isGood: ({ unsynced }) => unsynced === 0,
};

/** Tags every account; those that failed once more at the end, when WeCom may have time for us again. */
async function tagAll(context: Context): Promise<{ tagged: number; failed: number }> {
  const how = { log: context.log, name: NAME, lanes: LANES };
  if (!(await context.tagCatalog.read())) {
    const made = await each([refreshTags], how, (step) => step(context).then(() => true));
    if (made['failed']) return { tagged: 0, failed: 1 };
  }
  const failedIds: string[] = [];
  const tag = (accountId: string) => tagAccount(context, accountId);
  const first = await each(context.accounts.all(), how, ({ _id }) =>
    tag(_id).catch(() => {
      failedIds.push(_id); // tried again below, where a failure is told
      return 0;
    }),
  );
  const second = await each(failedIds, how, tag);
  return { tagged: (first['done'] ?? 0) + (second['done'] ?? 0), failed: second['failed'] ?? 0 };
}
