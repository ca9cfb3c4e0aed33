import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { listWarnings } from '../flows/warnings/list-warnings.ts';
import { settleWarning } from '../flows/warnings/settle-warning.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Signed } from './caller.ts';
import { GetWarnings, PostAcknowledge, PostResolve } from './contract/warnings.ts';

/** What is going wrong with the caller's accounts, and what is done about it. */
export const warningRoutes = (context: Context) =>
  new Router<Signed>()
    .get(
      '/warnings',
      endpoint(GetWarnings, ({ query }, { caller }: Signed) => listWarnings(context, caller, query)),
    )
    .post(
      '/warnings/:id/acknowledge',
      endpoint(PostAcknowledge, ({ params: { id }, body: { note } }, { caller }: Signed) =>
        settleWarning(context, caller, { id, to: 'acknowledged', note }),
      ),
    )
    .post(
      '/warnings/:id/resolve',
      endpoint(PostResolve, ({ params: { id }, body: { note } }, { caller }: Signed) =>
        settleWarning(context, caller, { id, to: 'resolved', note }),
      ),
    );
