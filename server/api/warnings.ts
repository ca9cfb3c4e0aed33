import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { listWarnings } from '../flows/warnings/list-warnings.ts';
import { settleWarning } from '../flows/warnings/settle-warning.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { Signed } from './caller.ts';
import { GetWarnings, PostAcknowledge, PostResolve } from './contract/warnings.ts';

/** What is going wrong with the caller's accounts, and what is done about it. */
export const warningRoutes = (context: Context) =>
  new Router<Signed>()
    .get(
      '/warnings',
      apiEndpoint(context, GetWarnings, ({ query }, { caller }) => listWarnings(context, caller, query)),
    )
    .post(
      '/warnings/:id/acknowledge',
      apiEndpoint(context, PostAcknowledge, ({ opened, body: { note } }, { caller }) =>
        settleWarning(context, caller, { opened, to: 'acknowledged', note }),
      ),
    )
    .post(
      '/warnings/:id/resolve',
      apiEndpoint(context, PostResolve, ({ opened, body: { note } }, { caller }) =>
        settleWarning(context, caller, { opened, to: 'resolved', note }),
      ),
    );
