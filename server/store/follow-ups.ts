import { Schema, type Connection } from 'mongoose';
import type { Day } from '../domain/calendar.ts';
import {
  CHANNELS,
  OUTCOMES,
  TALK_LEVELS,
  type Channel,
  type Outcome,
  type Participant,
  type TalkLevel,
} from '../domain/follow-ups/follow-up.ts';
import { staffMover } from './db/move-staff.ts';
import { MEMBER, OF_ACCOUNT } from './db/references.ts';

/** One logged follow-up 跟进. Its id is the request's, so that a repeated send is kept once. */
export type FollowUp = {
  _id: string;
  accountId: string;
  externalUserId: string | null; // null: with the account, nobody in particular
  staffId: string;
  at: Date;
  channel: Channel;
  level?: TalkLevel | null;
  participants?: Participant[]; // of both sides
  purpose: string;
  notes: string;
  promises?: string; // what we promised
  nextStep: string;
  nextOn: Day | null;
  isMessage?: boolean; // a text sent into the chat from the sidebar: `notes` holds its start
  outcome: Outcome | null;
  isTouch: boolean; // false: nobody was reached
  edits?: Edit[]; // what it said before each correction, the latest last
  takenBackAt?: Date | null; // it was a mistake: nothing follows from it any more
};

/** What a correction may change. */
export type FollowUpWords = Pick<
  FollowUp,
  'channel' | 'outcome' | 'level' | 'participants' | 'purpose' | 'notes' | 'promises' | 'nextStep' | 'nextOn'
>;

/** A correction: when, and how it read before. Its author alone may correct it. */
type Edit = { at: Date; was: FollowUpWords };

const followUpSchema = new Schema<FollowUp>(
  {
    _id: { type: String, required: true },
    accountId: { type: String, required: true, refers: OF_ACCOUNT },
    externalUserId: { type: String, default: null },
    staffId: { type: String, required: true, refers: MEMBER },
    at: { type: Date, required: true },
    channel: { type: String, enum: CHANNELS, required: true },
    level: { type: String, enum: [...TALK_LEVELS, null], default: null },
    participants: { type: [{ _id: false, side: String, name: String, title: String }], default: [] },
    purpose: { type: String, default: '' },
    notes: { type: String, default: '' },
    promises: { type: String, default: '' },
    nextStep: { type: String, default: '' },
    nextOn: { type: String, default: null },
    isMessage: Boolean,
    outcome: { type: String, enum: [...OUTCOMES, null], default: null },
    isTouch: { type: Boolean, required: true },
    edits: { type: [Schema.Types.Mixed], default: undefined },
    takenBackAt: Date,
  },
  { collection: 'followups', strict: 'throw' },
);
followUpSchema.index({ accountId: 1, at: -1 });
followUpSchema.index({ staffId: 1, at: -1 });

const standing = { takenBackAt: null };

/** Logged follow-ups and sent messages; what is corrected or taken back keeps what it was. */
export function createFollowUpStore(db: Connection) {
  const model = openModel(db);
  return { ...reads(model), ...writes(model), moveStaff: staffMover(model, ['staffId']) };
}

const openModel = (db: Connection) => db.model('FollowUp', followUpSchema);
type FollowUpModel = ReturnType<typeof openModel>;

const reads = (model: FollowUpModel) => ({
  find: (id: string) => model.findById(id).lean<FollowUp>().exec(),
  latestOf: (accountId: string, limit: number) =>
    model.find({ accountId }).sort({ at: -1, _id: 1 }).limit(limit).lean<FollowUp[]>().exec(),
  /** When the first one was logged; null when none was. */
  async firstAt(): Promise<Date | null> {
    const first = await model.findOne({}, { at: 1 }).sort({ at: 1 }).lean<FollowUp>().exec();
    return first?.at ?? null;
  },
  /** The last one with a date, messages left out. */
  lastPlanned: (accountId: string) =>
    model
      .findOne({ accountId, nextOn: { $ne: null }, isMessage: { $ne: true } })
      .sort({ at: -1 })
      .lean<FollowUp>()
      .exec(),
  countSince: (staffIds: readonly string[], since: Date) =>
    model.countDocuments({ staffId: { $in: [...staffIds] }, at: { $gte: since }, ...standing }),
  /** When each member last spoke with each of these accounts. */
  async lastTouches(
    accountIds: readonly string[],
  ): Promise<{ accountId: string; staffId: string; at: Date }[]> {
    type Row = { _id: { accountId: string; staffId: string }; at: Date };
    const rows = await model.aggregate<Row>([
      { $match: { accountId: { $in: [...accountIds] }, isTouch: true, ...standing } },
      { $group: { _id: { accountId: '$accountId', staffId: '$staffId' }, at: { $max: '$at' } } },
    ]);
    return rows.map(({ _id, at }) => ({ ..._id, at }));
  },
});

const writes = (model: FollowUpModel) => ({
  /** @returns `false` when it was kept before. */
  async keep({ _id, ...fields }: FollowUp): Promise<boolean> {
    const { upsertedCount } = await model.updateOne({ _id }, { $setOnInsert: fields }, { upsert: true });
    return upsertedCount === 1;
  },
  /** Keeps other words, and how it read before. @returns `false` when somebody corrected it, or took it back, meanwhile. */
  async correct({ _id, edits = [] }: FollowUp, fields: Partial<FollowUp>, edit: Edit): Promise<boolean> {
    const same = edits.length === 0 ? { edits: null } : { edits: { $size: edits.length } };
    const update = { $set: { ...fields, edits: [...edits, edit] } };
    const { matchedCount } = await model.updateOne({ _id, ...same, ...standing }, update);
    return matchedCount === 1;
  },
  /** Repeatable: the first time stays. */
  async takeBack(id: string, at: Date): Promise<void> {
    await model.updateOne({ _id: id, ...standing }, { $set: { takenBackAt: at } });
  },
});
