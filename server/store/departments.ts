import { Schema, type Connection } from 'mongoose';

/** A department; the root has parent 0. */
export type Department = { _id: number; name: string; parentId: number };

const departmentSchema = new Schema<Department>(
  {
    _id: { type: Number, required: true },
    name: { type: String, default: '' },
    parentId: { type: Number, default: 0 },
  },
  { collection: 'departments', strict: 'throw' },
);

/** The department tree as of the last synchronisation. */
export function createDepartmentStore(db: Connection) {
  const model = db.model('Department', departmentSchema);
  return {
    all: () => model.find().sort({ _id: 1 }).lean<Department[]>().exec(),
    async replaceAll(departments: readonly Department[]): Promise<void> {
      const writes = departments.map(({ _id, ...fields }) => ({
        updateOne: { filter: { _id }, update: { $set: fields }, upsert: true },
      }));
      if (writes.length > 0) await model.bulkWrite(writes, { ordered: false });
      await model.deleteMany({ _id: { $nin: departments.map(({ _id }) => _id) } });
    },
  };
}
