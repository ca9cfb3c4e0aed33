import { awayOn } from '../server/domain/staff/absence.ts';
import { calendarDay } from '../server/domain/calendar.ts';
import { listDue } from '../server/flows/contacts/list-due.ts';
import { listTasks } from '../server/flows/tasks/list-tasks.ts';
import { remindOwner } from '../server/flows/reminders/remind-owner.ts';
import { each } from './each.ts';
import { UNTIL_EVENING, type Job } from './job.ts';
import { isFreeDay } from './working-day.ts';

const SHOWN = 10;

/** Every working day at nine: one card to each member who is there, with due follow-ups; twice again for what WeCom refused. */
export const remindOwnersJob: Job = {
  name: 'remind-owners',
  cron: '0 0,15,30 9 * * *',
  catchUp: UNTIL_EVENING,
  async run(context, mode) {
    if (await isFreeDay(context, mode)) return { free_day: 1 };
    const today = calendarDay(context.now(), context.site.timeZone);
    const away = awayOn(await context.absences.on(today), today);
    const members = (await context.staff.all()).filter(({ _id, isActive }) => isActive && !away.has(_id));
    return each(members, { log: context.log, name: 'remind-owners' }, async ({ _id: staffId }) =>
      remindOwner(context, {
        staffId,
        ...(await listDue(context, staffId, SHOWN)),
        tasks: await listTasks(context, { staffId }),
      }),
    );
  },
};
