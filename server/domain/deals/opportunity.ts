import type { Day } from '../calendar.ts';

/** The funnel 销售漏斗, in order; `lost` can follow any. Source: domain.md §7. */
export const OPPORTUNITY_STAGES = [
  'target', // 目标
  'interest', // 意向
  'project', // 立项
  'approval', // 认可
  'negotiation', // 谈判
  'won', // 成交
  'lost', // 丢单
] as const;
export type OpportunityStage = (typeof OPPORTUNITY_STAGES)[number];

/** At 意向 or later and not yet decided: these make an account a prospect. Source: domain.md §5. */
export const NEAR_STAGES = [
  'interest',
  'project',
  'approval',
  'negotiation',
] as const satisfies readonly OpportunityStage[];

export const PURCHASE_TYPES = ['continuous', 'occasional'] as const; // 持续 偶发
export type PurchaseType = (typeof PURCHASE_TYPES)[number];

/** One product of an opportunity; money in fen. */
export type ProductLine = { product: string; amountFen: number };

/** A chance to sell 商机, as a record. */
export type Opportunity = {
  name: string;
  accountId: string;
  ownerId: string | null;
  stage: OpportunityStage;
  lines: ProductLine[];
  purchaseType: PurchaseType;
  expectedCloseOn: Day | null;
  lostReason: string | null;
  /** Every stage with the moment it began, the first one first; null: nobody knows, so that it counts in no slope or velocity. */
  stageHistory: { stage: OpportunityStage; at: Date | null }[];
};
