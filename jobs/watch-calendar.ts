import { watchExpiry } from '../server/flows/api-keys/watch-expiry.ts';
import { watchCalendar } from '../server/flows/calendars/watch-calendar.ts';
import { ALL_DAY, type Job } from './job.ts';

/** Every morning at half past six: whether the holidays of the days ahead are known, and which API keys end soon. */
export const watchCalendarJob: Job = {
  name: 'watch-calendar',
  cron: '0 30 6 * * *',
  catchUp: ALL_DAY,
  run: async (context) => ({ raised: await watchCalendar(context), keys: await watchExpiry(context) }),
};
