import type { Context } from '../../context.ts';
import { deciders } from '../../domain/staff/successor.ts';
import {
  contactMeId,
  contactMeTask,
  contactMeText,
  taskPeople,
  type TaskPeople,
} from '../../domain/follow-ups/task.ts';
import type { Answer } from '../../store/answers.ts';

type Needs = Pick<Context, 'accounts' | 'departments' | 'settings' | 'site' | 'staff' | 'tasks' | 'now'>;

/**
 * Keeps the task of a customer who asked to be called in an answer; one that they took back ends. Repeatable: an answer makes
 * one task, whose words follow its corrections. Nobody is told here.
 *
 * @returns the id of a task that stands, else null.
 */
export async function createContactTask(context: Needs, answer: Answer): Promise<string | null> {
  const { settings, site, tasks, now } = context;
  const id = contactMeId(answer._id);
  if (!answer.wantsContact) {
    await tasks.close(id, { state: 'withdrawn', result: '', closedAt: now(), closedBy: null });
    return null;
  }
  if (await tasks.find(id)) {
    await tasks.reword(id, contactMeText(answer));
    return id;
  }
  const { calendar } = await settings.read();
  const clock = { now: now(), timeZone: site.timeZone, calendar };
  await tasks.open(contactMeTask(answer, await peopleFor(context, answer), clock));
  return id;
}

async function peopleFor({ accounts, departments, site, staff }: Needs, answer: Answer): Promise<TaskPeople> {
  const [account, people, tree] = await Promise.all([
    accounts.find(answer.accountId),
    staff.all(),
    departments.all(),
  ]);
  const standing = (staffId: string | null | undefined) =>
    people.find(({ _id, isActive }) => _id === staffId && isActive);
  const owner = standing(account?.ownerId);
  const below = owner ?? people.find(({ _id }) => _id === answer.staffId);
  const managerIds = below ? deciders(below, tree, people) : [];
  return taskPeople({ ownerId: owner?._id ?? null, managerIds, adminIds: site.adminIds });
}
