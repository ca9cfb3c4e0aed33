import { Schema, type Connection } from 'mongoose';
import { STANDINGS, type Standing } from '../domain/staff/staff.ts';
import { spellingIn } from '../domain/system/user-id.ts';
import { createTtlCaches } from './db/ttl-cache.ts';
import { MEMBER, memberThen } from './db/references.ts';

/** A WeCom member of the corp. */
export type Staff = {
  _id: string; // WeCom userid
  name: string;
  position: string;
  departmentIds: number[];
  leaderOf: number[]; // departments that this person leads
  directLeaderIds: string[];
  isActive: boolean; // true only with the standing `active`
  standing: Standing;
  inactiveAt: Date | null; // since when not active; null while active
  returnedAt: Date | null; // when last active again after that
  followsCustomers: boolean; // has the 客户联系 function
  formerIds: string[]; // userids that this person had before
  seenAt?: Date | null; // when they last opened the app; null: never heard of
};

/** What must be told to keep a member; the rest stays as it was. */
export type StaffFacts = Pick<
  Staff,
  '_id' | 'name' | 'position' | 'departmentIds' | 'leaderOf' | 'isActive'
> &
  Partial<Staff>;

const staffSchema = new Schema<Staff>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    position: { type: String, default: '' },
    departmentIds: { type: [Number], default: [] },
    leaderOf: { type: [Number], default: [] },
    directLeaderIds: { type: [String], default: [], refers: MEMBER },
    isActive: { type: Boolean, default: true },
    standing: { type: String, enum: STANDINGS, default: 'active' },
    inactiveAt: { type: Date, default: null },
    returnedAt: { type: Date, default: null },
    followsCustomers: { type: Boolean, default: true },
    formerIds: { type: [String], default: [], refers: memberThen('it tells what they were called before') },
    seenAt: { type: Date, default: null },
  },
  { collection: 'staff', strict: 'throw' },
);
staffSchema.index({ formerIds: 1 });
staffSchema.index({ departmentIds: 1 });

/** The members as of the last synchronisation. */
export function createStaffStore(db: Connection) {
  const model = openModel(db);
  const { findCurrent, ...others } = reads(model);
  const recalls = createTtlCaches(findCurrent, RECENT_MS);
  return {
    ...others,
    findCurrent,
    /** The same as it was two seconds ago at most, but for `seenAt`; what this process changed is seen at once. */
    recent: recalls.get,
    ...visits(model),
    ...writes(model, recalls.forget),
  };
}

/** So long another process may let in who left. */
const RECENT_MS = 2000;

const openModel = (db: Connection) => db.model('Staff', staffSchema);
type StaffModel = ReturnType<typeof openModel>;

const reads = (model: StaffModel) => ({
  find: (staffId: string) => model.findById(staffId).lean<Staff>().exec(),
  /** The member of that id, or the one who had it before. */
  findCurrent: async (staffId: string): Promise<Staff | null> =>
    (await model.findById(staffId).lean<Staff>().exec()) ??
    (await model.findOne({ formerIds: staffId }).lean<Staff>().exec()),
  /** These userids as the directory spells them, in their order; what nobody is called stays as it was written. */
  async spelled(userIds: readonly string[]): Promise<string[]> {
    const known = new Set(await model.distinct('_id', { _id: { $in: [...userIds] } }));
    if (userIds.every((id) => known.has(id))) return [...userIds];
    const members = await model
      .find()
      .select({ formerIds: 1 })
      .lean<Pick<Staff, '_id' | 'formerIds'>[]>()
      .exec();
    return userIds.map(spellingIn(members));
  },
  /** The names of these members by id; a stranger is absent. */
  async namesOf(staffIds: readonly string[]): Promise<Map<string, string>> {
    if (staffIds.length === 0) return new Map();
    const found = await model
      .find({ _id: { $in: [...new Set(staffIds)] } })
      .select({ name: 1 })
      .lean<Pick<Staff, '_id' | 'name'>[]>()
      .exec();
    return new Map(found.map(({ _id, name }) => [_id, name]));
  },
  /** The ids of everybody in these departments. */
  async idsIn(departmentIds: readonly number[]): Promise<string[]> {
    const found = await model
      .find({ departmentIds: { $in: [...departmentIds] } })
      .select({ _id: 1 })
      .lean<Pick<Staff, '_id'>[]>()
      .exec();
    return found.map(({ _id }) => _id);
  },
  all: () => model.find().sort({ _id: 1 }).lean<Staff[]>().exec(),
  inactive: () => model.find({ isActive: false }).sort({ _id: 1 }).lean<Staff[]>().exec(),
});

const visits = (model: StaffModel) => ({
  /** Keeps the latest visit to the app. */
  async noteVisit(staffId: string, at: Date): Promise<void> {
    await model.updateOne({ _id: staffId }, { $max: { seenAt: at } });
  },
});

/** `changed` hears of every write once it has ended, however it did. */
function writes(model: StaffModel, changed: () => void) {
  const kept = plainWrites(model);
  return {
    saveAll: (members: readonly StaffFacts[]) => kept.saveAll(members).finally(changed),
    retire: (staffId: string, at: Date) => kept.retire(staffId, at).finally(changed),
    setFollowers: (staffIds: readonly string[]) => kept.setFollowers(staffIds).finally(changed),
    rename: (formerId: string, staffId: string) => kept.rename(formerId, staffId).finally(changed),
  };
}

const plainWrites = (model: StaffModel) => ({
  async saveAll(members: readonly StaffFacts[]): Promise<void> {
    if (members.length === 0) return;
    const writes = members.map(({ _id, ...fields }) => ({
      updateOne: { filter: { _id }, update: { $set: fields }, upsert: true },
    }));
    await model.bulkWrite(writes, { ordered: false });
  },
  /** Marks the member as left since `at`, unless they came back after that; an earlier date of leaving stays. */
  async retire(staffId: string, at: Date): Promise<void> {
    const wasHere = { $or: [{ returnedAt: null }, { returnedAt: { $lte: at } }] };
    const left = { isActive: false, standing: 'left' as const };
    await model.updateOne(
      { _id: staffId, isActive: true, ...wasHere },
      { $set: { ...left, inactiveAt: at } },
    );
    await model.updateOne({ _id: staffId, isActive: false }, { $set: left });
    await model.updateOne({ _id: staffId, isActive: false, inactiveAt: null }, { $set: { inactiveAt: at } });
  },
  /** Sets who may follow customers: these, and nobody else. */
  async setFollowers(staffIds: readonly string[]): Promise<void> {
    await model.updateMany({ _id: { $in: [...staffIds] } }, { $set: { followsCustomers: true } });
    await model.updateMany({ _id: { $nin: [...staffIds] } }, { $set: { followsCustomers: false } });
  },
  /** What the old id knows goes to the new one, and every member led by it follows. Repeatable. */
  async rename(formerId: string, staffId: string): Promise<void> {
    const former = await model.findById(formerId).lean<Staff>().exec();
    const formerIds = [...(former?.formerIds ?? []), formerId];
    await model.updateOne({ _id: staffId }, { $addToSet: { formerIds: { $each: formerIds } } });
    const led = { directLeaderIds: formerId };
    await model.updateMany(led, { $addToSet: { directLeaderIds: staffId } });
    await model.updateMany(led, { $pull: { directLeaderIds: formerId } });
    await model.deleteOne({ _id: formerId });
  },
});
