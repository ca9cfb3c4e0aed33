import type { Connection } from 'mongoose';
import { StartError } from './start-error.ts';
import { buildIndexes } from '../store/db/create-stores.ts';
import { createMigrations } from '../store/db/migrate.ts';

/**
 * Makes a database fit for this version once its shelves are set up: indexes first, for what an earlier version kept is mended by
 * them, then migrations.
 *
 * @throws {StartError} a newer version wrote it; nothing was changed
 */
export async function prepareDatabase(db: Connection, place: { timeZone: string }): Promise<void> {
  const migrations = createMigrations(db);
  const reached = await migrations.reached();
  if (reached > migrations.newest)
    throw new StartError(
      `the data was written by a newer version of Genjin: it is at migration ${reached}, and this version knows ${migrations.newest}. Start the newer version again, or restore the backup from before the upgrade into an empty DATA_DIR or database.`,
    );
  await buildIndexes(db);
  await migrations.carryOut(place);
}
