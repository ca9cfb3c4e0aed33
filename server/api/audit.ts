import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { PERMISSIONS } from '../domain/staff/permission.ts';
import { listAudit } from '../flows/audit/list-audit.ts';
import { verifyAudit } from '../flows/audit/verify-audit.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Signed } from './caller.ts';
import { GetAudit, GetAuditVerified, GetPermissions } from './contract/audit.ts';

/** Who did what, whether the log is whole, and who may do what. */
export const auditRoutes = (context: Context) =>
  new Router<Signed>()
    .get(
      '/audit',
      endpoint(GetAudit, ({ query: { from, to, ...query } }) =>
        listAudit(context, {
          ...query,
          from: from ? new Date(from) : undefined,
          to: to ? new Date(to) : undefined,
        }),
      ),
    )
    .get(
      '/audit/verify',
      endpoint(GetAuditVerified, () => verifyAudit(context)),
    )
    .get(
      '/permissions',
      endpoint(GetPermissions, async () => ({
        routes: Object.entries(PERMISSIONS).map(([route, { roles, scope = null }]) => ({
          route,
          roles: [...roles],
          scope,
        })),
      })),
    );
