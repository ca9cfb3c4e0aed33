import { openDatabase, type OpenedDatabase } from '../../server/boot/open-database.ts';
import { aDatabase, databaseAt, emptyDatabase, noteWrites } from './a-database.ts';

/** An empty database of the shared server; closing it gives it back, for the next who asks. */
export type KeptDatabase = OpenedDatabase & { uri: string };

/** Of these the longest unused is given first: what a test has left running may still write to the newest. */
const unused: KeptDatabase[] = [];
/** So many rest before the first of them is given again. */
const RESTING = 3;

/**
 * An open database that nobody else uses. Models and indexes of all shelves cost more than most tests: they are made once, and a
 * database that was given back is emptied and given again, unless a test has changed more of it than documents.
 */
export async function takeDatabase(): Promise<KeptDatabase> {
  while (unused.length >= RESTING) {
    const kept = unused.shift();
    if (!kept) break;
    if (await isAsNew(kept)) return { ...kept, isPrepared: true, close: giveBackOnce(kept) };
    await remove(kept);
  }
  const kept = await newDatabase();
  return { ...kept, close: giveBackOnce(kept) };
}

async function newDatabase(): Promise<KeptDatabase> {
  const { uri } = aDatabase();
  const url = new URL(uri);
  url.searchParams.set('monitorCommands', 'true');
  const opened = await openDatabase({ uri: url.href, dir: '', mode: 'own' });
  noteWrites(opened.connection.getClient());
  return { ...opened, uri };
}

/** Given back twice, it would be given to two at once. */
function giveBackOnce(kept: KeptDatabase): () => Promise<void> {
  let given: Promise<void> | null = null;
  return () => (given ??= giveBack(kept));
}

async function giveBack(kept: KeptDatabase): Promise<void> {
  kept.connection.set('debug', false);
  await emptyDatabase(kept.uri);
  unused.push(kept);
}

/** Whether it is connected, has one document, which notes its version, and as many indexes as its shelves name besides those of ids. */
async function isAsNew({ connection, uri }: KeptDatabase): Promise<boolean> {
  if (connection.readyState !== 1) return false;
  const { objects, indexes, collections } = await databaseAt(uri).stats();
  const named = Object.values(connection.models).flatMap(({ schema }) => schema.indexes());
  return objects === 1 && Number(indexes) - Number(collections) === named.length;
}

async function remove({ uri, close }: KeptDatabase): Promise<void> {
  await close();
  await databaseAt(uri).dropDatabase();
}
