import { randomBytes } from 'node:crypto';
import { createConnection } from 'mongoose';

/** The server that tests share: the one that `TEST_MONGODB_URI` names, else the embedded one that global-setup started. */
const SERVER = 'GENJIN_TEST_SERVER';

/** Keeps where the shared server is, for the processes that run the tests. */
export const shareServer = (uri: string) => void (process.env[SERVER] = uri);

/** A new database on the shared server; `drop` removes it with everything in it. */
export function aDatabase(): { uri: string; drop: () => Promise<void> } {
  const server = process.env['TEST_MONGODB_URI'] ?? process.env[SERVER];
  if (!server) throw new Error('global-setup.ts has started no database');
  const url = new URL(server);
  url.pathname = `/genjin_test_${randomBytes(6).toString('hex')}`;
  const drop = async () => {
    const connection = await createConnection(url.href).asPromise();
    await connection.dropDatabase();
    await connection.destroy();
  };
  return { uri: url.href, drop };
}
