import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { confirmKdm } from '../flows/contacts/confirm-kdm.ts';
import { listKdmChanges } from '../flows/contacts/list-kdm-changes.ts';
import { readOrgChart } from '../flows/contacts/read-org-chart.ts';
import { saveKdm } from '../flows/contacts/save-kdm.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { Signed } from './caller.ts';
import { GetKdmChanges, GetOrgChart, PostKdm, PostKdmConfirm } from './contract/kdm.ts';

/** The profile 关键决策人 of a contact: edit, confirm, what changed; and the org chart of the account. */
export const kdmRoutes = (context: Context) =>
  new Router<Signed>()
    .post(
      '/contacts/:externalUserId/kdm',
      apiEndpoint(context, PostKdm, ({ opened, body }, { caller }) =>
        saveKdm(context, caller, { opened, edit: body.kdm, version: body.version }),
      ),
    )
    .post(
      '/contacts/:externalUserId/kdm/confirm',
      apiEndpoint(context, PostKdmConfirm, ({ opened, body }, { caller }) =>
        confirmKdm(context, caller, { opened, version: body.version }),
      ),
    )
    .get(
      '/contacts/:externalUserId/kdm/changes',
      apiEndpoint(context, GetKdmChanges, ({ opened: { contact }, query }) =>
        listKdmChanges(context, contact, query.limit),
      ),
    )
    .get(
      '/accounts/:accountId/org-chart',
      apiEndpoint(context, GetOrgChart, ({ opened: { account } }, { caller }) =>
        readOrgChart(context, caller, account),
      ),
    );
