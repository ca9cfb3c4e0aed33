import { nextDue } from '../cadence/cadence.ts';
import type { Day } from '../calendar.ts';
import type { ContractFacts } from '../deals/contract-facts.ts';
import type { ByHand, StageWhy, TierWhy, ValueClassWhy } from './explanation.ts';
import { stageOf, type LifecycleFacts, type Stage } from './lifecycle.ts';
import { noOrders, valueOf, type OrderFacts, type Periods } from '../deals/order-facts.ts';
import { inForce, type Override } from './override.ts';
import { freshTierOf, type Cuts, type Ranking } from './ranking.ts';
import type { Spread } from '../cadence/go-live.ts';
import type { Settings } from '../settings.ts';
import type { TouchMarks } from '../cadence/touch-marks.ts';
import { cutPercentOf, decideTier, type PendingTier, type Tier } from './tier.ts';
import { growthOf, valueClassOf, type ValueClass, type ValueFacts } from './value-class.ts';

/** What classification decides of an account, with the reasons. */
export type Classification = {
  tier: Tier;
  tierWhy: TierWhy | null;
  pendingTier: PendingTier | null;
  stage: Stage;
  stageWhy: StageWhy | null;
  valueClass: ValueClass;
  valueClassWhy: ValueClassWhy | null;
  dueOn: Day | null;
};

/** What it reads of the account itself. */
export type Classified = Classification &
  Partial<TouchMarks> & {
    _id: string;
    spread?: Spread | null;
    knownSince: Date;
    tierPin: Override<Tier> | null;
    stagePin: Override<Stage> | null;
    strategicMark: Override<true> | null;
    potentialScore: number | null;
    sharePercent: number | null;
  };

/** The facts of one account from elsewhere. */
export type AccountFacts = {
  orders: OrderFacts;
  contracts: ContractFacts;
  opportunityClosesOn: Day | null;
  latestNps: number | null;
  referralsWon: number;
};

/** The facts of an account of which nothing is on record. */
export const noFacts = (): AccountFacts => ({
  orders: noOrders(),
  contracts: { partnerContract: false, overdueSince: null },
  opportunityClosesOn: null,
  latestNps: null,
  referralsWon: 0,
});

/** Where the tiers part: in the window, and in the last two full years. */
export type Lines = Pick<Ranking, 'cuts' | 'boundaries'> & { lastYear: Cuts; yearBefore: Cuts };

/** What is the same for all accounts of a run. `rankOf` is absent when the whole book was not read. */
export type Run = {
  lines: Lines;
  rankOf?: Ranking['rankOf'];
  periods: Periods;
  settings: Pick<Settings, 'tier' | 'valueClass' | 'lifecycle' | 'cadence' | 'calendar' | 'goLive'>;
  timeZone: string;
};

/** What a run decides of one account. */
export function classify(account: Classified, facts: AccountFacts, run: Run): Classification {
  const tiered = classifyTier(account, facts, run);
  const staged = classifyStage(account, facts, run);
  const valued = classifyValue({ ...account, tier: tiered.tier }, facts, run);
  const place = { timeZone: run.timeZone, ...run.settings };
  const { dueOn } = nextDue({ ...account, tier: tiered.tier, stage: staged.stage }, place);
  return { ...tiered, ...staged, ...valued, dueOn };
}

function classifyTier(account: Classified, { orders }: AccountFacts, run: Run) {
  const { lines, periods, settings } = run;
  const { basis, mode, windowMonths, hysteresisPercent, confirmingRuns } = settings.tier;
  const valueFen = valueOf(orders, basis);
  const freshTier = freshTierOf({ ...keyOf(account), valueFen }, lines.cuts);
  const decision = decideTier({
    valueFen,
    fresh: freshTier,
    // What was computed lives on under a pin, so that the end of the pin is no new change.
    current: account.tierWhy?.computedTier ?? account.tier,
    pending: account.pendingTier,
    boundaries: lines.boundaries,
    today: periods.today,
    hysteresisPercent,
    confirmingRuns,
  });
  const { value: pinned, pin } = pinOf(account.tierPin, periods.today);
  const tierWhy: TierWhy = {
    ...lines.boundaries,
    rule: pin ? 'pinned' : decision.rule,
    basis,
    mode,
    windowMonths,
    hysteresisPercent,
    confirmingRuns,
    seenRuns: decision.pending?.runs ?? null,
    cutPercent: cutPercentOf(settings.tier),
    valueFen,
    rank: rankOf(account, valueFen, run),
    freshTier,
    computedTier: decision.tier,
    windowFrom: windowFrom(orders, run),
    windowTo: periods.today,
    pinReason: pin && pin.reason,
    pin,
  };
  return { tier: pinned ?? decision.tier, pendingTier: decision.pending, tierWhy };
}

