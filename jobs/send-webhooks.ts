import { fillOutbox } from '../server/flows/webhooks/fill-outbox.ts';
import { sendDue } from '../server/flows/webhooks/send-due.ts';
import { tidyDeliveries } from '../server/flows/webhooks/tidy-deliveries.ts';
import { each } from './each.ts';
import { COMES_SOON, type Job } from './job.ts';

const LANES = 8;

/** Every ten seconds: what changed goes into the outbox, and what is due there to the webhooks, several of them at once. */
export const sendWebhooksJob: Job = {
  name: 'send-webhooks',
  cron: '5-59/10 * * * * *',
  catchUp: COMES_SOON,
  async run(context) {
    const added = await fillOutbox(context);
    const tally = { added, sent: 0, refused: 0, tidied: 0 };
    const how = { log: context.log, name: 'send-webhooks', lanes: LANES };
    const { failed = 0 } = await each(await context.webhooks.all(), how, async (hook) => {
      const { sent, failed: refused } = await sendDue(context, hook);
      tally.sent += sent;
      tally.refused += refused;
      return true;
    });
    tally.tidied = await tidyDeliveries(context);
    return { ...tally, failed };
  },
};
