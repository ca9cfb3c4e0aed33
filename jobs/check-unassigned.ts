import { checkUnassigned } from '../server/flows/transfers/check-unassigned.ts';
import { ALL_DAY, type Job } from './job.ts';

/** Every night: which contacts of leavers nobody has taken over, and which of those we never knew. */
export const checkUnassignedJob: Job = {
  name: 'check-unassigned',
  cron: '0 15 4 * * *',
  catchUp: ALL_DAY,
  run: (context) => checkUnassigned(context),
};
