import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { answerSurvey } from '../flows/nps/answer-survey.ts';
import { findInvitation } from '../flows/nps/find-invitation.ts';
import { readSurvey } from '../flows/nps/read-survey.ts';
import { endpoint } from '../http/endpoint.ts';
import { warnAtOnce } from '../warn-at-once.ts';
import { afterFacts } from './after-facts.ts';
import { GetSurvey, PostSurvey } from './contract/survey.ts';

/** Classes and warnings follow the answer; the customer does not wait for them, and the night makes up for what fails. */
function follow(context: Context, accountId: string): void {
  const follows = async () => {
    await afterFacts(context, accountId, 'survey');
    await warnAtOnce(context, accountId, ['detractor']);
  };
  follows().catch((error: unknown) => context.log.warn({ error, accountId }, 'an answer not followed up'));
}

/** The NPS questionnaire: whoever holds the personal token is whom we asked. */
export const surveyRoutes = (context: Context) =>
  new Router()
    .get(
      '/survey/:token',
      endpoint(GetSurvey, async ({ params }) =>
        readSurvey(context, await findInvitation(context, params.token)),
      ),
    )
    .post(
      '/survey/:token',
      endpoint(PostSurvey, async ({ params, body }) => {
        const invited = await findInvitation(context, params.token);
        await answerSurvey(context, invited, body);
        follow(context, invited.invitation.accountId);
        return readSurvey(context, invited);
      }),
    );
