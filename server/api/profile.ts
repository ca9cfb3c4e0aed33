import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { listDue } from '../flows/contacts/list-due.ts';
import { readProfile } from '../flows/contacts/read-profile.ts';
import { logMessage } from '../flows/follow-ups/log-message.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { Signed } from './caller.ts';
import { PostMessage } from './contract/messages.ts';
import { GetProfile } from './contract/profile.ts';
import { GetDue } from './contract/due.ts';

/** The sidebar's card, the messages sent from it, and the caller's due list. */
export const profileRoutes = (context: Context) =>
  new Router<Signed>()
    .get(
      '/contacts/:externalUserId/profile',
      apiEndpoint(context, GetProfile, ({ opened }, { caller }) => readProfile(context, caller, opened)),
    )
    .post(
      '/contacts/:externalUserId/messages',
      apiEndpoint(context, PostMessage, ({ opened, body }, { caller }) =>
        logMessage(context, caller, { opened, sent: body }),
      ),
    )
    .get(
      '/due',
      apiEndpoint(context, GetDue, ({ query }, { caller }) => listDue(context, caller.staffId, query.limit)),
    );
