import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { loadAccount } from '../flows/accounts/load-account.ts';
import { closeTask } from '../flows/tasks/close-task.ts';
import { listTasks } from '../flows/tasks/list-tasks.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { Signed } from './caller.ts';
import { GetTasks, PostCloseTask } from './contract/tasks.ts';

/** What somebody has to do. */
export const taskRoutes = (context: Context) =>
  new Router<Signed>()
    .get(
      '/tasks',
      apiEndpoint(context, GetTasks, async ({ query: { accountId } }, { caller }) => {
        if (accountId === undefined) return listTasks(context, { staffId: caller.staffId });
        const { _id } = (await loadAccount(context, caller, { accountId, to: 'read' })).account;
        return listTasks(context, { accountId: _id });
      }),
    )
    .post(
      '/tasks/:id/close',
      apiEndpoint(context, PostCloseTask, ({ opened, body }, { caller }) =>
        closeTask(context, caller, { opened, ...body }),
      ),
    );
