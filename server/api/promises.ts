import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { closeDetractor } from '../flows/nps/close-detractor.ts';
import { settlePromise } from '../flows/promises/settle-promise.ts';
import { reopenQuestion } from '../flows/questions/reopen-question.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { Signed } from './caller.ts';
import { PostClosure, PostPromise, PostReopen } from './contract/follow-ups.ts';

/** What is owed to an account beside its rhythm, and how it ends: promises, questions, bad marks. */
export const promiseRoutes = (context: Context) =>
  new Router<Signed>()
    .post(
      '/accounts/:accountId/promises/:promiseId/settle',
      apiEndpoint(context, PostPromise, ({ opened: { account }, params, body }, { caller }) => {
        const wish = { id: params.promiseId, ...body };
        return settlePromise(context, caller, { account, wish });
      }),
    )
    .post(
      '/accounts/:accountId/questions/:questionId/reopen',
      apiEndpoint(context, PostReopen, ({ opened: { account }, params }, { caller }) =>
        reopenQuestion(context, caller, { account, id: params.questionId }),
      ),
    )
    .post(
      '/accounts/:accountId/detractors/:answerId/close',
      apiEndpoint(context, PostClosure, ({ opened: { account }, params, body }, { caller }) => {
        const note = { answerId: params.answerId, ...body };
        return closeDetractor(context, caller, { account, note });
      }),
    );
