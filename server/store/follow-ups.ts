import { Schema, type Connection } from 'mongoose';
import type { Day } from '../domain/calendar.ts';
import {
  CHANNELS,
  TALK_LEVELS,
  type Channel,
  type Participant,
  type TalkLevel,
} from '../domain/follow-up.ts';
import { staffMover } from './move-staff.ts';

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
  isMessage?: boolean; // a text sent into the chat from the sidebar: `notes` holds its start, `nextOn` the promise that stood
};

const followUpSchema = new Schema<FollowUp>(
  {
    _id: { type: String, required: true },
    accountId: { type: String, required: true },
    externalUserId: { type: String, default: null },
    staffId: { type: String, required: true },
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
  },
  { strict: 'throw' },
);
followUpSchema.index({ accountId: 1, at: -1 });
followUpSchema.index({ staffId: 1, at: -1 });

export type FollowUpStore = ReturnType<typeof createFollowUpStore>;

/** Logged follow-ups and sent messages; they are never changed. */
export function createFollowUpStore(db: Connection) {
  const model = db.model('FollowUp', followUpSchema, 'followups');
  return {
    find: (id: string) => model.findById(id).lean<FollowUp>().exec(),
    latestOf: (accountId: string, limit: number) =>
      model.find({ accountId }).sort({ at: -1, _id: 1 }).limit(limit).lean<FollowUp[]>().exec(),
    countSince: (staffIds: readonly string[], since: Date) =>
      model.countDocuments({ staffId: { $in: [...staffIds] }, at: { $gte: since } }),
    /** When each member last spoke with each of these accounts. */
    async lastTouches(
      accountIds: readonly string[],
    ): Promise<{ accountId: string; staffId: string; at: Date }[]> {
      type Row = { _id: { accountId: string; staffId: string }; at: Date };
      const rows = await model.aggregate<Row>([
        { $match: { accountId: { $in: [...accountIds] } } },
        { $group: { _id: { accountId: '$accountId', staffId: '$staffId' }, at: { $max: '$at' } } },
      ]);
      return rows.map(({ _id, at }) => ({ ..._id, at }));
    },
    /** @returns `false` when it was kept before. */
    async keep({ _id, ...fields }: FollowUp): Promise<boolean> {
      const { upsertedCount } = await model.updateOne({ _id }, { $setOnInsert: fields }, { upsert: true });
      return upsertedCount === 1;
    },
    moveStaff: staffMover(model, ['staffId']),
  };
}
