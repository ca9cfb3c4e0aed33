import { setTimeout as waitFor } from 'node:timers/promises';
import { Schema, type Connection } from 'mongoose';
import { createCorpMarkStore } from '../corp-mark.ts';
import { createLockStore } from '../locks.ts';
import { ALL_MIGRATIONS } from './migrations/all-migrations.ts';
import type { Migration, Place } from './migrations/migration.ts';

/** A migration that was carried out here, or that a new database had no need of; `_id` is its number. */
type Note = { _id: number; name: string; at: Date };

const noteSchema = new Schema<Note>(
  {
    _id: { type: Number, required: true },
    name: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'migrations', strict: 'throw', versionKey: false },
);

const LOCK = 'migrations';
/** So long until a process that waits for another's migrations looks again. */
const LOOK_AGAIN_MS = 200;

/** Brings what is kept to the shape that the code knows. @param all in the order of their numbers */
export function createMigrations(db: Connection, all: readonly Migration[] = ALL_MIGRATIONS) {
  const model = db.model('Migration', noteSchema);
  const locks = createLockStore(db);
  const marks = createCorpMarkStore(db);
  const last = all.at(-1);
  const newest = last?.number ?? 0;
  const reached = async () => (await model.findOne().sort({ _id: -1 }).lean<Note>().exec())?._id ?? 0;
  const note = ({ number, name }: Migration) =>
    model.updateOne({ _id: number }, { $setOnInsert: { name, at: new Date() } }, { upsert: true });

  const carryOutRest = async (place: Place) => {
    const from = await reached();
    if (last && from === 0 && !(await marks.hasData())) return void (await note(last));
    for (const migration of all.filter(({ number }) => number > from)) {
      await migration.carryOut(db, place);
      await note(migration);
    }
  };

  return {
    /** The highest number that this code knows. */
    newest,
    /** The highest number that the data has reached; 0: none is noted. */
    reached,
    /**
     * Carries out what is missing, each once, in order; a database that holds nothing needs none. Of several processes one does it
     * and the others wait. Repeatable: what was cut short is carried out anew.
     */
    async carryOut(place: Place): Promise<void> {
      while ((await reached()) < newest)
        if (!(await locks.hold(LOCK, () => carryOutRest(place)))) await waitFor(LOOK_AGAIN_MS);
    },
  };
}
