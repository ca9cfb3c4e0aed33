import type { Channel, Participant, TalkLevel } from './follow-up.ts';
import type { Day } from './calendar.ts';

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
};
type Asked = { _id: string; text: string; askedAt: Date; externalUserId: string | null };

/** How members and contacts are called; null: nobody in particular, or somebody who is no longer there. */
export type TalkNames = {
  staff: (staffId: string) => string;
  contact: (externalUserId: string | null) => string | null;
};

/** A follow-up as pages get it; times are ISO 8601 in UTC. */
export const talkView = (talk: Talk, names: TalkNames) => ({
  id: talk._id,
  at: talk.at.toISOString(),
  staffName: names.staff(talk.staffId),
  contactName: names.contact(talk.externalUserId),
  channel: talk.channel,
  level: talk.level ?? null,
  participants: [...(talk.participants ?? [])],
  purpose: talk.purpose,
  notes: talk.notes,
  promises: talk.promises ?? '',
  nextStep: talk.nextStep,
  nextOn: talk.nextOn,
  isMessage: talk.isMessage === true,
});

/** A question of the customer as pages get it. */
export const questionView = ({ _id: id, text, askedAt, externalUserId }: Asked, names: TalkNames) => ({
  id,
  text,
  askedAt: askedAt.toISOString(),
  contactName: names.contact(externalUserId),
});
