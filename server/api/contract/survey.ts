import { z } from 'zod';

const answer = z.object({
  /** `open`: nothing answered yet; `answered`: can still be corrected; `closed`: the campaign is over. */
  state: z.enum(['open', 'answered', 'closed']),
  corpName: z.string(),
  staffName: z.string(),
  score: z.number().int().min(0).max(10).nullable(),
  comment: z.string(),
  wantsContact: z.boolean(),
});

/** `GET /api/v1/survey/:token`: what the NPS page shows. The token is personal and signed. */
export const GetSurvey = {
  params: z.object({ token: z.string().min(1).max(300) }),
  query: z.object({}),
  body: z.object({}),
  answer,
};
export type Survey = z.infer<typeof answer>;

/** `POST /api/v1/survey/:token`: stores the answer, or corrects it until the campaign closes. 410 `survey_closed` after. */
export const PostSurvey = {
  params: GetSurvey.params,
  query: z.object({}),
  body: z.object({
    score: z.number().int().min(0).max(10),
    comment: z.string().trim().max(1000).default(''),
    wantsContact: z.boolean().default(false),
  }),
  answer,
};
export type SurveyDraft = z.input<typeof PostSurvey.body>;
