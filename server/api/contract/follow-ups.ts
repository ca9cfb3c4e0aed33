import { z } from 'zod';
import { FollowUpShape, PostFollowUp, QuestionShape } from './profile.ts';

/**
 * `POST /api/v1/accounts/:accountId/follow-ups`: the same for an account, also one of which nobody is known in WeCom.
 * 400 `not_in_account`; 409 `not_owned` while it is in the pool.
 */
export const PostAccountFollowUp = {
  params: z.object({ accountId: z.string().min(1).max(128) }),
  query: z.object({}),
  body: PostFollowUp.body.extend({
    /** Who was spoken to; null: nobody in particular. */
    externalUserId: z.string().min(1).max(64).nullable().default(null),
  }),
  answer: PostFollowUp.answer,
};
export type AccountFollowUpDraft = z.input<typeof PostAccountFollowUp.body>;

/** `GET /api/v1/accounts/:accountId/follow-ups`: the latest 20, the newest first, and the open questions, the oldest first. */
export const GetAccountFollowUps = {
  params: PostAccountFollowUp.params,
  query: z.object({}),
  body: z.object({}),
  answer: z.object({ followUps: z.array(FollowUpShape), questions: z.array(QuestionShape) }),
};
export type AccountTalks = z.infer<typeof GetAccountFollowUps.answer>;
