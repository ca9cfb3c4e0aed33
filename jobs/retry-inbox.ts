import { workOnEvent } from '../server/callback/work-on-event.ts';
import { each } from './each.ts';
import type { Job } from './job.ts';

const AT_ONCE = 500;

/** Every ten seconds: callback events that wait for another try, or whose worker died. */
export const retryInboxJob: Job = {
  name: 'retry-inbox',
  cron: '*/10 * * * * *',
  async run(context) {
    await context.inbox.releaseOrphans();
    const due = await context.inbox.due(context.now(), AT_ONCE);
    return each(
      due,
      { log: context.log, name: 'retry-inbox' },
      async ({ _id }) => (await workOnEvent(context, _id)) === 'done',
    );
  },
};
