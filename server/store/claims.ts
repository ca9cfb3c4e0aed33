import { Schema, Types, type Connection } from 'mongoose';
import { staffMover } from './db/move-staff.ts';
import { MEMBER, OF_COMPANY } from './db/references.ts';

/** That a member took an account out of the pool, or gave one back. Never edited. */
export type ClaimNote = {
  staffId: string;
  accountId: string;
  act: 'claim' | 'release';
  at: Date;
};

const claimSchema = new Schema<ClaimNote & { _id: string }>(
  {
    _id: { type: String, default: () => new Types.ObjectId().toHexString() },
    staffId: { type: String, required: true, refers: MEMBER },
    accountId: { type: String, required: true, refers: OF_COMPANY },
    act: { type: String, enum: ['claim', 'release'], required: true },
    at: { type: Date, required: true },
  },
  { collection: 'claims', strict: 'throw' },
);
claimSchema.index({ staffId: 1, act: 1, at: -1 });
claimSchema.index({ accountId: 1, at: -1 });

/** Who claimed and released what, for the limits of `domain/claim`. */
export function createClaimStore(db: Connection) {
  const model = db.model('Claim', claimSchema);
  return {
    async note(note: ClaimNote): Promise<void> {
      await model.create(note);
    },
    countSince: (staffId: string, since: Date) =>
      model.countDocuments({ staffId, act: 'claim', at: { $gte: since } }),
    /** When the member last released the account; null: never. */
    async releasedAt(accountId: string, staffId: string): Promise<Date | null> {
      const last = await model
        .findOne({ accountId, staffId, act: 'release' })
        .sort({ at: -1 })
        .lean<ClaimNote>()
        .exec();
      return last?.at ?? null;
    },
    moveStaff: staffMover(model, ['staffId']),
  };
}
