import { createEventQueue } from '../server/callback/queue.ts';
import { workOnEvent } from '../server/callback/work-on-event.ts';
import { COMES_SOON, type Job } from './job.ts';

const AT_ONCE = 500;

/**
 * Every ten seconds: callback events that are due, e.g. for another try, or because their worker died. Servers do the same by
 * themselves, more often; this is for when none runs.
 */
export const retryInboxJob: Job = {
  name: 'retry-inbox',
  cron: '*/10 * * * * *',
  catchUp: COMES_SOON,
  async run(context) {
    const tally = { seen: 0, done: 0, failed: 0 };
    const queue = createEventQueue(
      async (id) => {
        const outcome = await workOnEvent(context, id);
        if (outcome === 'done') tally.done += 1;
      },
      (error, eventId) => {
        tally.failed += 1;
        context.log.error({ error, eventId, job: 'retry-inbox' }, 'one item failed');
      },
    );
    const due = await context.inbox.due(context.now(), AT_ONCE);
    tally.seen = due.length;
    for (const event of due) queue.push(event);
    await queue.idle();
    return tally;
  },
};
