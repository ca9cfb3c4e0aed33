import { forgetReadings } from '../server/flows/audit/forget-readings.ts';
import type { Job } from './job.ts';

const NAME = 'forget-readings';

/** Every night at ten to four: who looked at what, once it was kept long enough. */
export const forgetReadingsJob: Job = {
  name: NAME,
  cron: '0 50 3 * * *',
  run: async (context) => ({ forgotten: await forgetReadings(context, NAME) }),
};
