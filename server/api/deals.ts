import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { listDeals } from '../flows/accounts/list-deals.ts';
import { openAccount } from '../flows/accounts/open-account.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Signed } from './caller.ts';
import { GetDeals } from './contract/deals.ts';

/** Orders, contracts and opportunities of one account. */
export const dealRoutes = (context: Context) =>
  new Router<Signed>().get(
    '/accounts/:accountId/deals',
    endpoint(GetDeals, async ({ params }, { caller }: Signed) => {
      const { account } = await openAccount(context, caller, { ...params, to: 'read' });
      return listDeals(context, account._id);
    }),
  );
