import { classifyAccounts } from '../server/flows/accounts/classify-accounts.ts';
import { tagAccount } from '../server/flows/tags/tag-account.ts';
import { each } from './each.ts';
import type { Job } from './job.ts';

/** Every night after the synchronisation: tier and stage of all accounts, and the tags that follow from them. */
export const classifyAccountsJob: Job = {
  name: 'classify-accounts',
  cron: '0 30 3 * * *',
  async run(context) {
    const { seen, changedIds } = await classifyAccounts(context);
    const tagged = await each(
      context.accounts.all(),
      { log: context.log, name: 'classify-accounts' },
      ({ _id }) => tagAccount(context, _id),
    );
    return { seen, changed: changedIds.length, tagged: tagged['done'] ?? 0, failed: tagged['failed'] ?? 0 };
  },
};
