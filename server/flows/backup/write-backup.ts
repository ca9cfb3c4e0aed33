import {
  BACKUP_FORMAT,
  BackupError,
  collectionPath,
  isLeftOut,
  MANIFEST,
  type BackupCollection,
  type BackupFile,
  type Manifest,
} from '../../domain/system/backup.ts';
import type { BackupParts } from '../../boot/backup-parts.ts';

/**
 * Writes everything that is kept into an empty folder: every document as it is, and the files beside the database, secrets
 * included. The manifest comes last.
 *
 * @throws {BackupError} the folder is not empty, or the database cannot be read at one moment while it is in use
 */
export async function writeBackup(
  parts: BackupParts,
  { isOffline }: { isOffline: boolean },
): Promise<Manifest> {
  const { folder, data, now } = parts;
  if ((await folder.list()).length > 0)
    throw new BackupError(`${folder.root} 里已有文件：请换一个空文件夹，旧备份不会被覆盖`);
  await folder.make();
  const madeAt = now().toISOString();
  const { source, collections } = await writeCollections(parts, isOffline);
  const files: BackupFile[] = [];
  for (const path of (await data.list()).filter((each) => !isLeftOut(each) && !isWithin(parts, each)))
    files.push(await folder.copyFrom(data.at(path), `files/${path}`));
  const manifest: Manifest = { format: BACKUP_FORMAT, madeAt, source, collections, files };
  await folder.writeText(MANIFEST, JSON.stringify(manifest, null, 2));
  return manifest;
}

/** Whether a file of the data lies in the backup's folder, which may have been put there. */
const isWithin = ({ folder, data }: BackupParts, path: string): boolean =>
  data.at(path).startsWith(`${folder.root}/`);

async function writeCollections(parts: BackupParts, isOffline: boolean) {
  const source = await parts.database.kind();
  if (source === 'embedded')
    return { source, collections: await parts.withCopy((copy) => dump(parts, copy, false)) };
  if (source === 'standalone' && !isOffline) {
    throw new BackupError(
      '这台 MongoDB 不是副本集，运行中无法取得同一时刻的数据：请停止所有 Genjin 进程后加 --offline 再试，或改成单节点副本集',
    );
  }
  return { source, collections: await dump(parts, parts.database, source === 'replica-set') };
}

async function dump(
  { folder }: BackupParts,
  database: BackupParts['database'],
  isSnapshot: boolean,
): Promise<BackupCollection[]> {
  const names = await database.names();
  return database.atOneMoment(isSnapshot, async (read) => {
    const collections: BackupCollection[] = [];
    for (const name of names) {
      const { count, ...file } = await folder.writeParts(collectionPath(name), read(name));
      collections.push({ name, documents: count, ...file });
    }
    return collections;
  });
}
