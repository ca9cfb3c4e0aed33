import { z } from 'zod';
import { MEMBERS, contactTo } from './access.ts';

/** `GET /api/v1/contacts/:externalUserId/push-check`: asked before a message is sent; a warning, never a refusal. */
export const GetPushCheck = {
  access: MEMBERS,
  load: contactTo('read'),
  params: z.object({ externalUserId: z.string().min(1).max(64) }),
  query: z.object({}),
  body: z.unknown(),
  answer: z.object({
    isTooSoon: z.boolean(),
    /** The first day after the minimum gap; null when there was no touch. */
    welcomeFrom: z.iso.date().nullable(),
    lastTouchAt: z.iso.datetime().nullable(),
  }),
};
export type PushCheck = z.infer<typeof GetPushCheck.answer>;
