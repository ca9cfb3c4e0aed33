import type { Context } from '../../context.ts';
import type { Answer } from '../../store/answers.ts';
import { reclassifyAndTag } from '../accounts/reclassify-and-tag.ts';
import { createContactTask } from '../tasks/create-contact-task.ts';
import { notifyTask } from '../tasks/notify-task.ts';
import { warnAtOnce } from '../warnings/warn-at-once.ts';

/**
 * What follows from an answer: the task of who asked to be called is kept before this resolves. Telling of it, the account's
 * classes and a warning of a bad mark come after, and the customer does not wait for them; the night, and `tell-tasks` within a
 * minute, make up for what fails. Repeatable.
 */
export async function followUpAnswer(context: Context, answer: Answer): Promise<void> {
  const { accountId } = answer;
  const taskId = await createContactTask(context, answer);
  for (const work of [() => tell(context, taskId), () => judge(context, accountId)])
    work().catch((error: unknown) => context.log.warn({ error, accountId }, 'an answer not followed up'));
}

async function tell(context: Context, taskId: string | null): Promise<void> {
  const task = taskId === null ? null : await context.tasks.find(taskId);
  if (task) await notifyTask(context, task);
}

async function judge(context: Context, accountId: string): Promise<void> {
  await reclassifyAndTag(context, [accountId], { by: 'survey' });
  await warnAtOnce(context, accountId, ['detractor']);
}
