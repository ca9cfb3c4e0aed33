import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import type { WarningKind } from '../domain/warning/kinds.ts';
import { openAccount } from '../flows/accounts/open-account.ts';
import { closeComplaint } from '../flows/complaints/close-complaint.ts';
import { listComplaints } from '../flows/complaints/list-complaints.ts';
import { openComplaint } from '../flows/complaints/open-complaint.ts';
import { endpoint } from '../http/endpoint.ts';
import { warnAtOnce } from '../warn-at-once.ts';
import type { Signed } from './caller.ts';
import { GetComplaints, PostCloseComplaint, PostComplaint } from './contract/complaints.ts';

const OPEN_KINDS: readonly WarningKind[] = ['complaint_open'];

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
      endpoint(PostCloseComplaint, async ({ params, body }, { caller }: Signed) => {
        const closed = await closeComplaint(context, caller, { ...params, ...body });
        await warnAtOnce(context, closed.accountId, OPEN_KINDS);
        return closed;
      }),
    );
