import { createConnection } from 'mongoose';
import { onTestFinished } from 'vitest';
import { buildIndexes, createStores } from '../../server/store/db/create-stores.ts';
import { aDatabase } from './a-database.ts';

/** All shelves over a database of their own, closed at the end of the test; `uri` lets another process join. */
export async function aShelf() {
  const { uri, drop } = aDatabase();
  const connection = await createConnection(uri, { autoIndex: false }).asPromise();
  onTestFinished(async () => {
    await connection.destroy();
    await drop();
  });
  const stores = createStores(connection);
  await buildIndexes(connection);
  return { ...stores, connection, uri };
}

/** A program that opens the shelves at `uri`, does `work` with `stores`, and dies without a word. */
export const dyingProgram = (uri: string, work: string) => `
  import { createConnection } from 'mongoose';
  import { createStores } from './server/store/db/create-stores.ts';
  const stores = createStores(await createConnection(${JSON.stringify(uri)}, { autoIndex: false }).asPromise());
  ${work}
  process.kill(process.pid, 'SIGKILL');
`;
