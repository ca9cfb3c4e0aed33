import { collectResults } from '../server/flows/nps/collect-results.ts';
import { each } from './each.ts';
import { COMES_SOON, type Job } from './job.ts';

/** A campaign lasts two weeks; after four nothing changes any more. */
const WORTH_ASKING_MS = 28 * 86_400_000;

/** Every quarter of an hour by day: who got the question, and what became of messages whose answer was lost. */
export const collectResultsJob: Job = {
  name: 'collect-results',
  cron: '0 */15 8-22 * * *',
  catchUp: COMES_SOON,
  async run(context) {
    const since = new Date(context.now().getTime() - WORTH_ASKING_MS);
    const unsure = await context.ledger.list('nps', 'claimed', since);
    const sent = await context.ledger.list('nps', 'sent', since);
    return each([...unsure, ...sent], { log: context.log, name: 'collect-results' }, (entry) =>
      collectResults(context, entry),
    );
  },
};
