import { Schema, type Connection } from 'mongoose';
import type { TagCatalog } from '../domain/tags/tagging.ts';

type Kept = { _id: string; catalog: TagCatalog; readAt: Date };

const tagCatalogSchema = new Schema<Kept>(
  {
    _id: { type: String, required: true },
    catalog: { type: Schema.Types.Mixed, required: true },
    readAt: { type: Date, default: new Date(0) },
  },
  { collection: 'tagcatalog', strict: 'throw', minimize: false },
);

/** Raised when the shape of a catalogue changes; an older one is read afresh from WeCom. */
const EDITION = 'ours-2';

/** Our tags as WeCom last told of them. */
export function createTagCatalogStore(db: Connection) {
  const model = db.model('TagCatalog', tagCatalogSchema);
  const find = () => model.findById(EDITION).lean<Kept>().exec();
  return {
    read: async () => (await find())?.catalog ?? null,
    /** When the reading began whose result is kept; null when there is none. */
    readAt: async () => (await find())?.readAt ?? null,
    async save(catalog: TagCatalog, readAt: Date): Promise<void> {
      await model.updateOne({ _id: EDITION }, { $set: { catalog, readAt } }, { upsert: true });
    },
  };
}
