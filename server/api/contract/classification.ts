import { z } from 'zod';
import { STAGES } from '../../domain/classification/lifecycle.ts';
import { TIERS } from '../../domain/classification/tier.ts';
import { VALUE_CLASSES } from '../../domain/classification/value-class.ts';
import { MANAGERS, MEMBERS, NOTHING, accountTo, orKey } from './access.ts';
import { version } from './accounts.ts';
import { askedDay } from './days.ts';
import { StageWhyShape, TierWhyShape, ValueClassWhyShape } from './why.ts';

const day = z.iso.date();
const instant = z.iso.datetime();
const person = z.object({ staffId: z.string(), name: z.string() });
/** Something set by hand that is in force. */
const mark = z.object({ reason: z.string(), by: person, at: instant, expiresOn: day });

/** What an account is to us, each with the full why. A why is null until the first classification. */
const ClassificationShape = z.object({
  account: z.object({ id: z.string(), name: z.string() }),
  tier: z.object({
    value: z.enum(TIERS),
    why: TierWhyShape.nullable(),
    pin: mark.extend({ value: z.enum(TIERS) }).nullable(),
  }),
  stage: z.object({
    value: z.enum(STAGES),
    why: StageWhyShape.nullable(),
    pin: mark.extend({ value: z.enum(STAGES) }).nullable(),
  }),
  valueClass: z.object({
    value: z.enum(VALUE_CLASSES),
    why: ValueClassWhyShape.nullable(),
    strategicMark: mark.nullable(),
  }),
  potential: z.object({
    /** 0–100. */
    score: z.number().int().nullable(),
    /** Our largest share of what they spend in a category, whole percent. */
    sharePercent: z.number().int().nullable(),
  }),
  /** What the caller may change here. */
  may: z.object({ pin: z.boolean(), ratePotential: z.boolean() }),
  /** Grows with every change by hand. */
  version: z.number().int(),
  /** The last changes, the latest first. `by` is a job's name or a member's. */
  changes: z.array(
    z.object({
      kind: z.enum(['tier', 'stage', 'value_class']),
      from: z.string(),
      to: z.string(),
      by: z.string(),
      at: instant,
      isFall: z.boolean(),
    }),
  ),
});
export type ClassificationView = z.infer<typeof ClassificationShape>;

/** `GET /api/v1/accounts/:accountId/classification`. */
export const GetClassification = {
  access: orKey(MEMBERS, 'accounts:read'),
  load: accountTo('read'),
  params: z.object({ accountId: z.string().min(1).max(100) }),
  query: z.object({}),
  body: z.unknown(),
  answer: ClassificationShape,
};

const reason = z.string().trim().min(1, '请填写原因').max(200);
/** The last day on which it holds, at most 24 months away; without it, the usual 12 months. */
const expiresOn = askedDay.optional();

/** `POST /api/v1/accounts/:accountId/tier-pin`: managers only, as the next three. All answer what then holds. */
export const PostTierPin = {
  ...GetClassification,
  access: MANAGERS,
  load: accountTo('manage'),
  body: z.object({ tier: z.enum(TIERS), reason, expiresOn, version }),
};

/** `POST /api/v1/accounts/:accountId/stage-pin`: up or down. */
export const PostStagePin = {
  ...GetClassification,
  access: MANAGERS,
  load: accountTo('manage'),
  body: z.object({ stage: z.enum(STAGES), reason, expiresOn, version }),
};

/** `POST /api/v1/accounts/:accountId/strategic-mark`: 战略客户. */
export const PostStrategicMark = {
  ...GetClassification,
  access: MANAGERS,
  load: accountTo('manage'),
  body: z.object({ reason, expiresOn, version }),
};

/** `POST /api/v1/accounts/:accountId/clear-override`: back to what is computed. */
export const PostClearOverride = {
  ...GetClassification,
  access: MANAGERS,
  load: accountTo('manage'),
  body: z.object({ kind: z.enum(['tier', 'stage', 'strategic']), reason, version }),
};

/** `POST /api/v1/accounts/:accountId/potential`: by the owner, the deputy or their managers; null: not known. */
export const PostPotential = {
  ...GetClassification,
  access: MEMBERS,
  load: accountTo('edit'),
  body: z.object({
    score: z.number().int().min(0).max(100).nullable(),
    sharePercent: z.number().int().min(0).max(100).nullable(),
    reason,
    version,
  }),
};

const tierSum = z.object({
  accounts: z.number().int(),
  valueFen: z.number().int(),
  percent: z.number().nullable(),
  /** What the tier usually brings, to compare with; null: nothing is usual. */
  usualPercent: z.number().nullable().default(null),
});

/** `GET /api/v1/tier-shape`: managers: the real shares of value by tier beside the usual ones, and of the first few accounts, and where tiers part, as of the last run. */
export const GetTierShape = {
  access: MANAGERS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({}),
  body: z.unknown(),
  answer: z.object({
    shape: z
      .object({
        at: instant,
        tiers: z.object({ head: tierSum, waist: tierSum, tail: tierSum, unrated: tierSum }),
        totalFen: z.number().int(),
        /** The least value of a fresh head and a fresh waist; null while nobody stands there. */
        lines: z.object({
          headFromFen: z.number().int().nullable(),
          waistFromFen: z.number().int().nullable(),
        }),
        /** Percent of value that the first `topPercent` of accounts bring, one decimal. */
        topPercent: z.number().int().default(20),
        concentrationPercent: z.number().nullable(),
      })
      .nullable(),
  }),
};
export type TierShapeView = z.infer<typeof GetTierShape.answer>;
