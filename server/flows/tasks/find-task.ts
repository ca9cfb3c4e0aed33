import type { Context } from '../../context.ts';
import { mayThemselves, type AccountRight } from '../../domain/accounts/account-right.ts';
import type { Task } from '../../domain/follow-ups/task.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';

/** A task that the caller may go so far with, and the account that it is about. */
export type FoundTask = { task: Task; account: Account };

/**
 * Opens a task for whose it is, and for who may go so far with its account.
 *
 * @throws {AppError} 404 `task_not_found`, also for one of others.
 */
export async function findTask(
  { accounts, tasks }: Pick<Context, 'accounts' | 'tasks'>,
  caller: Caller,
  { id, to }: { id: string; to: AccountRight },
): Promise<FoundTask> {
  const task = await tasks.find(id);
  const account = task && (await accounts.resolveMerged(task.accountId));
  if (task && account && (task.assigneeId === caller.staffId || mayThemselves(caller, account, to)))
    return { task, account };
  throw new AppError(404, 'task_not_found', { message: '没有这项待办，或不由您负责' });
}
