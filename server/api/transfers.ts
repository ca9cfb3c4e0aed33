import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { listPool } from '../flows/pool/list-pool.ts';
import { spellIds } from '../flows/staff/spell-ids.ts';
import { listTransfers } from '../flows/transfers/list-transfers.ts';
import { startTransfer } from '../flows/transfers/start-transfer.ts';
import { apiEndpoint } from './api-endpoint.ts';
import { onlyManagersOf, type Signed } from './caller.ts';
import { GetPool, GetTransfers, PostTransfer } from './contract/transfers.ts';

/** What is handed over and what waits for an owner: administrators everything, managers their own departments. */
export const transferRoutes = (context: Context) =>
  new Router<Signed>()
    .get(
      '/transfers',
      apiEndpoint(context, GetTransfers, async ({ query }, { caller }) => {
        return { transfers: await listTransfers(context, { ...query, caller }) };
      }),
    )
    .get(
      '/pool',
      apiEndpoint(context, GetPool, async ({ query }, { caller }) => {
        return { accounts: await listPool(context, { ...query, caller }) };
      }),
    )
    .post(
      '/transfers',
      apiEndpoint(context, PostTransfer, async ({ body }, { caller }) => {
        const pair = [body.handoverId, body.takeoverId];
        const [handoverId = '', takeoverId = ''] = await spellIds(context, pair);
        onlyManagersOf(caller, [handoverId, takeoverId]);
        return startTransfer(context, { ...body, handoverId, takeoverId, askedBy: caller.staffId });
      }),
    );
