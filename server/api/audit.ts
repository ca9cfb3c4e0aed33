import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { listAudit } from '../flows/audit/list-audit.ts';
import { verifyAudit } from '../flows/audit/verify-audit.ts';
import { routesOf, type Layer, type Route } from '../http/describe-routes.ts';
import { apiEndpoint } from './api-endpoint.ts';
import { API_PREFIX, type Signed } from './caller.ts';
import { GetAudit, GetAuditVerified, GetPermissions } from './contract/audit.ts';

/** Who did what, whether the log is whole, and who may do what. */
export const auditRoutes = (context: Context, layers: () => readonly Layer[]) =>
  new Router<Signed>()
    .get(
      '/audit',
      apiEndpoint(context, GetAudit, ({ query: { from, to, ...query } }) =>
        listAudit(context, {
          ...query,
          from: from ? new Date(from) : undefined,
          to: to ? new Date(to) : undefined,
        }),
      ),
    )
    .get(
      '/audit/verify',
      apiEndpoint(context, GetAuditVerified, () => verifyAudit(context)),
    )
    .get(
      '/permissions',
      apiEndpoint(context, GetPermissions, async () => ({
        routes: routesOf(layers(), API_PREFIX).flatMap(permissionOf),
      })),
    );

/** Who may call a route, and what it loads for them; of one that anybody may call there is nothing to say. */
function permissionOf({ route, shape: { access, load } }: Route) {
  if (access === 'anybody') return [];
  const { roles, scope = null } = access;
  return [{ route, roles: [...roles], scope, loads: { what: load.what, to: load.to } }];
}
