import type { Day } from './calendar.ts';
import type { LifecycleFacts, Stage } from './lifecycle.ts';
import type { Boundaries, Tier } from './tier.ts';

/** Why an account has its tier: inputs, rule, boundary. `rank` counts from 1. Source: domain.md, "every number explained". */
export type TierWhy = Boundaries & {
  rule: 'ranked' | 'held' | 'unrated' | 'pinned';
  valueFen: number;
  windowFrom: Day;
  windowTo: Day;
  rank: number | null;
  freshTier: Tier;
  pinReason: string | null;
};

/** Why an account is at its stage: the facts that were read. */
export type StageWhy = Pick<
  LifecycleFacts,
  'paidOrders' | 'firstOrderOn' | 'lastOrderOn' | 'latestNps' | 'partnerContract'
> & { rule: Stage; isManual: boolean; manualReason: string | null };
