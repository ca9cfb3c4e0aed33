import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mongoose';
import { onTestFinished } from 'vitest';
import { openEmbeddedDb } from '../../server/embedded-db/open-embedded-db.ts';
import { buildIndexes, createStores } from '../../server/store/create-stores.ts';

/** All shelves over a database of their own, closed at the end of the test; `uri` lets another process join. */
export async function aShelf() {
  const { uri, end } = await aDatabase();
  const connection = await createConnection(uri, { autoIndex: false }).asPromise();
  onTestFinished(async () => {
    await connection.close();
    await end();
  });
  const stores = createStores(connection);
  await buildIndexes(connection);
  return { ...stores, connection, uri };
}

async function aDatabase(): Promise<{ uri: string; end: () => Promise<void> }> {
  const named = process.env['TEST_MONGODB_URI'];
  if (named) {
    const url = new URL(named);
    url.pathname = `/genjin_test_${randomBytes(6).toString('hex')}`;
    return { uri: url.href, end: async () => undefined };
  }
  const dir = mkdtempSync(join(tmpdir(), 'genjin-shelf-'));
  const embedded = await openEmbeddedDb({ dir, mode: 'own' });
  const end = async () => {
    await embedded.close();
    rmSync(dir, { recursive: true, force: true });
  };
  return { uri: embedded.uri, end };
}

/** A program that opens the shelves at `uri`, does `work` with `stores`, and dies without a word. */
export const dyingProgram = (uri: string, work: string) => `
  import { createConnection } from 'mongoose';
  import { createStores } from './server/store/create-stores.ts';
  const stores = createStores(await createConnection(${JSON.stringify(uri)}, { autoIndex: false }).asPromise());
  ${work}
  process.kill(process.pid, 'SIGKILL');
`;
