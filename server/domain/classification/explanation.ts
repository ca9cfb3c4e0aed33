import type { Day } from '../calendar.ts';
import type { LifecycleFacts, LifecycleSettings, Stage } from './lifecycle.ts';
import type { Override } from './override.ts';
import type { Boundaries, CutPercent, Tier, TierBasis, TierMode } from './tier.ts';
import type { ValueClass, ValueCondition, ValueFacts } from './value-class.ts';

/** Who set something by hand, why, and until when it holds. */
export type ByHand = Pick<Override<unknown>, 'by' | 'reason' | 'expiresOn'>;

/**
 * Why an account has its tier: inputs, rule, boundary, as of `windowTo`. `rank` counts from 1. `computedTier` is what would
 * hold without a pin, `freshTier` what the ranking says without hysteresis. Source: domain.md §3.
 */
export type TierWhy = Boundaries & {
  rule: 'ranked' | 'held' | 'unrated' | 'pinned';
  basis: TierBasis;
  mode: TierMode;
  windowMonths: number;
  hysteresisPercent: number;
  confirmingRuns: number; // so many in a row change the tier
  seenRuns: number | null; // so many have said `freshTier`, while it is held
  cutPercent: CutPercent | null; // see `cutPercentOf`
  valueFen: number;
  windowFrom: Day;
  windowTo: Day;
  rank: number | null;
  freshTier: Tier;
  computedTier: Tier;
  pinReason: string | null;
  pin: ByHand | null;
};

/** Why an account is at its stage: the facts that were read and the numbers they were held against. Source: domain.md §5. */
export type StageWhy = LifecycleFacts & {
  rule: Stage; // what follows from the facts
  isManual: boolean;
  manualReason: string | null;
  manual: ByHand | null;
  limits: LifecycleSettings;
};

/** Why an account has its value class: the first rule that held, and what it read. Source: domain.md §4. */
export type ValueClassWhy = {
  rule: ValueClass;
  place: number; // of the rule in the list, from 1; 0: no rule held
  held: ValueCondition[]; // what made the rule hold; empty for a rule without conditions
  facts: ValueFacts;
  mark: ByHand | null; // 战略客户, by a manager
};
