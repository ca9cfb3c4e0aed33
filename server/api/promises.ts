import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { openAccount } from '../flows/accounts/open-account.ts';
import { openTalk } from '../flows/follow-ups/open-talk.ts';
import { closeDetractor } from '../flows/nps/close-detractor.ts';
import { settlePromise } from '../flows/promises/settle-promise.ts';
import { reopenQuestion } from '../flows/questions/reopen-question.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Signed } from './caller.ts';
import { PostClosure, PostPromise, PostReopen } from './contract/follow-ups.ts';

/** What is owed to an account beside its rhythm, and how it ends: promises, questions, bad marks. */
export const promiseRoutes = (context: Context) => {
  const open = async (caller: Signed['caller'], accountId: string) => {
    const { account } = await openAccount(context, caller, { accountId, to: 'read' });
    return (await openTalk(context, account, null)).account;
  };
  return new Router<Signed>()
    .post(
      '/accounts/:accountId/promises/:promiseId/settle',
      endpoint(PostPromise, async ({ params, body }, { caller }: Signed) => {
        const account = await open(caller, params.accountId);
        const wish = { id: params.promiseId, ...body };
        return settlePromise(context, caller, { account, wish });
      }),
    )
    .post(
      '/accounts/:accountId/questions/:questionId/reopen',
      endpoint(PostReopen, async ({ params }, { caller }: Signed) => {
        const account = await open(caller, params.accountId);
        return reopenQuestion(context, caller, { account, id: params.questionId });
      }),
    )
    .post(
      '/accounts/:accountId/detractors/:answerId/close',
      endpoint(PostClosure, async ({ params, body }, { caller }: Signed) => {
        const account = await open(caller, params.accountId);
        const note = { answerId: params.answerId, ...body };
        return closeDetractor(context, caller, { account, note });
      }),
    );
};
