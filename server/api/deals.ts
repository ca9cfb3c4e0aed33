import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { listDeals } from '../flows/accounts/list-deals.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { Signed } from './caller.ts';
import { GetDeals } from './contract/deals.ts';

/** Orders, contracts and opportunities of one account. */
export const dealRoutes = (context: Context) =>
  new Router<Signed>().get(
    '/accounts/:accountId/deals',
    apiEndpoint(context, GetDeals, ({ opened: { account } }) => listDeals(context, account._id)),
  );
