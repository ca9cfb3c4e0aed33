import type { IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import type { TaskItem, TaskList } from '../../../server/api/contract/tasks.ts';
import type { Door, Reply } from './serve-pages.ts';

/** What the server says of tasks; `accountId` null: the visitor's own. */
export type TaskApi = {
  tasks: (accountId: string | null) => Reply<TaskList>;
  closeTask: (id: string, result: string) => Reply<{ id: string }>;
};

const resultOf = async (request: IncomingMessage) => ((await json(request)) as { result: string }).result;

/** Doors of the scripted API. */
export const TASK_DOORS: Door<TaskApi>[] = [
  [/^GET \/api\/v1\/tasks$/, (api) => api.tasks(null)],
  [/^GET \/api\/v1\/tasks\?accountId=(.+)$/, (api, id) => api.tasks(id)],
  [
    /^POST \/api\/v1\/tasks\/(.+)\/close$/,
    async (api, id, request) => api.closeTask(id, await resultOf(request)),
  ],
];

/** A customer who asked to be called in a survey. */
export const aTask = (changes: Partial<TaskItem> = {}): TaskItem => ({
  id: 'contact_me:c1:wm_wang',
  kind: 'contact_me',
  accountId: 'a1',
  accountName: '华东精密制造有限公司',
  externalUserId: 'wm_wang',
  personName: '王建国',
  dueOn: '2026-11-23',
  at: null,
  overdueWorkingDays: 0,
  cause: '评分 3 分：“交货晚了两周，请给个说法”',
  openedAt: '2026-11-20T02:00:00.000Z',
  ...changes,
});

/** Nobody waits. */
export const noTasks = (): TaskApi => ({
  tasks: () => ({ total: 0, items: [] }),
  closeTask: (id) => ({ id }),
});
