import { Schema, type Connection } from 'mongoose';
import type { TagCatalog } from '../domain/tagging.ts';

const tagCatalogSchema = new Schema<{ _id: string; catalog: TagCatalog }>(
  { _id: { type: String, required: true }, catalog: { type: Schema.Types.Mixed, required: true } },
  { strict: 'throw' },
);

export type TagCatalogStore = ReturnType<typeof createTagCatalogStore>;

/** The ids that WeCom gave to our tags. */
export function createTagCatalogStore(db: Connection) {
  const model = db.model('TagCatalog', tagCatalogSchema, 'tagcatalog');
  return {
    read: async () => (await model.findById('ours').lean<{ catalog: TagCatalog }>().exec())?.catalog ?? null,
    async save(catalog: TagCatalog): Promise<void> {
      await model.updateOne({ _id: 'ours' }, { $set: { catalog } }, { upsert: true });
    },
  };
}
