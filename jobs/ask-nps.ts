import type { Context } from '../server/context.ts';
import { askNps } from '../server/flows/nps/ask-nps.ts';
import type { Campaign } from '../server/store/campaigns.ts';
import { each } from './each.ts';
import { UNTIL_EVENING, type Job } from './job.ts';
import { isFreeDay } from './working-day.ts';

/** Every working day at ten: the open campaigns' question to each contact whose quiet time is over. */
export const askNpsJob: Job = {
  name: 'ask-nps',
  cron: '0 0 10 * * *',
  catchUp: UNTIL_EVENING,
  async run(context, mode) {
    if (await isFreeDay(context, mode)) return { free_day: 1 };
    return each(askings(context), { log: context.log, name: 'ask-nps' }, (asking) => askNps(context, asking));
  },
};

async function* askings({
  campaigns,
  staff,
  now,
}: Context): AsyncGenerator<{ campaign: Campaign; staffId: string }> {
  const members = (await staff.all()).filter(({ isActive }) => isActive);
  for (const campaign of await campaigns.openAt(now())) {
    for (const { _id: staffId } of members) yield { campaign, staffId };
  }
}
