import type { Day } from './calendar.ts';

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

/** What the classification reads of an account's orders. `valueFen` is revenue inside the window. */
export type OrderFacts = {
  paidOrders: number;
  firstOrderOn: Day | null;
  lastOrderOn: Day | null;
  valueFen: number;
  partnerContract: boolean;
};

/** The facts of an account without orders. */
export const NO_ORDERS: OrderFacts = {
  paidOrders: 0,
  firstOrderOn: null,
  lastOrderOn: null,
  valueFen: 0,
  partnerContract: false,
};
