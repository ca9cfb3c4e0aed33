import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { openAccount } from '../flows/accounts/open-account.ts';
import { openContact } from '../flows/contacts/open-contact.ts';
import { logFollowUp } from '../flows/follow-ups/log-follow-up.ts';
import { listTalks } from '../flows/follow-ups/list-talks.ts';
import { openTalk } from '../flows/follow-ups/open-talk.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Signed } from './caller.ts';
import { GetAccountFollowUps, PostAccountFollowUp } from './contract/follow-ups.ts';
import { PostFollowUp } from './contract/profile.ts';

const TALKS_SHOWN = 20;

/** Follow-ups 跟进 with a contact, or with an account of which nobody may be known in WeCom. */
export const followUpRoutes = (context: Context) =>
  new Router<Signed>()
    .post(
      '/contacts/:externalUserId/follow-ups',
      endpoint(PostFollowUp, async ({ params, body }, { caller }: Signed) => {
        const opened = await openContact(context, caller, { ...params, to: 'write' });
        return logFollowUp(context, caller, { opened, note: body });
      }),
    )
    .get(
      '/accounts/:accountId/follow-ups',
      endpoint(GetAccountFollowUps, async ({ params }, { caller }: Signed) =>
        listTalks(context, caller, {
          account: await openAccount(context, caller, params.accountId),
          limit: TALKS_SHOWN,
        }),
      ),
    )
    .post(
      '/accounts/:accountId/follow-ups',
      endpoint(PostAccountFollowUp, async ({ params, body }, { caller }: Signed) => {
        const { externalUserId, ...note } = body;
        const account = await openAccount(context, caller, params.accountId);
        return logFollowUp(context, caller, {
          opened: await openTalk(context, account, externalUserId),
          note,
        });
      }),
    );
