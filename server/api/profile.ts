import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { listDue } from '../flows/contacts/list-due.ts';
import { openContact } from '../flows/contacts/open-contact.ts';
import { readProfile } from '../flows/contacts/read-profile.ts';
import { logMessage } from '../flows/follow-ups/log-message.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Signed } from './caller.ts';
import { PostMessage } from './contract/messages.ts';
import { GetProfile } from './contract/profile.ts';
import { GetDue } from './contract/due.ts';

/** The sidebar's card, the messages sent from it, and the caller's due list. */
export const profileRoutes = (context: Context) =>
  new Router<Signed>()
    .get(
      '/contacts/:externalUserId/profile',
      endpoint(GetProfile, ({ params }, { caller }: Signed) => {
        const opened = openContact(context, caller, { ...params, to: 'read' });
        return readProfile(context, caller, { ...params, opened });
      }),
    )
    .post(
      '/contacts/:externalUserId/messages',
      endpoint(PostMessage, async ({ params, body }, { caller }: Signed) => {
        const opened = await openContact(context, caller, { ...params, to: 'write' });
        return logMessage(context, caller, { opened, sent: body });
      }),
    )
    .get(
      '/due',
      endpoint(GetDue, ({ query }, { caller }: Signed) => listDue(context, caller.staffId, query.limit)),
    );
