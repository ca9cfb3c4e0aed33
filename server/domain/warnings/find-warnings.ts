import type { Finding, Watch, WarningFacts } from './facts.ts';
import { WARNING_KINDS, type WarningKind } from './kinds.ts';
import { contractEnding, opportunityStuck, paymentOverdue } from './rules-deals.ts';
import {
  complaintOpen,
  contactDeleted,
  contactLeft,
  detractor,
  kdmLeft,
  kdmStale,
  singleThreaded,
} from './rules-people.ts';
import {
  followUpHighRisk,
  followUpOverdue,
  revenueFell,
  shareFell,
  stageFell,
  tierFell,
} from './rules-value.ts';
import { ruleOf } from './settings.ts';

/** The rules, by kind. Source: domain.md §12. */
const RULES: Readonly<Record<WarningKind, (facts: WarningFacts, watch: Watch) => Finding[]>> = {
  follow_up_high_risk: followUpHighRisk,
  follow_up_overdue: followUpOverdue,
  contact_left: contactLeft,
  contact_deleted: contactDeleted,
  kdm_left: kdmLeft,
  kdm_stale: kdmStale,
  detractor,
  tier_fell: tierFell,
  stage_fell: stageFell,
  revenue_fell: revenueFell,
  share_fell: shareFell,
  payment_overdue: paymentOverdue,
  opportunity_stuck: opportunityStuck,
  single_threaded: singleThreaded,
  contract_ending: contractEnding,
  complaint_open: complaintOpen,
};

/** What is wrong with an account by the rules that are on; of these kinds only. */
export const findWarnings = (
  facts: WarningFacts,
  watch: Watch,
  kinds: readonly WarningKind[] = WARNING_KINDS,
): Finding[] =>
  kinds.filter((kind) => ruleOf(watch.settings, kind).isOn).flatMap((kind) => RULES[kind](facts, watch));
