import { z } from 'zod';
import { ASSIGN_STRATEGIES } from '../../domain/staff/assignment.ts';
import { MANAGERS, MEMBERS, NOTHING, accountTo } from './access.ts';
import { GetAccount } from './accounts.ts';
import { AssignWhyShape } from './assignment.ts';

const { params, answer } = GetAccount;
const id = z.string().min(1).max(128);
const none = z.object({});

/** `POST /api/v1/accounts/:accountId/claim`. 409 `already_claimed`, `promised_to_heir`, `too_many_accounts`, `too_many_claims`, `cooling_down`. */
export const PostClaim = {
  access: MEMBERS,
  load: accountTo('none'),
  params,
  query: none,
  body: z.unknown(),
  answer,
};

/** `POST /api/v1/accounts/:accountId/release`: into the pool. 409 `not_owned`. */
export const PostRelease = {
  access: MEMBERS,
  load: accountTo('decide'),
  params,
  query: none,
  body: z.object({ reason: z.string().trim().min(1, '请填写原因').max(200) }),
  answer: z.object({ id: z.string(), pooledAt: z.iso.datetime() }),
};

/**
 * `POST /api/v1/pool/assign`: from the pool to these members; `accountIds` null: everything in it that the caller may give, at
 * most 1,000 at once. `manual` names one member. `isPreview`: tells who would get what, and changes nothing. 403
 * `not_your_team`; 409 `not_a_member`.
 */
export const PostAssign = {
  access: MANAGERS,
  load: NOTHING,
  params: none,
  query: none,
  body: z.object({
    strategy: z.enum(ASSIGN_STRATEGIES),
    accountIds: z.array(id).min(1).max(1000).nullable(),
    staffIds: z.array(id).min(1).max(200),
    /** Who takes which region, of `by_region`; a region that nobody takes goes to whoever has least. */
    regions: z
      .array(z.object({ region: z.string().trim().min(1).max(100), staffIds: z.array(id).min(1) }))
      .max(500)
      .default([]),
    /** Who takes which product, of `by_product`: the one of the newest open opportunity, else of the newest order. */
    products: z
      .array(z.object({ product: z.string().trim().min(1).max(500), staffIds: z.array(id).min(1) }))
      .max(500)
      .default([]),
    isPreview: z.boolean().default(false),
  }),
  answer: z.object({
    assigned: z.array(z.object({ accountId: z.string(), ownerId: z.string(), why: AssignWhyShape })),
    /** Named, but not in the pool any more, promised to an heir, or not the caller's to give. */
    skippedIds: z.array(z.string()),
    /** Whether the pool holds more for another call. */
    hasMore: z.boolean(),
  }),
};
