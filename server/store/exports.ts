import type { Connection } from 'mongoose';

/** Where the rows of a file stand, if not on a shelf of the same name. */
export const COLLECTIONS: Readonly<Record<string, string>> = {
  payments: 'contracts',
  'follow-ups': 'followups',
};

/** A kept thing, whatever it is. */
type Kept = { _id: string | number; accountId?: string | null };

/** Whole shelves as they are kept, read by cursor in the order of their ids. */
export const createExportStore = (db: Connection) => ({
  rows: (kind: string): AsyncIterable<Kept> =>
    db
      .collection<Kept>(COLLECTIONS[kind] ?? kind)
      .find({}, { batchSize: 1000 })
      .sort({ _id: 1 }),
});
