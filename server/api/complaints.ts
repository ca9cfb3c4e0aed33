import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { openAccount } from '../flows/accounts/open-account.ts';
import { closeComplaint } from '../flows/complaints/close-complaint.ts';
import { listComplaints } from '../flows/complaints/list-complaints.ts';
import { openComplaint } from '../flows/complaints/open-complaint.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Signed } from './caller.ts';
import { GetComplaints, PostCloseComplaint, PostComplaint } from './contract/complaints.ts';

/** What customers complained about; closing one settles the warning about it at once. */
export const complaintRoutes = (context: Context) =>
  new Router<Signed>()
    .get(
      '/accounts/:accountId/complaints',
      endpoint(GetComplaints, async ({ params, query }, { caller }: Signed) => {
        const opened = await openAccount(context, caller, { ...params, to: 'read' });
        return listComplaints(context, caller, { ...opened, ...query });
      }),
    )
    .post(
      '/accounts/:accountId/complaints',
      endpoint(PostComplaint, async ({ params, body }, { caller }: Signed) => {
        const { account } = await openAccount(context, caller, { ...params, to: 'read' });
        return openComplaint(context, caller, { account, note: body });
      }),
    )
    .post(
      '/complaints/:id/close',
      endpoint(PostCloseComplaint, ({ params, body }, { caller }: Signed) =>
        closeComplaint(context, caller, { ...params, ...body }),
      ),
    );
