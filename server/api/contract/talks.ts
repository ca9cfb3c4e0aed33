import { z } from 'zod';
import { CHANNELS, OUTCOMES, SIDES, TALK_LEVELS } from '../../domain/follow-ups/follow-up.ts';

const day = z.iso.date();
const instant = z.iso.datetime();

/** Who took part, of both sides. */
export const Participants = z.array(
  z.object({
    side: z.enum(SIDES),
    name: z.string().trim().min(1).max(50),
    title: z.string().trim().max(50).default(''),
  }),
);

/** A follow-up as pages show it; also a message sent from the sidebar. */
export const FollowUpShape = z.object({
  id: z.string(),
  at: instant,
  staffName: z.string(),
  contactName: z.string().nullable(),
  channel: z.enum(CHANNELS),
  /** Null in older ones, and where a line says what came of it. */
  outcome: z.enum(OUTCOMES).nullable(),
  level: z.enum(TALK_LEVELS).nullable(),
  participants: Participants,
  purpose: z.string(),
  notes: z.string(),
  promises: z.string(),
  nextStep: z.string(),
  nextOn: day.nullable(),
  /** A text that was sent into the chat from the sidebar: `notes` is how it began. */
  isMessage: z.boolean(),
  /** When its author last corrected it, or took it back; null: never. */
  correctedAt: instant.nullable(),
  takenBackAt: instant.nullable(),
  /** Whether the caller may still correct it, or take it back. */
  mayCorrect: z.boolean(),
});

/** Something that was agreed on, also a planned next touch; `isExpired`: its day is over, or somebody spoke to them since. */
export const PromiseShape = z.object({
  id: z.string(),
  text: z.string(),
  day,
  contactName: z.string().nullable(),
  staffName: z.string(),
  isExpired: z.boolean(),
});
export type PromiseView = z.infer<typeof PromiseShape>;

/** A bad mark whose loop is open. */
export const DetractorShape = z.object({
  answerId: z.string(),
  externalUserId: z.string(),
  contactName: z.string().nullable(),
  score: z.number().int(),
  comment: z.string(),
  since: instant,
});
export type DetractorView = z.infer<typeof DetractorShape>;

/** What the customer asked; null: nobody in particular. */
export const QuestionShape = z.object({
  id: z.string(),
  text: z.string(),
  askedAt: instant,
  contactName: z.string().nullable(),
});
