import { forgetReadings } from '../server/flows/audit/forget-readings.ts';
import { ALL_DAY, type Job } from './job.ts';

const NAME = 'forget-readings';

/** Every night at ten to four: who looked at what, once it was kept long enough. */
export const forgetReadingsJob: Job = {
  name: NAME,
  cron: '0 50 3 * * *',
  catchUp: ALL_DAY,
  run: async (context) => ({ forgotten: await forgetReadings(context, NAME) }),
};
