import { openEmbeddedDb, type EmbeddedDb } from '@genjin/embedded-mongo';
import { createConnection, type Connection } from 'mongoose';
import { hostsOf } from '../domain/doctor/doctor-settings.ts';
import { StartError, unwritableOr } from './start-error.ts';

/** `uri`: a MongoDB; without one the embedded database in `dir`. `own` refuses one that another process runs. */
export type DatabasePlace = { uri?: string | undefined; dir: string; mode: 'own' | 'join-or-own' };

/** A connection to a database. `announceEnd`: a close is near. `isPrepared`: it is known to be fit for this version. */
export type OpenedDatabase = {
  connection: Connection;
  isPrepared?: boolean;
  announceEnd: () => void;
  close: () => Promise<void>;
};

/** What the embedded database is called in its URI. */
export const DATABASE = 'genjin';

const FIND_SERVER_MS = 5000;
/** A server elsewhere that says nothing for so long is taken for gone, and what waits for it ends. */
const SILENT_SERVER_MS = 10_000;

/**
 * The database that the settings name. A collection is made with its indexes or by what is first put there.
 *
 * @throws {StartError} it cannot be reached or written to
 */
export async function openDatabase({ uri, dir, mode }: DatabasePlace): Promise<OpenedDatabase> {
  const embedded = uri ? null : await openEmbedded(dir, mode);
  void embedded?.failed.then(endWithoutDatabase);
  const connection = createConnection(uri ?? embedded?.uri ?? '', {
    serverSelectionTimeoutMS: FIND_SERVER_MS,
    ...(embedded ? {} : { connectTimeoutMS: SILENT_SERVER_MS }),
    autoIndex: false,
    autoCreate: false,
  });
  const close = async () => {
    await connection.destroy(); // closed alone, mongoose would keep it with all its models
    await embedded?.close();
  };
  await connection.asPromise().catch(async (error: unknown) => {
    await close().catch(() => undefined);
    throw uri ? unreachable(uri, error) : error;
  });
  return { connection, announceEnd: () => embedded?.announceEnd(), close };
}

async function openEmbedded(dir: string, mode: DatabasePlace['mode']): Promise<EmbeddedDb> {
  try {
    return await openEmbeddedDb({ dir, mode, database: DATABASE });
  } catch (error) {
    throw unwritableOr(dir, error);
  }
}

/** MongoDB's codes of a wrong user or password. */
const REFUSED = [18, 13];

function unreachable(uri: string, cause: unknown): StartError {
  const code = Number(cause instanceof Error && 'code' in cause ? cause.code : Number.NaN);
  const why = REFUSED.includes(code)
    ? 'refuses the user or the password'
    : `does not answer (${reasonOf(cause)})`;
  return new StartError(
    `MONGODB_URI: ${hostsOf(uri)} ${why}. Start MongoDB there, or mend address, user and password in MONGODB_URI; without MONGODB_URI the embedded database is used.`,
    { cause },
  );
}

/** The system's word in a driver's message, e.g. ECONNREFUSED; the message itself may hold more than one should tell. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (
    /\bE[A-Z]{4,}(_[A-Z]+)?\b/.exec(text)?.[0] ??
    (/timed? ?out/i.test(text) ? 'no answer in time' : 'unknown reason')
  );
}

/** Nothing can be kept any more: better to be started again than to answer and forget. */
function endWithoutDatabase(error: Error): never {
  process.stderr.write(`The embedded database ended by itself: ${error.message}\n`);
  process.exit(1);
}
