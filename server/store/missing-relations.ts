import { Schema, type Connection } from 'mongoose';
import { relationId, type RelationKey } from '../domain/sync/relation.ts';
import { memberThen } from './db/references.ts';

/** A relation that was on no page, until it is asked for by name. */
type Missing = RelationKey & { _id: string; runId: string };

const missingSchema = new Schema<Missing>(
  {
    _id: { type: String, required: true },
    runId: { type: String, required: true },
    staffId: { type: String, required: true, refers: memberThen('it is about one run') },
    externalUserId: { type: String, required: true },
  },
  { collection: 'missing', strict: 'throw' },
);
missingSchema.index({ runId: 1, externalUserId: 1 });

const WRITTEN_AT_ONCE = 1000;

export const openMissing = (db: Connection) => db.model('Missing', missingSchema);

/** What a run did not find. Every write may be repeated. */
export const missingKeys = (missing: ReturnType<typeof openMissing>) => ({
  /** Keeps relations that were on no page; those that are kept already stay. */
  async keepMissing(runId: string, keys: Iterable<RelationKey> | AsyncIterable<RelationKey>): Promise<void> {
    let waiting: ReturnType<typeof missingWrite>[] = [];
    for await (const key of keys) {
      waiting.push(missingWrite(runId, key));
      if (waiting.length < WRITTEN_AT_ONCE) continue;
      await missing.bulkWrite(waiting, { ordered: false });
      waiting = [];
    }
    if (waiting.length > 0) await missing.bulkWrite(waiting, { ordered: false });
  },
  countMissing: (runId: string) => missing.countDocuments({ runId }),
  /** Every missing relation, those of one contact beside each other. */
  missing: (runId: string) =>
    missing.find({ runId }).sort({ externalUserId: 1, _id: 1 }).lean<RelationKey>().cursor(),
});

function missingWrite(runId: string, { staffId, externalUserId }: RelationKey) {
  const filter = { _id: relationId({ staffId, externalUserId }) };
  return { updateOne: { filter, update: { $set: { runId, staffId, externalUserId } }, upsert: true } };
}
