import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { listPool } from '../flows/pool/list-pool.ts';
import { spellIds } from '../flows/staff/spell-ids.ts';
import { listTransfers } from '../flows/transfers/list-transfers.ts';
import { startTransfer } from '../flows/transfers/start-transfer.ts';
import { endpoint } from '../http/endpoint.ts';
import { onlyManagersOf, type Signed } from './caller.ts';
import { GetPool, GetTransfers, PostTransfer } from './contract/transfers.ts';

/** What is handed over and what waits for an owner: administrators everything, managers their own departments. */
export const transferRoutes = (context: Context) =>
  new Router<Signed>()
    .get(
      '/transfers',
      endpoint(GetTransfers, async ({ query }, { caller }: Signed) => {
        return { transfers: await listTransfers(context, { ...query, caller }) };
      }),
    )
    .get(
      '/pool',
      endpoint(GetPool, async ({ query }, { caller }: Signed) => {
        return { accounts: await listPool(context, { ...query, caller }) };
      }),
    )
    .post(
      '/transfers',
      endpoint(PostTransfer, async ({ body }, { caller }: Signed) => {
        const pair = [body.handoverId, body.takeoverId];
        const [handoverId = '', takeoverId = ''] = await spellIds(context, pair);
        onlyManagersOf(caller, [handoverId, takeoverId]);
        return startTransfer(context, { ...body, handoverId, takeoverId, askedBy: caller.staffId });
      }),
    );
