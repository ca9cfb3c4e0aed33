import { z } from 'zod';
import { ASSIGN_STRATEGIES } from '../../domain/staff/assignment.ts';

/** The product that an account is about, and the deal that tells so. */
export const KnownProductShape = z.object({
  product: z.string(),
  from: z.enum(['opportunity', 'order']),
  dealId: z.string(),
});

/** Why this member got the account. */
export const AssignWhyShape = z.object({
  strategy: z.enum(ASSIGN_STRATEGIES),
  /** The region or product that they take; null: by none. */
  matched: z.string().nullable(),
  /** Accounts that they had by then, where that counted. */
  accountCount: z.number().int().nullable(),
  product: KnownProductShape.nullable(),
});
