import { Schema, type Connection } from 'mongoose';

/** How the last run of a job went. */
export type Run = {
  _id: string; // the job's name
  startedAt: Date;
  endedAt: Date;
  tally: Record<string, number>;
  error: string | null;
  lastGoodAt: Date | null;
};

const runSchema = new Schema<Run>(
  {
    _id: { type: String, required: true },
    startedAt: { type: Date, required: true },
    endedAt: { type: Date, required: true },
    tally: { type: Schema.Types.Mixed, default: {} },
    error: { type: String, default: null },
    lastGoodAt: { type: Date, default: null },
  },
  { collection: 'runs', strict: 'throw', minimize: false },
);

/** The last run of each job, so that a job that stopped running is seen. */
export function createRunStore(db: Connection) {
  const model = db.model('Run', runSchema);
  return {
    find: (name: string) => model.findById(name).lean<Run>().exec(),
    all: () => model.find().sort({ _id: 1 }).lean<Run[]>().exec(),
    async save({ _id, lastGoodAt, ...fields }: Run): Promise<void> {
      const good = lastGoodAt ? { lastGoodAt } : {};
      await model.updateOne({ _id }, { $set: { ...fields, ...good } }, { upsert: true });
    },
  };
}
