import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { closeComplaint } from '../flows/complaints/close-complaint.ts';
import { listComplaints } from '../flows/complaints/list-complaints.ts';
import { createComplaint } from '../flows/complaints/create-complaint.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { Signed } from './caller.ts';
import { GetComplaints, PostCloseComplaint, PostComplaint } from './contract/complaints.ts';

/** What customers complained about; closing one settles the warning about it at once. */
export const complaintRoutes = (context: Context) =>
  new Router<Signed>()
    .get(
      '/accounts/:accountId/complaints',
      apiEndpoint(context, GetComplaints, ({ opened, query }, { caller }) =>
        listComplaints(context, caller, { ...opened, ...query }),
      ),
    )
    .post(
      '/accounts/:accountId/complaints',
      apiEndpoint(context, PostComplaint, ({ opened: { account }, body }, { caller }) =>
        createComplaint(context, caller, { account, note: body }),
      ),
    )
    .post(
      '/complaints/:id/close',
      apiEndpoint(context, PostCloseComplaint, ({ opened, body }, { caller }) =>
        closeComplaint(context, caller, { opened, ...body }),
      ),
    );
