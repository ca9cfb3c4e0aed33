import { z } from 'zod';
import { CADENCE_STATES, DUE_REASONS, ESCALATIONS } from '../../domain/cadence/cadence.ts';
import { CHANNELS, MOST_QUESTIONS, OUTCOMES, TALK_LEVELS } from '../../domain/follow-ups/follow-up.ts';
import {
  BUDGETS,
  CHAIN_GAPS,
  CLOSENESS,
  DECISION_ROLES,
  LEVELS,
  METHOD_KINDS,
  REQUIRED_FIELDS,
} from '../../domain/contacts/kdm.ts';
import { STAGES } from '../../domain/classification/lifecycle.ts';
import { BY_HAND } from '../../domain/classification/override.ts';
import { PROMISE_ACTS } from '../../domain/cadence/promise.ts';
import { TIERS } from '../../domain/classification/tier.ts';
import { VALUE_CLASSES } from '../../domain/classification/value-class.ts';
import { MEMBERS, contactTo } from './access.ts';
import { askedDay } from './days.ts';
import { DetractorShape, FollowUpShape, Participants, PromiseShape, QuestionShape } from './talks.ts';
import { StageWhyShape, TierWhyShape } from './why.ts';

const day = z.iso.date();
const instant = z.iso.datetime();
const person = z.object({ staffId: z.string(), name: z.string() });

/** Where an account stands against its rhythm; days are YYYY-MM-DD in the corp's time zone. */
export const CadenceShape = z.object({
  state: z.enum(CADENCE_STATES),
  reason: z.enum(DUE_REASONS),
  dueOn: day,
  /** Working days past `dueOn`; 0 when not overdue. */
  overdueWorkingDays: z.number().int().min(0),
  /** The first day on which another push is welcome; null when there was no touch. */
  welcomeFrom: day.nullable(),
  /** When one of us last reached them. */
  lastTouchAt: instant.nullable(),
  /** When the customer last did something: it moves no date. */
  lastSignAt: instant.nullable(),
  /** Everything that is owed, the heaviest first. */
  owed: z.array(
    z.object({ reason: z.enum(DUE_REASONS), dueOn: day, overdueWorkingDays: z.number().int().min(0) }),
  ),
  /** How far a late follow-up has climbed. */
  escalation: z.enum(ESCALATIONS),
  intervalDays: z.number().int(),
  minGapDays: z.number().int(),
});
export type CadenceView = z.infer<typeof CadenceShape>;

const KdmShape = z.object({
  department: z.string().nullable(),
  title: z.string().nullable(),
  level: z.enum(LEVELS).nullable(),
  /** The superior's name, when known; the id may be of somebody who left the account. */
  superior: z.string().nullable(),
  superiorId: z.string().nullable(),
  isTop: z.boolean(),
  scope: z.string().nullable(),
  authority: z.string().nullable(),
  budget: z.enum(BUDGETS).nullable(),
  budgetUpToFen: z.number().int().nullable(),
  methods: z.array(z.object({ kind: z.enum(METHOD_KINDS), value: z.string(), verifiedOn: day.nullable() })),
  closeness: z.enum(CLOSENESS).nullable(),
  decisionRole: z.enum(DECISION_ROLES).nullable(),
  guideLevel: z.number().int().nullable(),
  style: z.string().nullable(),
  birthday: day.nullable(),
  notes: z.string().nullable(),
  /** Filled required fields, whole percent. */
  completeness: z.number().int().min(0).max(100),
  gaps: z.array(z.enum(REQUIRED_FIELDS)),
  /** Days since anyone confirmed the profile; null: never. */
  confirmedDaysAgo: z.number().int().nullable(),
  isStale: z.boolean(),
  /** Goes up with every change; an edit names the one it began with. */
  version: z.number().int().min(0),
});

/** Answers of several people as one figure: `score` and `margin` are null under 10 answers (domain.md §11). */
export const NpsFigure = z.object({
  n: z.number().int(),
  promoters: z.number().int(),
  passives: z.number().int(),
  detractors: z.number().int(),
  score: z.number().nullable(),
  margin: z.number().nullable(),
});

