import type { Context } from '../../context.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import { AppError } from '../../errors.ts';
import type { FoundTask } from './find-task.ts';

/** Closes a task that was opened for the caller, with what came of it. @throws {AppError} 409 `task_closed` */
export async function closeTask(
  { audit, tasks, now }: Pick<Context, 'audit' | 'tasks' | 'now'>,
  caller: Caller,
  { opened, result }: { opened: FoundTask; result: string },
): Promise<{ id: string }> {
  const { account, task } = opened;
  const { _id: id } = task;
  const closed = { state: 'done' as const, result, closedAt: now(), closedBy: caller.staffId };
  if (!(await tasks.close(id, closed)))
    throw new AppError(409, 'task_closed', { message: '这项待办已经关闭' });
  const subject = `account:${account._id}`;
  const [from, to] = [
    { id, state: 'open' },
    { id, state: 'done', result },
  ];
  await audit.note([{ by: caller.staffId, at: now(), act: 'task.close', subject, from, to }]);
  return { id };
}