/** Where the account stands; where only this one is looked at, as of the last run over the whole book while the value is the same. */
function rankOf(account: Classified, valueFen: number, run: Run): number | null {
  if (run.rankOf) return run.rankOf({ ...keyOf(account), valueFen });
  return account.tierWhy?.valueFen === valueFen ? account.tierWhy.rank : null;
}

/** Lifetime revenue has no window: it counts from the first order. */
const windowFrom = ({ firstOrderOn }: OrderFacts, { periods, settings }: Run): Day =>
  settings.tier.basis === 'lifetime_revenue' ? (firstOrderOn ?? periods.today) : periods.windowFrom;

const keyOf = ({ _id, knownSince }: Classified) => ({ accountId: _id, knownSince });

/** What was set by hand, and who did; both null when nothing is in force. */
function pinOf<Value>(
  override: Override<Value> | null,
  today: Day,
): { value: Value | null; pin: ByHand | null } {
  const value = inForce(override, today);
  if (!override || value === null) return { value: null, pin: null };
  const { by, reason, expiresOn } = override;
  return { value, pin: { by, reason, expiresOn } };
}

function classifyStage(account: Classified, facts: AccountFacts, { periods, settings }: Run) {
  const { orders, contracts, opportunityClosesOn, latestNps, referralsWon } = facts;
  const read: LifecycleFacts = {
    paidOrders: orders.paidOrders,
    firstOrderOn: orders.firstOrderOn,
    lastOrderOn: orders.lastOrderOn,
    latestNps,
    partnerContract: orders.partnerOrder || contracts.partnerContract,
    opportunityClosesOn,
    largestSharePercent: account.sharePercent,
    referralsWon,
  };
  const rule = stageOf(read, periods.today, settings.lifecycle);
  const { value: pinned, pin: manual } = pinOf(account.stagePin, periods.today);
  const stageWhy: StageWhy = {
    ...read,
    rule,
    isManual: manual !== null,
    manualReason: manual && manual.reason,
    manual,
    limits: settings.lifecycle,
  };
  return { stage: pinned ?? rule, stageWhy };
}

function classifyValue(account: Classified, facts: AccountFacts, { lines, periods, settings }: Run) {
  const { orders, contracts } = facts;
  const tierIn = (year: 'lastYear' | 'yearBefore') =>
    freshTierOf({ ...keyOf(account), valueFen: valueOf(orders, settings.tier.basis, year) }, lines[year]);
  const years = (sum: 'revenueFen' | 'profitFen') => ({
    yearBefore: orders.yearBefore[sum],
    lastYear: orders.lastYear[sum],
    runningYear: orders.runningYear[sum],
  });
  const { pin: mark } = pinOf(account.strategicMark, periods.today);
  const read: ValueFacts = {
    tierYearBefore: tierIn('yearBefore'),
    tierLastYear: tierIn('lastYear'),
    tierNow: account.tier,
    revenueFen: years('revenueFen'),
    profitFen: years('profitFen'),
    growthPercent: growthOf(years('revenueFen')),
    overdueSince: contracts.overdueSince,
    isMarked: mark !== null,
    potentialScore: account.potentialScore,
  };
  const { valueClass, place, held } = valueClassOf(read, periods.today, settings.valueClass);
  const valueClassWhy: ValueClassWhy = { rule: valueClass, place, held, facts: read, mark };
  return { valueClass, valueClassWhy };
}
