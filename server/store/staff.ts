import { Schema, type Connection } from 'mongoose';

/** A WeCom member of the corp. */
export type Staff = {
  _id: string; // WeCom userid
  name: string;
  position: string;
  departmentIds: number[];
  leaderOf: number[]; // departments that this person leads
  isActive: boolean; // false: left, disabled or out of our range
};

const staffSchema = new Schema<Staff>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    position: { type: String, default: '' },
    departmentIds: { type: [Number], default: [] },
    leaderOf: { type: [Number], default: [] },
    isActive: { type: Boolean, default: true },
  },
  { strict: 'throw' },
);

export type StaffStore = ReturnType<typeof createStaffStore>;

/** The members as of the last synchronisation. */
export function createStaffStore(db: Connection) {
  const model = db.model('Staff', staffSchema, 'staff');
  return {
    find: (staffId: string) => model.findById(staffId).lean<Staff>().exec(),
    all: () => model.find().sort({ _id: 1 }).lean<Staff[]>().exec(),
    async saveAll(members: readonly Staff[]): Promise<void> {
      if (members.length === 0) return;
      const writes = members.map(({ _id, ...fields }) => ({
        updateOne: { filter: { _id }, update: { $set: fields }, upsert: true },
      }));
      await model.bulkWrite(writes, { ordered: false });
    },
    /** Marks everybody else as gone. */
    async keepActiveOnly(staffIds: readonly string[]): Promise<void> {
      await model.updateMany({ _id: { $nin: [...staffIds] }, isActive: true }, { $set: { isActive: false } });
    },
  };
}
