import { listAcceptedSuccessors } from '../server/flows/pool/list-accepted-successors.ts';
import { collectTransfers } from '../server/flows/transfers/collect-transfers.ts';
import { startTransfer } from '../server/flows/transfers/start-transfer.ts';
import { each } from './each.ts';
import { COMES_SOON, type Job } from './job.ts';

/** Every five minutes: what leaders agreed to is started; and what became of everything that is on its way. */
export const collectTransfersJob: Job = {
  name: 'collect-transfers',
  cron: '30 */5 * * * *',
  catchUp: COMES_SOON,
  async run(context) {
    const how = { log: context.log, name: 'collect-transfers' };
    // Polled first: a claim whose answer was lost is cleared up before anything is asked for again.
    const settled = await each(await context.transfers.openPairs(), how, (pair) =>
      collectTransfers(context, pair),
    );
    const tally = { started: 0, assigned: 0 };
    const begun = await each(await listAcceptedSuccessors(context), how, async (heir) => {
      const { started, assigned } = await startTransfer(context, heir);
      tally.started += started;
      tally.assigned += assigned;
      return true;
    });
    const failed = (settled['failed'] ?? 0) + (begun['failed'] ?? 0);
    return { changed: settled['done'] ?? 0, ...tally, failed };
  },
};
