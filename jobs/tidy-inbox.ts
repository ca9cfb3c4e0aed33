import { tidyEvents } from '../server/flows/events/tidy-events.ts';
import { ALL_DAY, type Job } from './job.ts';

/** Every night at a quarter to four: the contents of callback events that nobody needs any more. */
export const tidyInboxJob: Job = {
  name: 'tidy-inbox',
  cron: '0 45 3 * * *',
  catchUp: ALL_DAY,
  run: async (context) => ({ stripped: await tidyEvents(context) }),
};
