import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { checkPush } from '../flows/pushes/check-push.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { Signed } from './caller.ts';
import { GetPushCheck } from './contract/push-check.ts';

/** Asked before a message is sent to a customer. */
export const pushCheckRoutes = (context: Context) =>
  new Router<Signed>().get(
    '/contacts/:externalUserId/push-check',
    apiEndpoint(context, GetPushCheck, ({ opened }) => checkPush(context, opened)),
  );
