import { Router, type RouterMiddleware } from '@koa/router';
import type { Context } from '../context.ts';
import { SURVEY_SEAL } from '../domain/nps/nps.ts';
import { answerSurvey } from '../flows/nps/answer-survey.ts';
import { findInvitation, type Invited } from '../flows/nps/find-invitation.ts';
import { followUpAnswer } from '../flows/nps/follow-up-answer.ts';
import { readSurvey } from '../flows/nps/read-survey.ts';
import { endpoint } from '../http/endpoint.ts';
import { aMinute, countOrRefuse, limitRefused } from '../http/limit-rate.ts';
import { readBody } from '../http/read-body.ts';
import type { Visited, Visitors } from '../http/visitors.ts';
import type { AN_INVITATION } from './contract/access.ts';
import { GetSurvey, PostSurvey } from './contract/survey.ts';

/** A person, and the scanners that open links before them, need fewer; guesses are counted by address. */
const PER_LINK = 60;
const GUESSES = 60;

/** Counts by link where it is one of ours, so that nobody else at the same address is held back. */
const limitLinks =
  ({ rates, signer }: Pick<Context, 'rates' | 'signer'>): RouterMiddleware =>
  async (ctx, next) => {
    const invitationId = signer.open(SURVEY_SEAL, ctx.params['token'] ?? '');
    if (invitationId)
      await countOrRefuse(ctx, rates, { key: `survey:${invitationId}`, ...aMinute(PER_LINK) });
    await next();
  };

/** The invitation that the token names, which is all that a questionnaire loads. */
const invited =
  (context: Context) =>
  (_load: typeof AN_INVITATION, { params }: { params: { token: string } }): Promise<Invited> =>
    findInvitation(context, params.token);

/** The NPS questionnaire: the token names the invitation, the cookie who holds it. */
export const surveyRoutes = (context: Context, { readVisitor }: Visitors) =>
  new Router<Visited>()
    .use(
      '/survey/:token',
      limitRefused(context.rates, { group: 'survey', perMinute: GUESSES, statuses: [404] }),
    )
    .use('/survey/:token', limitLinks(context), readBody(), readVisitor)
    .get(
      '/survey/:token',
      endpoint(GetSurvey, {
        open: invited(context),
        run: ({ opened }, { visitor }: Visited) => readSurvey(context, { ...opened, visitor }),
      }),
    )
    .post(
      '/survey/:token',
      endpoint(PostSurvey, {
        open: invited(context),
        run: async ({ opened, body }, { visitor }: Visited) => {
          const answer = await answerSurvey(context, { ...opened, visitor }, body);
          await followUpAnswer(context, answer);
          return readSurvey(context, { ...opened, visitor });
        },
      }),
    );
