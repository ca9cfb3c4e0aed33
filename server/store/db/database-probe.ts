import type { Connection } from 'mongoose';

export type DatabaseProbe = ReturnType<typeof createDatabaseProbe>;

const PROBES = 'doctor_probes';

/** Looks at the database of a connection whose shelves are set up; changes nothing that stays. */
export function createDatabaseProbe(db: Connection) {
  return {
    /** The server's version, e.g. 7.0.14. */
    async version(): Promise<string> {
      const { version } = await db.getClient().db().admin().command({ buildInfo: 1 });
      return String(version);
    },
    ping: async (): Promise<void> => void (await db.getClient().db().admin().ping()),
    /** True before the very first start. */
    isNew: async (): Promise<boolean> => (await db.listCollections()).every(({ name }) => name === PROBES),
    /** Indexes that the shelves name and the database lacks, as `collection(field, field)`. */
    async missingIndexes(): Promise<string[]> {
      const missing: string[] = [];
      for (const model of Object.values(db.models)) {
        const { toCreate } = await model.diffIndexes();
        const keys = toCreate as Record<string, unknown>[];
        missing.push(
          ...keys.map((key) => `${model.collection.collectionName}(${Object.keys(key).join(', ')})`),
        );
      }
      return missing;
    },
    /** Writes, reads and removes one document; `false` when another came back. */
    async roundTrip(at: Date): Promise<boolean> {
      const shelf = db.collection<{ at: Date }>(PROBES);
      const { insertedId } = await shelf.insertOne({ at });
      const found = await shelf.findOne({ _id: insertedId });
      const { deletedCount } = await shelf.deleteOne({ _id: insertedId });
      return found?.at.getTime() === at.getTime() && deletedCount === 1;
    },
  };
}
