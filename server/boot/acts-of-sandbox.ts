import { askNpsJob } from '../../jobs/ask-nps.ts';
import type { Job } from '../../jobs/job.ts';
import { runJob } from '../../jobs/run-job.ts';
import { sendDigestJob } from '../../jobs/send-digest.ts';
import type { ActDone, SandboxActs } from '../api/sandbox-acts.ts';
import type { Context } from '../context.ts';
import { clockTime } from '../domain/calendar.ts';
import { AppError } from '../errors.ts';
import { startCampaign } from '../flows/nps/start-campaign.ts';

/** What the tour of the sandbox does: it opens a campaign for everybody unless one is open, and asks; it tells the managers. */
export const actsOf = (context: Context): SandboxActs => ({
  async 'ask-nps'() {
    const now = context.now();
    if ((await context.campaigns.openAt(now)).length === 0) {
      const name = `体验 ${now.toISOString().slice(0, 10)} ${clockTime(now, context.site.timeZone)}`;
      await startCampaign(context, { name, tiers: [] });
    }
    return run(context, askNpsJob);
  },
  'send-digest': () => run(context, sendDigestJob),
});

async function run(context: Context, job: Job): Promise<ActDone> {
  const ran = await runJob(context, job, { byHand: true });
  if (ran.outcome === 'done') return { done: ran.tally['done'] ?? 0 };
  throw new AppError(503, 'not_now', { message: '正忙或没有成功，请稍后再试' });
}
