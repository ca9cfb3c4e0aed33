import type { Context } from '../../context.ts';
import { accountRight, reaches, type AccountStake } from '../../domain/accounts/account-right.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import { AppError } from '../../errors.ts';

const mayEdit = (caller: Caller, account: AccountStake) => reaches(accountRight(caller, account, []), 'edit');

/**
 * Closes a task with what came of it: for whose it is, and for who may change the account.
 *
 * @throws {AppError} 404 `task_not_found`, also for one of others; 409 `task_closed`.
 */
export async function closeTask(
  { accounts, audit, tasks, now }: Pick<Context, 'accounts' | 'audit' | 'tasks' | 'now'>,
  caller: Caller,
  { id, result }: { id: string; result: string },
): Promise<{ id: string }> {
  const task = await tasks.find(id);
  const account = task && (await accounts.findStanding(task.accountId));
  if (!task || !account || !(task.assigneeId === caller.staffId || mayEdit(caller, account)))
    throw new AppError(404, 'task_not_found', { message: '没有这项待办，或不由您负责' });
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
