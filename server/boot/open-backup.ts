import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openFolder, sumOf } from './backup-files.ts';
import type { BackupParts } from './backup-parts.ts';
import type { Config } from './config.ts';
import { dataDirOf } from './data-dir.ts';
import { openDatabase } from './open-database.ts';
import { prepareDatabase } from './prepare-database.ts';
import { createBackupShelf, type BackupShelf } from '../store/backup.ts';
import { createStores } from '../store/db/create-stores.ts';

/** Opens what a backup needs, beside a running server or alone; nothing is written by that. */
export async function openBackup(
  config: Config,
  folder: string,
): Promise<{ parts: BackupParts; close: () => Promise<void> }> {
  const data = resolve(dataDirOf(config));
  const { connection, close } = await openDatabase({
    uri: config.MONGODB_URI,
    dir: data,
    mode: 'join-or-own',
  });
  const root = resolve(folder);
  const database = createBackupShelf(connection);
  const parts: BackupParts = {
    folder: openFolder(root),
    data: openFolder(data),
    database,
    async withCopy(work) {
      const dir = join(root, `.snapshot-${randomBytes(4).toString('hex')}`);
      await mkdir(dir, { recursive: true, mode: 0o700 });
      try {
        await database.copyFiles(dir);
        return await onCopy({ dir, name: connection.name }, work);
      } finally {
        await rm(dir, { recursive: true, force: true });
      }
    },
    async prepare() {
      createStores(connection);
      await prepareDatabase(connection, { timeZone: config.APP_TIMEZONE });
    },
    sumOf,
    now: () => new Date(),
  };
  return { parts, close };
}

type Copy = { readonly dir: string; readonly name: string };

async function onCopy<Result>(
  { dir, name }: Copy,
  work: (copy: BackupShelf) => Promise<Result>,
): Promise<Result> {
  const copy = await openDatabase({ dir, mode: 'own' });
  return work(createBackupShelf(copy.connection, name)).finally(copy.close);
}
