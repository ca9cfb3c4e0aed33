import type { Day } from '../calendar.ts';

/** What kind of order or contract it is; the last three but one make a partner. Source: domain.md §5, §8. */
export const ORDER_KINDS = ['sale', 'agency', 'distribution', 'equity', 'subscription'] as const;
export type OrderKind = (typeof ORDER_KINDS)[number];

/** Contracts of these kinds make a partner 合伙人. Source: domain.md §5. */
export const PARTNER_KINDS: readonly OrderKind[] = ['agency', 'distribution', 'equity'];

/** A paid order; money in fen. */
export type Order = {
  externalId: string;
  product: string;
  amountFen: number;
  costFen: number;
  paidOn: Day;
  kind: OrderKind;
};
