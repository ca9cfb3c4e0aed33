import { onTestFinished } from 'vitest';
import { prepareDatabase } from '../../server/boot/prepare-database.ts';
import { createStores } from '../../server/store/db/create-stores.ts';
import { takeDatabase } from './kept-databases.ts';

/** All shelves over a database of their own, closed at the end of the test; `uri` lets another process join. */
export async function aShelf() {
  const { uri, connection, isPrepared, close } = await takeDatabase();
  onTestFinished(close);
  const stores = createStores(connection);
  if (!isPrepared) await prepareDatabase(connection, { timeZone: 'Asia/Shanghai' });
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
