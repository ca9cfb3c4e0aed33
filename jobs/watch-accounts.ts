import { raiseWarnings } from '../server/flows/warnings/raise-warnings.ts';
import { ALL_DAY, type Job } from './job.ts';

const DEADLINE_MS = 3 * 3_600_000;

/** Every night after the classification: what is going wrong with any account; people are told in the morning. */
export const watchAccountsJob: Job = {
  name: 'watch-accounts',
  cron: '0 30 5 * * *',
  catchUp: ALL_DAY,
  deadlineMs: DEADLINE_MS,
  async run(context) {
    const { seen, raisedIds, resolved } = await raiseWarnings(context, context.accounts.all());
    return { seen, raised: raisedIds.length, resolved };
  },
};
