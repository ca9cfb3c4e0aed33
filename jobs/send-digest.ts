import { sendDigest } from '../server/flows/digests/send-digest.ts';
import { identifyCaller } from '../server/flows/staff/identify-caller.ts';
import { each } from './each.ts';
import type { Job } from './job.ts';
import { isFreeDay } from './working-day.ts';

/** Every working day at six in the evening: one card to each manager; twice again for what WeCom refused. */
export const sendDigestJob: Job = {
  name: 'send-digest',
  cron: '0 0,15,30 18 * * *',
  catchUp: { until: '23:00' },
  async run(context, mode) {
    if (await isFreeDay(context, mode)) return { free_day: 1 };
    const managers = (await context.staff.all()).filter(
      ({ isActive, leaderOf }) => isActive && leaderOf.length > 0,
    );
    return each(managers, { log: context.log, name: 'send-digest' }, async ({ _id: staffId }) =>
      sendDigest(context, await identifyCaller(context, staffId), mode),
    );
  },
};
