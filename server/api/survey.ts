import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { answerSurvey } from '../flows/nps/answer-survey.ts';
import { findInvitation } from '../flows/nps/find-invitation.ts';
import { readSurvey } from '../flows/nps/read-survey.ts';
import { endpoint } from '../http/endpoint.ts';
import { GetSurvey, PostSurvey } from './contract/survey.ts';

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
        return readSurvey(context, invited);
      }),
    );
