import type { TaskList } from '../../../server/api/contract/tasks.ts';
import { call } from '../api.ts';

/** Open tasks of an account; null: what the caller has to do. */
export const readTasks = (accountId: string | null) =>
  call<TaskList>(accountId === null ? '/tasks' : `/tasks?accountId=${encodeURIComponent(accountId)}`);

/** Done, with what came of it; 409 when it was closed before. */
export const closeTask = (id: string, result: string) =>
  call<{ id: string }>(`/tasks/${encodeURIComponent(id)}/close`, { result });
