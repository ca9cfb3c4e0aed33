import { Schema, type Connection } from 'mongoose';
import type { FieldChange } from '../domain/contacts/kdm-changes.ts';
import { staffMover } from './db/move-staff.ts';
import { MEMBER, accountThen } from './db/references.ts';

/** One save of a profile, or its confirmation (no changes). Never edited. */
export type KdmSave = {
  _id: string; // contact:version it made, so that two saves of one version cannot both be kept
  externalUserId: string;
  accountId: string; // at that time
  by: string; // staff id
  at: Date;
  changes: FieldChange[];
};

const saveSchema = new Schema<KdmSave>(
  {
    _id: { type: String, required: true },
    externalUserId: { type: String, required: true },
    accountId: { type: String, required: true, refers: accountThen('it is read by contact') },
    by: { type: String, required: true, refers: MEMBER },
    at: { type: Date, required: true },
    changes: { type: Schema.Types.Mixed, required: true },
  },
  { collection: 'kdm-changes', strict: 'throw', minimize: false },
);
saveSchema.index({ externalUserId: 1, at: -1 });

/** Every change of a profile 关键决策人, kept for good: who, when, which field, from what, to what. */
export function createKdmChangeStore(db: Connection) {
  const model = db.model('KdmSave', saveSchema);
  return {
    find: (id: string) => model.findById(id).lean<KdmSave>().exec(),
    /** Keeps a save unless one of that id is kept; `true` when it was. */
    async keep({ _id, ...fields }: KdmSave): Promise<boolean> {
      const { upsertedCount } = await model.updateOne({ _id }, { $setOnInsert: fields }, { upsert: true });
      return upsertedCount === 1;
    },
    /** Takes back a save that did not come about after all. */
    async drop(id: string): Promise<void> {
      await model.deleteOne({ _id: id });
    },
    /** The latest first. */
    latestOf: (externalUserId: string, limit: number) =>
      model.find({ externalUserId }).sort({ at: -1, _id: -1 }).limit(limit).lean<KdmSave[]>().exec(),
    countOf: (externalUserId: string) => model.countDocuments({ externalUserId }),
    /** Every save that changed `field`, the oldest first. */
    ofField: (externalUserId: string, field: FieldChange['field']) =>
      model.find({ externalUserId, 'changes.field': field }).sort({ at: 1 }).lean<KdmSave[]>().exec(),
    moveStaff: staffMover(model, ['by']),
  };
}
