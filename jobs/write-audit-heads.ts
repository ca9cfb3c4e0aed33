import { writeHeads } from '../server/flows/audit/write-heads.ts';
import { ALL_DAY, type Job } from './job.ts';

const NAME = 'write-audit-heads';

/** Every night at five to four, behind what is forgotten: where each chain of the audit log ends. */
export const writeAuditHeadsJob: Job = {
  name: NAME,
  cron: '0 55 3 * * *',
  catchUp: ALL_DAY,
  run: async (context) => ({ chains: await writeHeads(context, NAME) }),
};
