import type { LifecycleFacts } from '../../server/domain/classification/lifecycle.ts';

/** What a stage is read from, on one day. */
export const today = '2026-07-15';
export const NOTHING: LifecycleFacts = {
  paidOrders: 0,
  firstOrderOn: null,
  lastOrderOn: null,
  latestNps: null,
  partnerContract: false,
  opportunityClosesOn: null,
  largestSharePercent: null,
  referralsWon: 0,
};
export const ONE_ORDER = { paidOrders: 1, firstOrderOn: '2026-06-01', lastOrderOn: '2026-06-01' };
export const TWO_ORDERS = { paidOrders: 2, firstOrderOn: '2026-05-01', lastOrderOn: '2026-06-01' };
export const LOYAL = { paidOrders: 5, firstOrderOn: '2024-01-01', lastOrderOn: '2026-06-01' };
