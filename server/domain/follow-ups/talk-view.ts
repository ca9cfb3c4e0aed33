import {
  correctionFault,
  type Channel,
  type Outcome,
  type Participant,
  type TalkLevel,
} from './follow-up.ts';
import type { Day } from '../calendar.ts';
import { waitingDetractors, type Mark } from '../nps/detractor.ts';
import { isExpired } from '../cadence/promise.ts';

type Talk = {
  _id: string;
  at: Date;
  staffId: string;
  externalUserId: string | null;
  channel: Channel;
  level?: TalkLevel | null;
  participants?: readonly Participant[];
  purpose: string;
  notes: string;
  promises?: string;
  nextStep: string;
  nextOn: Day | null;
  isMessage?: boolean;
  outcome: Outcome | null;
  edits?: readonly { at: Date }[];
  takenBackAt?: Date | null;
};
type Asked = { _id: string; text: string; askedAt: Date; externalUserId: string | null };

/** How members and contacts are called; null: nobody in particular, or somebody who is no longer there. */
export type TalkNames = {
  staff: (staffId: string) => string;
  contact: (externalUserId: string | null) => string | null;
};

/** A follow-up as pages get it, for who reads it now; times are ISO 8601 in UTC. */
export const talkView = (talk: Talk, names: TalkNames, by: { staffId: string; now: Date }) => ({
  id: talk._id,
  at: talk.at.toISOString(),
  staffName: names.staff(talk.staffId),
  contactName: names.contact(talk.externalUserId),
  channel: talk.channel,
  outcome: talk.outcome,
  level: talk.level ?? null,
  participants: [...(talk.participants ?? [])],
  purpose: talk.purpose,
  notes: talk.notes,
  promises: talk.promises ?? '',
  nextStep: talk.nextStep,
  nextOn: talk.nextOn,
  isMessage: talk.isMessage === true,
  ...traceOf(talk, by),
});

/** What became of it after it was logged, and what its reader may do about it. */
const traceOf = (talk: Talk, by: { staffId: string; now: Date }) => ({
  correctedAt: talk.edits?.at(-1)?.at.toISOString() ?? null,
  takenBackAt: talk.takenBackAt?.toISOString() ?? null,
  mayCorrect: !talk.takenBackAt && correctionFault(talk, by) === null,
});

/** A question of the customer as pages get it. */
export const questionView = ({ _id: id, text, askedAt, externalUserId }: Asked, names: TalkNames) => ({
  id,
  text,
  askedAt: askedAt.toISOString(),
  contactName: names.contact(externalUserId),
});

type Promised = { _id: string; text: string; day: Day; externalUserId: string | null; madeBy: string };

/** Something that was agreed on as pages get it; `touchedOn` is the day of our last touch. */
export const promiseView = (
  { _id: id, text, day, externalUserId, madeBy }: Promised,
  names: TalkNames,
  when: { today: Day; touchedOn: Day | null },
) => ({
  id,
  text,
  day,
  contactName: names.contact(externalUserId),
  staffName: names.staff(madeBy),
  isExpired: isExpired(day, when),
});

/** Who gave a bad mark whose loop is open, as pages get it. */
export const detractorViews = (
  answers: readonly (Mark & { _id: string; comment: string })[],
  names: TalkNames,
) =>
  waitingDetractors(answers).map(({ _id: answerId, externalUserId, score, comment, since }) => ({
    answerId,
    externalUserId,
    contactName: names.contact(externalUserId),
    score,
    comment,
    since: since.toISOString(),
  }));
