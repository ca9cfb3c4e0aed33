import { settleMerges } from '../server/flows/accounts/settle-merges.ts';
import { COMES_SOON, type Job } from './job.ts';

/** Ends merges of accounts that a restart cut short. */
export const settleMergesJob: Job = {
  name: 'settle-merges',
  cron: '30 */10 * * * *',
  catchUp: COMES_SOON,
  run: (context) => settleMerges(context),
  isGood: ({ failed }) => failed === 0,
};
