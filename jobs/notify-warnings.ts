import { notifyWarnings } from '../server/flows/warnings/notify-warnings.ts';
import { each } from './each.ts';
import { UNTIL_EVENING, type Job } from './job.ts';
import { isFreeDay } from './working-day.ts';

/** Every working day at ten past nine: one message to each person with new warnings; twice again for what WeCom refused. */
export const notifyWarningsJob: Job = {
  name: 'tell-warnings',
  cron: '0 10,25,40 9 * * *',
  catchUp: UNTIL_EVENING,
  async run(context, mode) {
    if (await isFreeDay(context, mode)) return { free_day: 1 };
    const waiting = await context.warnings.untoldStaff();
    return each(waiting, { log: context.log, name: 'tell-warnings' }, (staffId) =>
      notifyWarnings(context, staffId),
    );
  },
};
