import { z } from 'zod';
import { MEMBERS, NOTHING } from './access.ts';

const person = z.object({ staffId: z.string(), name: z.string() });

/**
 * `GET /api/v1/account-twins`: accounts that may be one company by their names, of which the caller sees one at least; the oldest of
 * each first. `next` is the `after` of the next page, which may hold fewer than `limit`, also none.
 */
export const GetTwins = {
  access: MEMBERS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({
    after: z.string().min(1).max(160).optional(),
    limit: z.coerce.number().int().min(1).max(50).default(20),
  }),
  body: z.unknown(),
  answer: z.object({
    groups: z.array(
      z.object({
        accounts: z.array(
          z.object({ id: z.string(), name: z.string(), owner: person.nullable(), mayMerge: z.boolean() }),
        ),
      }),
    ),
    next: z.string().nullable(),
  }),
};
export type TwinsView = z.infer<typeof GetTwins.answer>;
