import { Schema, type Connection } from 'mongoose';

/** To whom a database belongs, as its first start has told. */
export type CorpMark = { _id: 'corp'; corpId: string; isSandbox: boolean; since: Date };

const SHELF = 'corp_marks';

const markSchema = new Schema<CorpMark>(
  {
    _id: { type: String, required: true },
    corpId: { type: String, required: true },
    isSandbox: { type: Boolean, required: true },
    since: { type: Date, required: true },
  },
  { collection: SHELF, strict: 'throw' },
);

/** What a look at a database may leave behind. */
const NO_DATA = new Set([SHELF, 'doctor_probes', 'locks', 'migrations', 'runs']);

/** Whose database it is. Told once, and never changed. */
export function createCorpMarkStore(db: Connection) {
  const model = db.model('CorpMark', markSchema);
  const find = () => model.findById('corp').lean<CorpMark>().exec();
  return {
    find,
    /** Marks the database, unless it is marked already. @returns the mark that is there now */
    async keep(mark: Omit<CorpMark, '_id'>): Promise<CorpMark> {
      await model.updateOne({ _id: 'corp' }, { $setOnInsert: mark }, { upsert: true });
      return model.findById('corp').orFail().lean<CorpMark>().exec();
    },
    /** True when something is kept here. */
    async hasData(): Promise<boolean> {
      const shelves = (await db.listCollections())
        .map(({ name }) => name)
        .filter((name) => !NO_DATA.has(name));
      for (const name of shelves)
        if (await db.collection(name).findOne({}, { projection: { _id: 1 } })) return true;
      return false;
    },
    /** The userids of all members that are kept. */
    async memberIds(): Promise<string[]> {
      const members = await db
        .collection<{ _id: string }>('staff')
        .find({}, { projection: { _id: 1 } })
        .toArray();
      return members.map(({ _id }) => _id);
    },
  };
}
