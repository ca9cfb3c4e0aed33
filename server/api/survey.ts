import { Router, type RouterMiddleware } from '@koa/router';
import type { Context } from '../context.ts';
import { SURVEY_SEAL } from '../domain/nps.ts';
import { answerSurvey } from '../flows/nps/answer-survey.ts';
import { findInvitation } from '../flows/nps/find-invitation.ts';
import { readSurvey } from '../flows/nps/read-survey.ts';
import { endpoint } from '../http/endpoint.ts';
import { aMinute, countOrRefuse, limitRefused } from '../http/limit-rate.ts';
import { readBody } from '../http/read-body.ts';
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

/** The NPS questionnaire: whoever holds the personal token is whom we asked. */
export const surveyRoutes = (context: Context) =>
  new Router()
    .use(
      '/survey/:token',
      limitRefused(context.rates, { group: 'survey', perMinute: GUESSES, statuses: [404] }),
    )
    .use('/survey/:token', limitLinks(context), readBody())
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
