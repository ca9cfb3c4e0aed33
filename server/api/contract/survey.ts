import { z } from 'zod';
import { ANYBODY, AN_INVITATION } from './access.ts';

const answer = z.object({
  /**
   * `open`: nothing answered yet; `answered`: by whom we asked, who is recognised; `given`: from this browser, which is only
   * thanked; `foreign`: by somebody else, or for somebody else; `closed`: the campaign is over.
   */
  state: z.enum(['open', 'answered', 'given', 'foreign', 'closed']),
  corpName: z.string(),
  staffName: z.string(),
  score: z.number().int().min(0).max(10).nullable(),
  comment: z.string(),
  wantsContact: z.boolean(),
  /** Whether the answer can still be changed. */
  canCorrect: z.boolean(),
});

/**
 * `GET /api/v1/survey/:token`: what the NPS page shows to who asks. The token names an invitation; score and comment are shown
 * only to the contact whom WeCom recognised, and reading changes nothing.
 */
export const GetSurvey = {
  access: ANYBODY,
  load: AN_INVITATION,
  params: z.object({ token: z.string().min(1).max(300) }),
  query: z.object({}),
  body: z.object({}),
  answer,
};
export type Survey = z.infer<typeof answer>;

/**
 * `POST /api/v1/survey/:token`: stores the answer, or corrects it a few times until the campaign closes; a browser that nobody
 * was recognised in answers once. `isFinal: false` is a bare score, and the rest follows. 410 `survey_closed`, 403
 * `answered_by_another`, 409 `already_answered`, `too_many_corrections`.
 */
export const PostSurvey = {
  access: ANYBODY,
  load: AN_INVITATION,
  params: GetSurvey.params,
  query: z.object({}),
  body: z.object({
    score: z.number().int().min(0).max(10),
    comment: z.string().trim().max(1000).default(''),
    wantsContact: z.boolean().default(false),
    isFinal: z.boolean().default(true),
  }),
  answer,
};
export type SurveyDraft = z.input<typeof PostSurvey.body>;
