import { deciders } from '../server/domain/staff/successor.ts';
import { spellingIn } from '../server/domain/system/user-id.ts';
import type { Context } from '../server/context.ts';
import { escalateOverdue, type Team } from '../server/flows/reminders/escalate-overdue.ts';
import { each } from './each.ts';
import { UNTIL_EVENING, type Job } from './job.ts';
import { isFreeDay } from './working-day.ts';

/** Every working day at five past nine: to each manager what the team has let lie for too long; twice again for what WeCom refused. */
export const escalateOverdueJob: Job = {
  name: 'escalate-overdue',
  cron: '0 5,20,35 9 * * *',
  catchUp: UNTIL_EVENING,
  async run(context, mode) {
    if (await isFreeDay(context, mode)) return { free_day: 1 };
    const how = { log: context.log, name: 'escalate-overdue' };
    return each(await teamsOf(context), how, async (team) => (await escalateOverdue(context, team)) > 0);
  },
};

/** Whoever is told about whom; where nobody leads a member, administrators are. */
async function teamsOf({ staff, departments, site }: Context): Promise<Team[]> {
  const [people, tree] = [await staff.all(), await departments.all()];
  const adminIds = site.adminIds.map(spellingIn(people));
  const teams = new Map<string, { _id: string; name: string }[]>();
  for (const owner of people.filter(({ isActive }) => isActive)) {
    const leaders = deciders(owner, tree, people);
    const listeners = (leaders.length > 0 ? leaders : adminIds).filter((id) => id !== owner._id);
    for (const id of listeners) teams.set(id, [...(teams.get(id) ?? []), owner]);
  }
  return [...teams].map(([managerId, owners]) => ({ managerId, owners }));
}
