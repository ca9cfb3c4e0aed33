import { z } from 'zod';
import { TIERS } from '../../domain/classification/tier.ts';
import { MEMBERS, NOTHING } from './access.ts';

const percent = z.number();

/** How one tier is served; money in fen. */
export const TierPolicyShape = z.object({
  services: z.array(z.string()),
  discountPercent: z.object({ from: percent, to: percent }),
  paymentDays: z.number(),
  visitDays: z.number(),
  costBudgetFen: z.number(),
  commissionPercent: percent,
});

/** `GET /api/v1/playbook/:tier`: what the sidebar shows beside a tier; `policy` is null for `unrated`. */
export const GetPlaybook = {
  access: MEMBERS,
  load: NOTHING,
  params: z.object({ tier: z.enum(TIERS) }),
  query: z.object({}),
  body: z.unknown(),
  answer: z.object({ tier: z.enum(TIERS), policy: TierPolicyShape.nullable() }),
};
export type PlaybookView = z.infer<typeof GetPlaybook.answer>;
