import type { Connection, mongo } from 'mongoose';
import { relationId, type RelationKey } from '../domain/sync/relation.ts';
import { insertNew } from './db/insert-new.ts';
import {
  openRelations,
  readFollowers,
  type Loss,
  type Relation,
  type RelationFacts,
  type RelationModel,
} from './relation-model.ts';

/** Deletion marks a relation lost and never removes it. */
export function createRelationStore(db: Connection) {
  const model = openRelations(db);
  const additions = additionsTo(db.collection<Relation>('relations'));
  return {
    ...reads(model),
    ...followerReads(model),
    followersOf: (ids: readonly string[]) => readFollowers(db, ids),
    ...additions,
    ...factWrites(model),
    ...writes(model),
    ...handovers(model),
  };
}

const followerReads = (model: RelationModel) => ({
  /** All followers of a contact, the earliest first, lost ones included. */
  ofContact: (externalUserId: string) =>
    model.find({ externalUserId }).sort({ followedAt: 1, _id: 1 }).lean<Relation[]>().exec(),
  ofContacts: (ids: readonly string[]) =>
    model
      .find({ externalUserId: { $in: [...ids] } })
      .sort({ followedAt: 1, _id: 1 })
      .lean<Relation[]>()
      .exec(),
});

const reads = (model: RelationModel) => ({
  find: (key: RelationKey) => model.findById(relationId(key)).lean<Relation>().exec(),
  findMany: (keys: readonly RelationKey[]) =>
    model
      .find({ _id: { $in: keys.map(relationId) } })
      .lean<Relation[]>()
      .exec(),
  activeOf: (staffId: string) =>
    model.find({ staffId, lostAt: null }).sort({ _id: 1 }).lean<Relation>().cursor(),
  /** What a member follows, or followed until WeCom stopped telling of it, not before `since`: leaving does that, too. */
  heldSince: (staffId: string, since: Date) =>
    model
      .find({ staffId, $or: [{ lostAt: null }, { lostBy: 'gone', lostAt: { $gte: since } }] })
      .sort({ _id: 1 })
      .lean<Relation[]>()
      .exec(),
  /** The keys of all that these members follow. */
  activeKeysOf: (staffIds: readonly string[]) =>
    model
      .find({ staffId: { $in: [...staffIds] }, lostAt: null })
      .select({ staffId: 1, externalUserId: 1 })
      .lean<RelationKey>()
      .cursor({ batchSize: 5000 }),
  /** How many each member follows; members without any are absent. */
  async countActiveByStaff(): Promise<Map<string, number>> {
    const rows = await model.aggregate<{ _id: string; count: number }>([
      { $match: { lostAt: null } },
      { $group: { _id: '$staffId', count: { $sum: 1 } } },
    ]);
    return new Map(rows.map(({ _id, count }) => [_id, count]));
  },
  countActive: () => model.countDocuments({ lostAt: null }),
  countFollowedSince: (staffIds: readonly string[], since: Date) =>
    model.countDocuments({ staffId: { $in: [...staffIds] }, followedAt: { $gte: since } }),
});

const MOVED_AT_ONCE = 500;
const FOUND = { lostAt: null, lostBy: null };

const additionsTo = (shelf: mongo.Collection<Relation>) => ({
  /** Keeps relations that are not on the shelf; gives those that are, left as they were. */
  async addMany(relations: readonly RelationFacts[]): Promise<RelationFacts[]> {
    const firsts = relations.map((relation) => ({ _id: relationId(relation), ...relation, ...FOUND }));
    const known = await insertNew(shelf, firsts);
    return relations.filter((_, index) => known.has(index));
  },
});

const factWrites = (model: RelationModel) => ({
  /**
   * Keeps what WeCom tells. A contact who deleted the staff member may still be listed (wecom.md §2.1), so a relation lost
   * `by_contact` comes back only when it is newer than the loss, or was added at `addedAt` (null: nobody told) and not before it.
   */
  async saveFacts(relations: readonly RelationFacts[], { addedAt }: { addedAt: Date | null }): Promise<void> {
    if (relations.length === 0) return;
    const back = { $set: FOUND };
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
        { updateOne: { filter: { _id }, update: { $set: relation, $setOnInsert: FOUND }, upsert: true } },
        { updateOne: { filter: { _id, lostAt: { $ne: null }, ...isBack }, update: back } },
      ];
    });
    await model.bulkWrite(updates, { ordered: true });
  },
});

const writes = (model: RelationModel) => ({
  /** Marks the relation lost; `false` when it was lost already, never known, or made anew after `at`. */
  async lose(key: RelationKey, by: Loss, at: Date): Promise<boolean> {
    const lost = { $set: { lostAt: at, lostBy: by } };
    const held = { _id: relationId(key), lostAt: null, followedAt: { $lte: at } };
    const { modifiedCount } = await model.updateOne(held, lost);
    return modifiedCount === 1;
  },
  /** Keeps the loss of a relation that is not on the shelf, so that an older answer of WeCom cannot bring it to life. */
  async rememberLoss({ staffId, externalUserId }: RelationKey, by: Loss, at: Date): Promise<void> {
    const lost = { staffId, externalUserId, followedAt: at, lostAt: at, lostBy: by };
    await model.updateOne(
      { _id: relationId({ staffId, externalUserId }) },
      { $setOnInsert: lost },
      { upsert: true },
    );
  },
  async setTags(key: RelationKey, tagIds: readonly string[]): Promise<void> {
    await model.updateOne({ _id: relationId(key) }, { $set: { tagIds: [...tagIds] } });
  },
});

const handovers = (model: RelationModel) => ({
  /** Marks a relation as taken over by a colleague, also one that WeCom had stopped telling of. */
  async handOver(key: RelationKey, at: Date): Promise<void> {
    const held = { $or: [{ lostAt: null, followedAt: { $lte: at } }, { lostBy: 'gone' as const }] };
    await model.updateOne(
      { _id: relationId(key), ...held },
      { $set: { lostAt: at, lostBy: 'transferred' as const } },
    );
  },
  /** What the old id follows, the new one follows; where both do, the new one's facts stay. Repeatable, resumable. */
  async moveStaff(fromId: string, toId: string): Promise<void> {
    for (;;) {
      const batch = await model.find({ staffId: fromId }).limit(MOVED_AT_ONCE).lean<Relation[]>();
      if (batch.length === 0) return;
      const moves = batch.flatMap(({ _id: former, ...facts }) => {
        const moved = { ...facts, staffId: toId };
        const filter = { _id: relationId(moved) };
        return [
          { updateOne: { filter, update: { $setOnInsert: moved }, upsert: true } },
          { deleteOne: { filter: { _id: former } } },
        ];
      });
      await model.bulkWrite(moves, { ordered: true });
    }
  },
});
