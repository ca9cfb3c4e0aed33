import { z } from 'zod';
import { ACCOUNT_SOURCES } from '../../domain/accounts/account.ts';
import { MANAGERS, NOTHING } from './access.ts';
import { askedDay } from './days.ts';

const count = z.number().int().min(0);

/**
 * `GET /api/v1/channels`: what each channel brought, for managers of their team's accounts, for administrators of all. Every
 * account counts once, for the way by which it came; the most revenue first.
 */
export const GetChannels = {
  access: MANAGERS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({
    /** Accounts known since that day; without it, of the last 12 months. */
    since: askedDay.optional(),
  }),
  body: z.unknown(),
  answer: z.object({
    since: z.iso.date(),
    channels: z.array(
      z.object({
        kind: z.enum([...ACCOUNT_SOURCES, 'unknown']),
        /** The `state` of a channel code; null for every other kind. */
        code: z.string().nullable(),
        name: z.string(),
        contacts: count,
        accounts: count,
        /** Accounts with an order that was not paid back whole. */
        buyers: count,
        orders: count,
        /** Refunds taken off. */
        revenueFen: z.number().int(),
        /** As an administrator noted it in the settings; null: nobody did. */
        costFen: count.nullable(),
      }),
    ),
  }),
};
export type ChannelsView = z.infer<typeof GetChannels.answer>;
