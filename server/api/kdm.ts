import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { openAccount } from '../flows/accounts/open-account.ts';
import { confirmKdm } from '../flows/contacts/confirm-kdm.ts';
import { listKdmChanges } from '../flows/contacts/list-kdm-changes.ts';
import { openContact } from '../flows/contacts/open-contact.ts';
import { readOrgChart } from '../flows/contacts/read-org-chart.ts';
import { saveKdm } from '../flows/contacts/save-kdm.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Signed } from './caller.ts';
import { GetKdmChanges, GetOrgChart, PostKdm, PostKdmConfirm } from './contract/kdm.ts';

/** The profile 关键决策人 of a contact: edit, confirm, what changed; and the org chart of the account. */
export const kdmRoutes = (context: Context) =>
  new Router<Signed>()
    .post(
      '/contacts/:externalUserId/kdm',
      endpoint(PostKdm, async ({ params, body }, { caller }: Signed) => {
        const opened = await openContact(context, caller, { ...params, to: 'write' });
        return saveKdm(context, caller, { opened, edit: body.kdm, version: body.version });
      }),
    )
    .post(
      '/contacts/:externalUserId/kdm/confirm',
      endpoint(PostKdmConfirm, async ({ params, body }, { caller }: Signed) => {
        const opened = await openContact(context, caller, { ...params, to: 'write' });
        return confirmKdm(context, caller, { opened, version: body.version });
      }),
    )
    .get(
      '/contacts/:externalUserId/kdm/changes',
      endpoint(GetKdmChanges, async ({ params, query }, { caller }: Signed) => {
        const { contact } = await openContact(context, caller, { ...params, to: 'read' });
        return listKdmChanges(context, contact, query.limit);
      }),
    )
    .get(
      '/accounts/:accountId/org-chart',
      endpoint(GetOrgChart, async ({ params }, { caller }: Signed) =>
        readOrgChart(
          context,
          caller,
          (await openAccount(context, caller, { ...params, to: 'read' })).account,
        ),
      ),
    );
