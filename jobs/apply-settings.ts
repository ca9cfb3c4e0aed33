import { CLASSIFYING, PACING } from '../server/domain/settings.ts';
import { recomputeDue } from '../server/flows/accounts/recompute-due.ts';
import type { WarningKind } from '../server/domain/warnings/kinds.ts';
import { watchCalendar } from '../server/flows/calendars/watch-calendar.ts';
import { raiseWarnings } from '../server/flows/warnings/raise-warnings.ts';
import { classifyAccountsJob } from './classify-accounts.ts';
import { COMES_SOON, type Job } from './job.ts';
import { runJob } from './run-job.ts';

const LATE: readonly WarningKind[] = ['follow_up_high_risk', 'follow_up_overdue'];

/**
 * Every minute: what follows from settings that were saved meanwhile. A section that is saved again while this runs is acted on
 * in the next minute; what fails, or finds the nightly run at work, is tried again then.
 */
export const applySettingsJob: Job = {
  name: 'apply-settings',
  cron: '20 * * * * *',
  catchUp: COMES_SOON,
  deadlineMs: classifyAccountsJob.deadlineMs ?? 0,
  async run(context, mode) {
    const sections = await context.settings.unapplied();
    const touches = (names: readonly string[]) => sections.some(({ name }) => names.includes(name));
    const tally = { applied: 0, moved: 0, failed: 0 };
    if (touches(PACING)) tally.moved = await recomputeDue(context);
    // Who is late by other numbers, or late no more.
    if (tally.moved > 0) await raiseWarnings(context, context.accounts.all(), LATE);
    if (touches(['calendar'])) await watchCalendar(context);
    if (touches(CLASSIFYING)) {
      const ran = await runJob(context, classifyAccountsJob, mode);
      if (ran.outcome !== 'done') return { ...tally, failed: 1 };
    }
    for (const section of sections) await context.settings.markApplied(section);
    return { ...tally, applied: sections.length };
  },
  isGood: ({ failed }) => failed === 0,
};
