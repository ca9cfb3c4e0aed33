import { Schema, type Connection } from 'mongoose';
import { relationId, type RelationKey } from '../domain/relation.ts';

/** Why a relation ended: staff deleted the contact, the contact deleted staff, or WeCom no longer knows it. */
export const LOSSES = ['by_staff', 'by_contact', 'gone'] as const;
export type Loss = (typeof LOSSES)[number];

/** One staff following one contact 跟进关系. */
export type Relation = {
  _id: string; // staffId:externalUserId
  staffId: string;
  externalUserId: string;
  remark: string;
  description: string;
  remarkCorpName: string;
  tagIds: string[]; // corp tags, as WeCom last told or as we last wrote
  addWay: number;
  state: string; // of the channel code
  followedAt: Date;
  lostAt: Date | null; // cleared when they come back
  lostBy: Loss | null;
};

/** What WeCom tells about the relation. */
export type RelationFacts = Omit<Relation, '_id' | 'lostAt' | 'lostBy'>;

const relationSchema = new Schema<Relation>(
  {
    _id: { type: String, required: true },
    staffId: { type: String, required: true },
    externalUserId: { type: String, required: true },
    remark: { type: String, default: '' },
    description: { type: String, default: '' },
    remarkCorpName: { type: String, default: '' },
    tagIds: { type: [String], default: [] },
    addWay: { type: Number, default: 0 },
    state: { type: String, default: '' },
    followedAt: { type: Date, required: true },
    lostAt: { type: Date, default: null },
    lostBy: { type: String, enum: [...LOSSES, null], default: null },
  },
  { strict: 'throw' },
);
relationSchema.index({ externalUserId: 1 });
relationSchema.index({ staffId: 1, lostAt: 1 });
relationSchema.index({ followedAt: 1 });

export type RelationStore = ReturnType<typeof createRelationStore>;

/** Deletion marks a relation lost and never removes it. */
export function createRelationStore(db: Connection) {
  const model = openModel(db);
  return { ...reads(model), ...writes(model) };
}

const openModel = (db: Connection) => db.model('Relation', relationSchema, 'relations');
type RelationModel = ReturnType<typeof openModel>;

const reads = (model: RelationModel) => ({
  find: (key: RelationKey) => model.findById(relationId(key)).lean<Relation>().exec(),
  findMany: (keys: readonly RelationKey[]) =>
    model
      .find({ _id: { $in: keys.map(relationId) } })
      .lean<Relation[]>()
      .exec(),
  /** All followers of a contact, the earliest first, lost ones included. */
  ofContact: (externalUserId: string) =>
    model.find({ externalUserId }).sort({ followedAt: 1, _id: 1 }).lean<Relation[]>().exec(),
  ofContacts: (ids: readonly string[]) =>
    model
      .find({ externalUserId: { $in: [...ids] } })
      .sort({ followedAt: 1, _id: 1 })
      .lean<Relation[]>()
      .exec(),
  activeOf: (staffId: string) =>
    model.find({ staffId, lostAt: null }).sort({ _id: 1 }).lean<Relation>().cursor(),
  active: () => model.find({ lostAt: null }).sort({ _id: 1 }).lean<Relation>().cursor(),
  countActive: () => model.countDocuments({ lostAt: null }),
  countFollowedSince: (staffIds: readonly string[], since: Date) =>
    model.countDocuments({ staffId: { $in: [...staffIds] }, followedAt: { $gte: since } }),
});

const writes = (model: RelationModel) => ({
  /**
   * Keeps what WeCom tells. A contact who deleted the staff member may still be listed (wecom.md §2.1), so a relation lost
   * `by_contact` comes back only when it is newer than the loss, or was added at `addedAt` (null: nobody told) and not before it.
   */
  async saveFacts(relations: readonly RelationFacts[], { addedAt }: { addedAt: Date | null }): Promise<void> {
    if (relations.length === 0) return;
    const back = { $set: { lostAt: null, lostBy: null } };
    const updates = relations.flatMap((relation) => {
      const _id = relationId(relation);
      const isBack = {
        $or: [
          { lostBy: { $ne: 'by_contact' as const } },
          { lostAt: { $lt: relation.followedAt } },
          ...(addedAt ? [{ lostAt: { $lte: addedAt } }] : []),
        ],
      };
      return [
        { updateOne: { filter: { _id }, update: { $set: relation, $setOnInsert: back.$set }, upsert: true } },
        { updateOne: { filter: { _id, lostAt: { $ne: null }, ...isBack }, update: back } },
      ];
    });
    await model.bulkWrite(updates, { ordered: true });
  },
  /** Marks the relation lost; `false` when it was lost already, never known, or made anew after `at`. */
  async lose(key: RelationKey, by: Loss, at: Date): Promise<boolean> {
    const lost = { $set: { lostAt: at, lostBy: by } };
    const held = { _id: relationId(key), lostAt: null, followedAt: { $lte: at } };
    const { modifiedCount } = await model.updateOne(held, lost);
    return modifiedCount === 1;
  },
  async setTags(key: RelationKey, tagIds: readonly string[]): Promise<void> {
    await model.updateOne({ _id: relationId(key) }, { $set: { tagIds: [...tagIds] } });
  },
});
