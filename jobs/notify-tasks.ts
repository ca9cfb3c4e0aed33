import type { Context } from '../server/context.ts';
import { contactMeId } from '../server/domain/follow-ups/task.ts';
import { createContactTask } from '../server/flows/tasks/create-contact-task.ts';
import { notifyTask } from '../server/flows/tasks/notify-task.ts';
import type { Answer } from '../server/store/answers.ts';
import { each } from './each.ts';
import { COMES_SOON, type Job } from './job.ts';

/** Older wishes are not brought up again. */
const WISH_MS = 30 * 86_400_000;

/**
 * Every minute: who asked to be called and has no task yet (the process ended in between, or the answer is older than tasks)
 * gets one, and whoever has yet to be told of a task is told.
 */
export const notifyTasksJob: Job = {
  name: 'tell-tasks',
  cron: '20 * * * * *',
  catchUp: COMES_SOON,
  async run(context) {
    const how = { log: context.log, name: 'tell-tasks' };
    const opened = await each(await wishes(context), how, async (answer) =>
      Boolean(await createContactTask(context, answer)),
    );
    const told = await each(await context.tasks.untold(), how, (task) => notifyTask(context, task));
    return {
      opened: opened['done'] ?? 0,
      told: told['done'] ?? 0,
      failed: (opened['failed'] ?? 0) + (told['failed'] ?? 0),
    };
  },
};

async function wishes({ answers, tasks, now }: Context): Promise<Answer[]> {
  const asked = await answers.wantingContact(new Date(now().getTime() - WISH_MS));
  const known = await tasks.known(asked.map(({ _id }) => contactMeId(_id)));
  return asked.filter(({ _id }) => !known.has(contactMeId(_id)));
}