/** `GET /api/v1/contacts/:externalUserId/profile`: the sidebar's card. */
export const GetProfile = {
  access: MEMBERS,
  load: contactTo('read'),
  params: z.object({ externalUserId: z.string().min(1).max(64) }),
  query: z.object({}),
  body: z.object({}),
  answer: z.object({
    contact: z.object({
      externalUserId: z.string(),
      /** The remark 备注 of who looks or of the owner, else the nickname; then `nickname` is null. */
      name: z.string(),
      nickname: z.string().nullable(),
      followers: z.array(person),
      isLost: z.boolean(),
    }),
    account: z.object({
      id: z.string(),
      name: z.string(),
      owner: person.nullable(),
      tier: z.enum(TIERS),
      tierWhy: TierWhyShape.nullable(),
      stage: z.enum(STAGES),
      stageWhy: StageWhyShape.nullable(),
      valueClass: z.enum(VALUE_CLASSES),
      byHand: z.array(z.enum(BY_HAND)), // set by hand against what is computed
      chainGaps: z.array(z.enum(CHAIN_GAPS)),
      contacts: z.array(
        z.object({ externalUserId: z.string(), name: z.string(), title: z.string().nullable() }),
      ),
    }),
    kdm: KdmShape,
    cadence: CadenceShape,
    promises: z.array(PromiseShape),
    questions: z.array(QuestionShape),
    followUps: z.array(FollowUpShape),
    nps: z.object({
      latest: z
        .object({
          score: z.number().int(),
          comment: z.string(),
          answeredAt: instant,
          /** How the loop of a bad mark was closed; null: it was not, or there is none. */
          closure: z
            .object({ staffName: z.string(), at: instant, cause: z.string(), action: z.string() })
            .nullable(),
        })
        .nullable(),
      account: NpsFigure,
      /** Of everybody in the account, who has waited longest first. */
      waiting: z.array(DetractorShape),
    }),
  }),
};
export type Profile = z.infer<typeof GetProfile.answer>;

/** `POST /api/v1/contacts/:externalUserId/follow-ups`. `requestId` makes a repeated send harmless. */
export const PostFollowUp = {
  access: MEMBERS,
  load: contactTo('write'),
  params: GetProfile.params,
  query: z.object({}),
  body: z.object({
    requestId: z.uuid(),
    channel: z.enum(CHANNELS),
    /** 400 `outcome_missing` where neither a chip, a line nor a visit tells what came of it. */
    outcome: z.enum(OUTCOMES).nullable().default(null),
    level: z.enum(TALK_LEVELS).nullable().default(null),
    /** Who took part, of both sides, with their titles. */
    participants: Participants.max(20).default([]),
    purpose: z.string().trim().min(1, '请填写跟进目的').max(100),
    notes: z.string().trim().max(2000).default(''),
    /** What we promised, of which nobody said when. */
    promises: z.string().trim().max(1000).default(''),
    /** What we promised for a day; 400 `date_in_the_past`, `date_too_far`. */
    promised: z
      .array(z.object({ text: z.string().trim().min(1).max(300), day: askedDay }))
      .max(10)
      .default([]),
    /** What becomes of promises that stood; 400 `day_missing` when one is moved to no day. What is not named is kept. */
    standing: z
      .array(
        z.object({
          id: z.string().min(1).max(200),
          act: z.enum(PROMISE_ACTS),
          day: askedDay.nullable().default(null),
        }),
      )
      .max(50)
      .default([]),
    questions: z.array(z.string().trim().min(1).max(300)).max(MOST_QUESTIONS).default([]),
    answeredQuestionIds: z.array(z.string().min(1).max(64)).max(50).default([]),
    nextStep: z.string().trim().max(300).default(''),
    /** The planned next touch: a promise, too. */
    nextOn: askedDay.nullable().default(null),
  }),
  answer: z.object({ id: z.string(), cadence: CadenceShape }),
};
export type FollowUpDraft = z.input<typeof PostFollowUp.body>;
export type FollowUpSaved = z.infer<typeof PostFollowUp.answer>;
