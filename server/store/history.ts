import { Schema, Types, type Connection } from 'mongoose';
import { staffMover } from './db/move-staff.ts';
import { MEMBER, accountThen } from './db/references.ts';

/** What about an account changed, by whom or what, and why. Never edited. */
export type Change = {
  accountId: string;
  ownerId: string | null;
  kind: 'tier' | 'stage' | 'value_class' | 'account' | 'owner';
  from: string;
  to: string;
  why: unknown;
  by: string; // a job's name or a staff id
  at: Date;
  isFall?: boolean; // the facts alone made the account less: warnings look for these
};

/** A change as kept; `isFresh`: webhooks have yet to hear of it. */
export type KeptChange = Change & { _id: string; isFresh?: boolean };

const changeSchema = new Schema<KeptChange>(
  {
    _id: { type: String, default: () => new Types.ObjectId().toHexString() },
    accountId: {
      type: String,
      required: true,
      refers: accountThen('it is read through the merges of an account'),
    },
    ownerId: { type: String, default: null, refers: MEMBER },
    kind: { type: String, required: true },
    from: { type: String, default: '', refers: MEMBER },
    to: { type: String, default: '', refers: MEMBER },
    why: { type: Schema.Types.Mixed, default: null },
    by: { type: String, required: true, refers: MEMBER },
    at: { type: Date, required: true },
    isFall: Boolean,
    isFresh: Boolean,
  },
  { collection: 'changes', strict: 'throw' },
);
changeSchema.index({ accountId: 1, at: -1 });
changeSchema.index({ at: 1 });
changeSchema.index({ isFresh: 1 }, { sparse: true });

/** Every change of tier, stage and account, kept for good. */
export function createHistoryStore(db: Connection) {
  const model = db.model('Change', changeSchema);
  return {
    /** Keeps each change once: whoever repeats one under the same id changes nothing. */
    async appendOnce(changes: readonly (Change & { _id: string })[]): Promise<void> {
      if (changes.length === 0) return;
      const inserts = changes.map(({ _id, ...fields }) => ({
        updateOne: { filter: { _id }, update: { $setOnInsert: { ...fields, isFresh: true } }, upsert: true },
      }));
      await model.bulkWrite(inserts, { ordered: false });
    },
    moveStaff: staffMover(model, ['ownerId', 'by', 'from', 'to']),
    async append(changes: readonly Change[]): Promise<void> {
      if (changes.length > 0) await model.insertMany(changes.map((change) => ({ ...change, isFresh: true })));
    },
    /** Changes that webhooks have yet to hear of. */
    fresh: (limit: number) => model.find({ isFresh: true }).limit(limit).lean<KeptChange[]>().exec(),
    async markHeard(ids: readonly string[]): Promise<void> {
      await model.updateMany({ _id: { $in: [...ids] } }, { $unset: { isFresh: 1 } });
    },
    /** The latest of these accounts, the latest first: of one, and of those that were merged into it. */
    ofAccount: (...accountIds: string[]) =>
      model
        .find({ accountId: { $in: accountIds } })
        .sort({ at: -1 })
        .limit(100)
        .lean<Change[]>()
        .exec(),
    since: (ownerIds: readonly string[], since: Date) =>
      model
        .find({ at: { $gte: since }, ownerId: { $in: [...ownerIds] } })
        .sort({ at: 1 })
        .limit(1000)
        .lean<Change[]>()
        .exec(),
  };
}
