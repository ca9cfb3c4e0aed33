import type { Day } from './calendar.ts';
import { nextDue, type TouchMarks } from './cadence.ts';
import type { StageWhy, TierWhy } from './explanation.ts';
import { stageOf, type LifecycleFacts, type Stage } from './lifecycle.ts';
import type { OrderFacts } from './order.ts';
import { decideTier, freshTierOf, type Boundaries, type PendingTier, type Tier } from './tier.ts';

/** What classification reads and writes of an account. */
export type Classified = TouchMarks & {
  tier: Tier;
  tierWhy: TierWhy | null;
  pendingTier: PendingTier | null;
  stage: Stage;
  stageWhy: StageWhy | null;
  knownSince: Date;
  dueOn: Day | null;
};

/** The facts of one account in one run. `rank` counts from 1; null: without revenue. */
export type AccountFacts = { orders: OrderFacts; latestNps: number | null; rank: number | null };

/** What is the same for all accounts of a run. */
export type Run = { boundaries: Boundaries; window: { from: Day; to: Day }; timeZone: string };

/** The fields that a run decides, with the reasons. `window.to` is the day of the run. */
export function classify(
  account: Classified,
  facts: AccountFacts,
  run: Run,
): Omit<Classified, keyof TouchMarks | 'knownSince'> {
  const { tier, pendingTier, tierWhy } = classifyTier(account, facts, run);
  const { paidOrders, firstOrderOn, lastOrderOn, partnerContract } = facts.orders;
  const read: LifecycleFacts = {
    paidOrders,
    firstOrderOn,
    lastOrderOn,
    partnerContract,
    latestNps: facts.latestNps,
  };
  const stage = stageOf(read, run.window.to);
  const stageWhy: StageWhy = {
    rule: stage,
    isManual: false,
    manualReason: null,
    paidOrders,
    firstOrderOn,
    lastOrderOn,
    partnerContract,
    latestNps: facts.latestNps,
  };
  const { dueOn } = nextDue({ ...account, tier, stage }, run.timeZone);
  return { tier, pendingTier, tierWhy, stage, stageWhy, dueOn };
}

function classifyTier(account: Classified, { orders, rank }: AccountFacts, { boundaries, window }: Run) {
  const freshTier = freshTierOf(rank, boundaries.ranked);
  const { valueFen } = orders;
  const decision = decideTier({
    valueFen,
    fresh: freshTier,
    current: account.tier,
    pending: account.pendingTier,
    boundaries,
    today: window.to,
  });
  const tierWhy: TierWhy = {
    ...boundaries,
    rule: decision.rule,
    valueFen,
    rank,
    freshTier,
    windowFrom: window.from,
    windowTo: window.to,
    pinReason: null,
  };
  return { tier: decision.tier, pendingTier: decision.pending, tierWhy };
}

/** True when a run found something new; a window that only moved on with the calendar is not. */
export function isChanged(before: Classified, after: ReturnType<typeof classify>): boolean {
  const core = ({ tier, pendingTier, tierWhy, stage, stageWhy, dueOn }: ReturnType<typeof classify>) =>
    JSON.stringify([
      tier,
      pendingTier,
      tierWhy && { ...tierWhy, windowFrom: '', windowTo: '' },
      stage,
      stageWhy,
      dueOn,
    ]);
  return core(before) !== core(after);
}
