import { writeHeads } from '../server/flows/audit/write-heads.ts';
import type { Job } from './job.ts';

const NAME = 'write-audit-heads';

/** Every night at five to four, behind what is forgotten: where each chain of the audit log ends. */
export const writeAuditHeadsJob: Job = {
  name: NAME,
  cron: '0 55 3 * * *',
  run: async (context) => ({ chains: await writeHeads(context, NAME) }),
};
