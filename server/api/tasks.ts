import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { openAccount } from '../flows/accounts/open-account.ts';
import { closeTask } from '../flows/tasks/close-task.ts';
import { listTasks } from '../flows/tasks/list-tasks.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Signed } from './caller.ts';
import { GetTasks, PostCloseTask } from './contract/tasks.ts';

/** What somebody has to do. */
export const taskRoutes = (context: Context) =>
  new Router<Signed>()
    .get(
      '/tasks',
      endpoint(GetTasks, async ({ query: { accountId } }, { caller }: Signed) => {
        if (accountId === undefined) return listTasks(context, { staffId: caller.staffId });
        const { _id } = (await openAccount(context, caller, { accountId, to: 'read' })).account;
        return listTasks(context, { accountId: _id });
      }),
    )
    .post(
      '/tasks/:id/close',
      endpoint(PostCloseTask, ({ params, body }, { caller }: Signed) =>
        closeTask(context, caller, { ...params, ...body }),
      ),
    );
