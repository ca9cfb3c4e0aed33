import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { openContact } from '../flows/contacts/open-contact.ts';
import { checkPush } from '../flows/pushes/check-push.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Signed } from './caller.ts';
import { GetPushCheck } from './contract/push-check.ts';

/** Asked before a message is sent to a customer. */
export const pushCheckRoutes = (context: Context) =>
  new Router<Signed>().get(
    '/contacts/:externalUserId/push-check',
    endpoint(GetPushCheck, async ({ params }, { caller }: Signed) =>
      checkPush(context, await openContact(context, caller, { ...params, to: 'read' })),
    ),
  );
