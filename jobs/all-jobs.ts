import { applySettingsJob } from './apply-settings.ts';
import { askNpsJob } from './ask-nps.ts';
import { checkUnassignedJob } from './check-unassigned.ts';
import { classifyAccountsJob } from './classify-accounts.ts';
import { collectResultsJob } from './collect-results.ts';
import { collectTransfersJob } from './collect-transfers.ts';
import { escalateOverdueJob } from './escalate-overdue.ts';
import { forgetReadingsJob } from './forget-readings.ts';
import type { Job } from './job.ts';
import { remindOwnersJob } from './remind-owners.ts';
import { retireLeaversJob } from './retire-leavers.ts';
import { retryInboxJob } from './retry-inbox.ts';
import { notifyTasksJob } from './notify-tasks.ts';
import { notifyWarningsJob } from './notify-warnings.ts';
import { tidyInboxJob } from './tidy-inbox.ts';
import { settleMergesJob } from './settle-merges.ts';
import { sendWebhooksJob } from './send-webhooks.ts';
import { sendDigestJob } from './send-digest.ts';
import { syncContactsJob } from './sync-contacts.ts';
import { writeAuditHeadsJob } from './write-audit-heads.ts';
import { watchAccountsJob } from './watch-accounts.ts';
import { watchCalendarJob } from './watch-calendar.ts';

/** Every job, by the name that `cli job` takes. */
export const ALL_JOBS: readonly Job[] = [
  syncContactsJob,
  classifyAccountsJob,
  watchAccountsJob,
  notifyWarningsJob,
  notifyTasksJob,
  askNpsJob,
  collectResultsJob,
  remindOwnersJob,
  escalateOverdueJob,
  sendDigestJob,
  sendWebhooksJob,
  retryInboxJob,
  tidyInboxJob,
  forgetReadingsJob,
  writeAuditHeadsJob,
  retireLeaversJob,
  collectTransfersJob,
  checkUnassignedJob,
  settleMergesJob,
  watchCalendarJob,
  applySettingsJob,
];
