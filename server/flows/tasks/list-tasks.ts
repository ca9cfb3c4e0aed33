import type { Context } from '../../context.ts';
import { awayOn, coverOf } from '../../domain/staff/absence.ts';
import { calendarDay } from '../../domain/calendar.ts';
import { contactName } from '../../domain/contacts/contact-name.ts';
import { taskView, type Task, type TaskView } from '../../domain/follow-ups/task.ts';

type Needs = Pick<
  Context,
  'absences' | 'accounts' | 'contacts' | 'relations' | 'settings' | 'site' | 'tasks' | 'now'
>;

/** Longer lists are not shown at once; `total` counts all of a member's. */
const MOST = 50;

/**
 * Open tasks, the earliest due first: of one account, or what a member has to do, also for whom they stand in for today.
 *
 * @param whose `accountId`: of an account that was opened for the caller.
 */
export async function listTasks(
  context: Needs,
  whose: { accountId: string } | { staffId: string },
): Promise<{ total: number; items: TaskView[] }> {
  const { absences, settings, site, tasks, now } = context;
  const today = calendarDay(now(), site.timeZone);
  const { calendar } = await settings.recent();
  const read = async () => {
    if ('accountId' in whose) return { found: await tasks.openOfAccount(whose.accountId, MOST), total: null };
    const cover = coverOf(whose.staffId, awayOn(await absences.recent(today), today));
    const holders = { staffIds: [whose.staffId], cover };
    const found = await tasks.openOf(holders, MOST);
    return { found, total: found.length < MOST ? null : await tasks.countOpenOf(holders) };
  };
  const { found, total } = await read();
  const nameOf = await namesFor(context, found, 'staffId' in whose ? whose.staffId : null);
  const items = found.map((task) => taskView(task, { ...nameOf(task), today, calendar }));
  return { total: total ?? items.length, items };
}

/** How the account and the person of a task are called: by the remark of who looks, else of the owner. */
async function namesFor(
  { accounts, contacts, relations }: Needs,
  tasks: readonly Task[],
  staffId: string | null,
): Promise<(task: Task) => { accountName: string; personName: string | null }> {
  const personIds = tasks.flatMap(({ externalUserId }) => externalUserId ?? []);
  const [about, people, followers] = await Promise.all([
    accounts.findMany(tasks.map(({ accountId }) => accountId)),
    contacts.findMany(personIds),
    relations.followersOf(personIds),
  ]);
  return ({ accountId, externalUserId }) => {
    const account = about.find(({ _id }) => _id === accountId);
    const person = people.find(({ _id }) => _id === externalUserId);
    const members = [staffId, account?.ownerId ?? null];
    return {
      accountName: account?.name ?? '',
      personName: person ? contactName(person, followers, members).name : null,
    };
  };
}
