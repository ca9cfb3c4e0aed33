import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { correctFollowUp } from '../flows/follow-ups/correct-follow-up.ts';
import { listTalks } from '../flows/follow-ups/list-talks.ts';
import { logFollowUp } from '../flows/follow-ups/log-follow-up.ts';
import { loadOwnFollowUp } from '../flows/follow-ups/load-own-follow-up.ts';
import { loadTalk } from '../flows/follow-ups/load-talk.ts';
import { takeBackFollowUp } from '../flows/follow-ups/take-back-follow-up.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { Signed } from './caller.ts';
import {
  GetAccountFollowUps,
  PostAccountFollowUp,
  PostCorrection,
  PostTakeBack,
} from './contract/follow-ups.ts';
import { PostFollowUp } from './contract/profile.ts';

const TALKS_SHOWN = 20;

/** Follow-ups 跟进 with a contact, or with an account of which nobody may be known in WeCom. */
export const followUpRoutes = (context: Context) =>
  new Router<Signed>()
    .post(
      '/contacts/:externalUserId/follow-ups',
      apiEndpoint(context, PostFollowUp, ({ opened, body }, { caller }) =>
        logFollowUp(context, caller, { opened, note: body }),
      ),
    )
    .get(
      '/accounts/:accountId/follow-ups',
      apiEndpoint(context, GetAccountFollowUps, ({ opened: { account } }, { caller }) =>
        listTalks(context, caller, { account, limit: TALKS_SHOWN }),
      ),
    )
    .post(
      '/accounts/:accountId/follow-ups',
      apiEndpoint(context, PostAccountFollowUp, async ({ opened: { account }, body }, { caller }) => {
        const { externalUserId, ...note } = body;
        const opened = await loadTalk(context, account, externalUserId);
        return logFollowUp(context, caller, { opened, note });
      }),
    )
    .use(ownRoutes(context).routes());

/** What its author may do about a follow-up for a day. */
const ownRoutes = (context: Context) =>
  new Router<Signed>()
    .post(
      '/accounts/:accountId/follow-ups/:followUpId/correct',
      apiEndpoint(
        context,
        PostCorrection,
        async ({ opened: { account }, params, body: words }, { caller }) => {
          const found = await loadOwnFollowUp(context, caller, { account, id: params.followUpId });
          return correctFollowUp(context, caller, { account, found, words });
        },
      ),
    )
    .post(
      '/accounts/:accountId/follow-ups/:followUpId/take-back',
      apiEndpoint(context, PostTakeBack, async ({ opened: { account }, params }, { caller }) => {
        const found = await loadOwnFollowUp(context, caller, { account, id: params.followUpId });
        return takeBackFollowUp(context, caller, { account, found });
      }),
    );
