import { z } from 'zod';
import { MESSAGE_MOST } from '../../domain/follow-ups/follow-up.ts';
import { MEMBERS, contactTo } from './access.ts';
import { GetProfile, PostFollowUp } from './profile.ts';

/**
 * `POST /api/v1/contacts/:externalUserId/messages`: a text was sent into the chat with the contact. It counts as a touch, once
 * for each `requestId`; only how it began is kept.
 */
export const PostMessage = {
  access: MEMBERS,
  load: contactTo('write'),
  params: GetProfile.params,
  query: z.object({}),
  body: z.object({
    requestId: z.uuid(),
    text: z.string().trim().min(1).max(MESSAGE_MOST),
    /** The open question that it answers, and so closes. */
    answersId: z.string().min(1).max(200).nullable().default(null),
  }),
  answer: PostFollowUp.answer,
};
export type SentMessage = z.input<typeof PostMessage.body>;
