import { z } from 'zod';
import { CADENCE_STATES, DUE_REASONS } from '../../domain/cadence/cadence.ts';
import { TIERS } from '../../domain/classification/tier.ts';
import { MEMBERS, NOTHING } from './access.ts';

const day = z.iso.date();

/** `GET /api/v1/due`: the caller's accounts whose date has come, the `limit` most urgent ones in order; `total` counts all. */
export const GetDue = {
  access: MEMBERS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(20) }),
  body: z.object({}),
  answer: z.object({
    total: z.number().int(),
    items: z.array(
      z.object({
        accountId: z.string(),
        accountName: z.string(),
        /** The contact to open; null when none of them is followed any more. */
        externalUserId: z.string().nullable(),
        contactName: z.string().nullable(),
        tier: z.enum(TIERS),
        dueOn: day,
        overdueWorkingDays: z.number().int().min(0),
        state: z.enum(CADENCE_STATES),
        reason: z.enum(DUE_REASONS),
      }),
    ),
  }),
};
export type DueList = z.infer<typeof GetDue.answer>;
