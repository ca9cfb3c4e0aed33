import { randomBytes } from 'node:crypto';
import { mongo } from 'mongoose';

/** The server that tests share: the one that `TEST_MONGODB_URI` names, else the embedded one that global-setup started. */
const SERVER = 'GENJIN_TEST_SERVER';
/** Stands in the name of every database of one run, so that its end removes them and nobody else's. */
const RUN = 'GENJIN_TEST_RUN';

/** One client for what is done to databases as a whole, for as long as this process runs tests. */
let client: mongo.MongoClient | null = null;

/** The collections that were written to, by database, since they were last emptied. */
const written = new Map<string, Set<string>>();

/** Says to which version a database was brought; stays with its indexes. */
const NOTES = 'migrations';

/** Commands that put something into a collection. */
const WRITES = ['insert', 'update', 'findAndModify'];

/** Keeps where the shared server is, for the processes that run the tests. */
export function shareServer(uri: string): void {
  process.env[SERVER] = uri;
  process.env[RUN] = randomBytes(4).toString('hex');
}

/** Removes every database of this run. */
export async function dropDatabases(): Promise<void> {
  const admin = new mongo.MongoClient(serverUrl().href);
  const { databases } = await admin.db().admin().listDatabases({ nameOnly: true });
  for (const { name } of databases) if (name.startsWith(prefix())) await admin.db(name).dropDatabase();
  await admin.close();
}

/** A new database on the shared server; `drop` removes it with everything in it. */
export function aDatabase(): { uri: string; drop: () => Promise<void> } {
  const url = serverUrl();
  url.pathname = `/${prefix()}${randomBytes(6).toString('hex')}`;
  const drop = async () => void (await databaseAt(url.href).dropDatabase());
  return { uri: url.href, drop };
}

/** The database that a URI of `aDatabase` names, without any of the product's code in between. */
export function databaseAt(uri: string): mongo.Db {
  client ??= noteWrites(new mongo.MongoClient(serverUrl().href, { monitorCommands: true }));
  return client.db(nameIn(uri));
}

/** Notes what a client, which has to monitor its commands, writes to; see `emptyDatabase`. */
export function noteWrites(from: mongo.MongoClient): mongo.MongoClient {
  return from.on('commandStarted', ({ databaseName, commandName, command }) => {
    if (!WRITES.includes(commandName) || command[commandName] === NOTES) return;
    const names = written.get(databaseName) ?? new Set();
    written.set(databaseName, names.add(String(command[commandName])));
  });
}

/** Removes all documents that noted clients have put into a database; its indexes stay, and the note of its version. */
export async function emptyDatabase(uri: string): Promise<void> {
  const db = databaseAt(uri);
  const names = [...(written.get(nameIn(uri)) ?? [])];
  written.delete(nameIn(uri));
  await Promise.all(names.map((name) => db.collection(name).deleteMany({})));
}

const nameIn = (uri: string): string => new URL(uri).pathname.slice(1);

const prefix = (): string => `genjin_test_${process.env[RUN] ?? 'alone'}_`;

function serverUrl(): URL {
  const server = process.env['TEST_MONGODB_URI'] ?? process.env[SERVER];
  if (!server) throw new Error('global-setup.ts has started no database');
  return new URL(server);
}
