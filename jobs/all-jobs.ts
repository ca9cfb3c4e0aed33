import { askNpsJob } from './ask-nps.ts';
import { classifyAccountsJob } from './classify-accounts.ts';
import { collectResultsJob } from './collect-results.ts';
import type { Job } from './job.ts';
import { remindOwnersJob } from './remind-owners.ts';
import { retryInboxJob } from './retry-inbox.ts';
import { sendDigestJob } from './send-digest.ts';
import { syncContactsJob } from './sync-contacts.ts';

/** Every job, by the name that `cli job` takes. */
export const ALL_JOBS: readonly Job[] = [
  syncContactsJob,
  classifyAccountsJob,
  askNpsJob,
  collectResultsJob,
  remindOwnersJob,
  sendDigestJob,
  retryInboxJob,
];
