import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { readPlaybook } from '../flows/playbook/read-playbook.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { Signed } from './caller.ts';
import { GetPlaybook } from './contract/playbook.ts';

/** How customers of a tier are served. */
export const playbookRoutes = (context: Context) =>
  new Router<Signed>().get(
    '/playbook/:tier',
    apiEndpoint(context, GetPlaybook, ({ params }) => readPlaybook(context, params.tier)),
  );
