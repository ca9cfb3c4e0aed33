import { z } from 'zod';
import { STAGES } from '../../domain/classification/lifecycle.ts';
import { TIER_BASES, TIER_MODES, TIERS } from '../../domain/classification/tier.ts';
import { VALUE_CLASSES, VALUE_FACTS } from '../../domain/classification/value-class.ts';

const day = z.iso.date();
const fen = z.number().int();
/** Who set it by hand, why, and the last day on which it holds. */
const ByHand = z.object({ by: z.string(), reason: z.string(), expiresOn: day });

/**
 * Why an account has its tier, as of `windowTo`. Money in fen, rank from 1. `held`: the fresh ranking says `freshTier`, but
 * the account is within `hysteresisPercent` of the boundary and only `seenRuns` of `confirmingRuns` runs in a row said so.
 * `pinned`: without the pin it would be `computedTier`.
 */
export const TierWhyShape = z.object({
  rule: z.enum(['ranked', 'held', 'unrated', 'pinned']),
  basis: z.enum(TIER_BASES).default('revenue'),
  mode: z.enum(TIER_MODES).default('rank'),
  windowMonths: z.number().int().default(12),
  hysteresisPercent: z.number().int().default(5),
  confirmingRuns: z.number().int().default(2),
  seenRuns: z.number().int().nullable().default(null),
  /**
   * Where the tiers parted, in whole percent: by `rank` each tier's own part of the accounts, by `share` the running sum of
   * the value; null by `threshold`, and where an old explanation does not say.
   */
  cutPercent: z.object({ head: z.number().int(), waist: z.number().int() }).nullable().default(null),
  valueFen: fen,
  windowFrom: day,
  windowTo: day,
  rank: z.number().int().nullable(),
  ranked: z.number().int(),
  freshTier: z.enum(TIERS),
  computedTier: z.enum(TIERS).optional(),
  /** The value of the lowest account in head and in waist; null when there is none. */
  headFromFen: fen.nullable(),
  waistFromFen: fen.nullable(),
  pinReason: z.string().nullable(),
  pin: ByHand.nullable().default(null),
});

/** Why an account is at its stage: the facts that were read; `rule` is what follows from them. */
export const StageWhyShape = z.object({
  rule: z.enum(STAGES),
  isManual: z.boolean(),
  manualReason: z.string().nullable(),
  manual: ByHand.nullable().default(null),
  paidOrders: z.number().int(),
  firstOrderOn: day.nullable(),
  lastOrderOn: day.nullable(),
  latestNps: z.number().int().nullable(),
  partnerContract: z.boolean(),
  opportunityClosesOn: day.nullable().default(null),
  largestSharePercent: z.number().nullable().default(null),
  referralsWon: z.number().int().default(0),
  /** The numbers that the facts were held against. */
  limits: z
    .object({
      prospectDays: z.number().int(),
      longTermSinceMonths: z.number().int(),
      longTermActiveMonths: z.number().int(),
      advocateNps: z.number().int(),
      advocateSharePercent: z.number().int(),
      repeatOrders: z.number().int().default(2),
      strategicReferrals: z.number().int().default(1),
    })
    .optional(),
});

const years = z.object({ yearBefore: fen, lastYear: fen, runningYear: fen });

/** Why an account has its value class: the rule (counted from 1), the conditions that held, and what was read. */
export const ValueClassWhyShape = z.object({
  rule: z.enum(VALUE_CLASSES),
  place: z.number().int(),
  held: z.array(
    z.object({ fact: z.enum(VALUE_FACTS), is: z.enum(['over', 'from']), limit: z.number().int() }),
  ),
  facts: z.object({
    tierYearBefore: z.enum(TIERS),
    tierLastYear: z.enum(TIERS),
    tierNow: z.enum(TIERS),
    revenueFen: years,
    profitFen: years,
    /** Whole percent, rounded down; null: nothing to compare with. */
    growthPercent: z.number().int().nullable(),
    /** When the oldest open receivable fell due; null: nothing is overdue. */
    overdueSince: day.nullable(),
    isMarked: z.boolean(),
    potentialScore: z.number().nullable(),
  }),
  mark: ByHand.nullable(),
});
