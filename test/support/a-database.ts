import { randomBytes } from 'node:crypto';
import { mongo } from 'mongoose';

/** The server that tests share: the one that `TEST_MONGODB_URI` names, else the embedded one that global-setup started. */
const SERVER = 'GENJIN_TEST_SERVER';

/** One client for what is done to databases as a whole, for as long as this process runs tests. */
let client: mongo.MongoClient | null = null;

/** Keeps where the shared server is, for the processes that run the tests. */
export const shareServer = (uri: string) => void (process.env[SERVER] = uri);

/** A new database on the shared server; `drop` removes it with everything in it. */
export function aDatabase(): { uri: string; drop: () => Promise<void> } {
  const url = serverUrl();
  url.pathname = `/genjin_test_${randomBytes(6).toString('hex')}`;
  const drop = async () => void (await databaseAt(url.href).dropDatabase());
  return { uri: url.href, drop };
}

/** The database that a URI of `aDatabase` names, without any of the product's code in between. */
export function databaseAt(uri: string): mongo.Db {
  client ??= new mongo.MongoClient(serverUrl().href);
  return client.db(new URL(uri).pathname.slice(1));
}

function serverUrl(): URL {
  const server = process.env['TEST_MONGODB_URI'] ?? process.env[SERVER];
  if (!server) throw new Error('global-setup.ts has started no database');
  return new URL(server);
}
