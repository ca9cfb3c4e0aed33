import { Schema, type Connection } from 'mongoose';
import type { Complaint, ComplaintState } from '../domain/complaints/complaint.ts';
import { CHANNELS } from '../domain/follow-ups/follow-up.ts';
import { staffMover } from './db/move-staff.ts';
import { MEMBER, OF_ACCOUNT } from './db/references.ts';

const complaintSchema = new Schema<Complaint>(
  {
    _id: { type: String, required: true },
    accountId: { type: String, required: true, refers: OF_ACCOUNT },
    externalUserId: { type: String, default: null },
    channel: { type: String, enum: CHANNELS, required: true },
    text: { type: String, required: true },
    openedAt: { type: Date, required: true },
    openedBy: { type: String, required: true, refers: MEMBER },
    closedAt: { type: Date, default: null },
    closedBy: { type: String, default: null, refers: MEMBER },
    cause: { type: String, default: '' },
    action: { type: String, default: '' },
  },
  { collection: 'complaints', strict: 'throw' },
);
complaintSchema.index({ accountId: 1, openedAt: -1 });

const STATES: Readonly<Record<ComplaintState, object>> = {
  open: { closedAt: null },
  closed: { closedAt: { $ne: null } },
  all: {},
};

/** Complaints 投诉. Their id is the request's, so that a repeated send is kept once; none is ever removed. */
export function createComplaintStore(db: Connection) {
  const model = db.model('Complaint', complaintSchema);
  return {
    find: (id: string) => model.findById(id).lean<Complaint>().exec(),
    /** Of one account, the latest first. */
    ofAccount: (accountId: string, state: ComplaintState, limit: number) =>
      model
        .find({ accountId, ...STATES[state] })
        .sort({ openedAt: -1, _id: 1 })
        .limit(limit)
        .lean<Complaint[]>()
        .exec(),
    /** `false` when it was kept before. */
    async keep({ _id, ...fields }: Complaint): Promise<boolean> {
      const { upsertedCount } = await model.updateOne({ _id }, { $setOnInsert: fields }, { upsert: true });
      return upsertedCount === 1;
    },
    /** `false` when it is closed already. */
    async close(
      id: string,
      fields: Pick<Complaint, 'closedAt' | 'closedBy' | 'cause' | 'action'>,
    ): Promise<boolean> {
      const { matchedCount } = await model.updateOne({ _id: id, closedAt: null }, { $set: fields });
      return matchedCount === 1;
    },
    moveStaff: staffMover(model, ['openedBy', 'closedBy']),
  };
}
