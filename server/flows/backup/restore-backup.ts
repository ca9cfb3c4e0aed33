import type { BackupParts } from '../../boot/backup-parts.ts';
import {
  BackupError,
  isLeftOut,
  MANIFEST,
  parseManifest,
  type BackupCollection,
  type BackupFile,
  type Manifest,
} from '../../domain/system/backup.ts';

/**
 * Puts a backup back into an empty installation and makes sure that it holds then what the manifest says; one of an earlier version
 * is brought to today's shape after that.
 *
 * @throws {BackupError} the backup is damaged, the installation is not empty, or what was put back differs; nothing is left then
 * @throws {StartError} a newer version wrote it; nothing is left then
 */
export async function restoreBackup(parts: BackupParts): Promise<Manifest> {
  const manifest = await readManifest(parts);
  await checkFiles(parts, manifest);
  await checkEmpty(parts, manifest);
  try {
    for (const collection of manifest.collections) await restoreCollection(parts, collection);
    await parts.prepare();
  } catch (error) {
    for (const name of await parts.database.names()) await parts.database.drop(name);
    throw error;
  }
  for (const { path } of manifest.files) await parts.data.copyFrom(parts.folder.at(path), dataPath({ path }));
  return manifest;
}

/** A file beside the database lies under `files/` in the backup. */
const dataPath = ({ path }: Pick<BackupFile, 'path'>): string => path.replace(/^files\//, '');

async function readManifest({ folder }: BackupParts): Promise<Manifest> {
  const text = await folder.readText(MANIFEST).catch(() => null);
  if (text === null) throw new BackupError(`${folder.root} 里没有 ${MANIFEST}：不是备份，或备份没有完成`);
  return parseManifest(text);
}

async function checkFiles({ folder }: BackupParts, { collections, files }: Manifest): Promise<void> {
  for (const { path, sha256 } of [...collections, ...files]) {
    const found = await folder.summed(path).catch(() => null);
    if (!found) throw new BackupError(`备份缺少文件 ${path}：请用完整的一份`);
    if (found.sha256 !== sha256)
      throw new BackupError(`备份文件 ${path} 与清单不符，已损坏或被改动：请用另一份备份`);
  }
}

async function checkEmpty({ database, data }: BackupParts, { files }: Manifest): Promise<void> {
  const filled = await database.firstFilled();
  if (filled) {
    throw new BackupError(
      `数据库里已有数据（${filled}）：只能恢复到空的安装。请换一个空的 DATA_DIR 或空的数据库（MONGODB_URI）再试`,
    );
  }
  for (const file of files.filter((each) => !isLeftOut(each.path))) {
    const path = dataPath(file);
    const there = (await data.isThere(path)) ? await data.summed(path) : null;
    if (there && there.sha256 !== file.sha256)
      throw new BackupError(`${data.at(path)} 已存在且内容不同：请先移走它，或换一个空的 DATA_DIR`);
  }
}

async function restoreCollection(parts: BackupParts, collection: BackupCollection): Promise<void> {
  const { folder, database, sumOf } = parts;
  const { name, path, documents, sha256 } = collection;
  await database.fill(name, documentsIn(folder.parts(path)));
  const found = await database.atOneMoment(false, (read) => sumOf(read(name)));
  if (found.count !== documents || found.sha256 !== sha256)
    throw new BackupError(`恢复后 ${name} 与备份不一致（${found.count} 条，应为 ${documents} 条），已撤销`);
}

const HEAD_BYTES = 4;

/** The documents of a file: each begins with its length, four bytes with the lowest first. */
async function* documentsIn(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest = new Uint8Array(0);
  for await (const part of parts) {
    rest = joined(rest, part);
    for (let size = sizeOf(rest); size !== null && rest.length >= size; size = sizeOf(rest)) {
      yield rest.subarray(0, size);
      rest = rest.subarray(size);
    }
  }
  if (rest.length > 0) throw new BackupError('备份文件在一条记录中间断了');
}

const sizeOf = (bytes: Uint8Array): number | null =>
  bytes.length < HEAD_BYTES ? null : new DataView(bytes.buffer, bytes.byteOffset).getInt32(0, true);

function joined(left: Uint8Array, right: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(left.length + right.length);
  both.set(left);
  both.set(right, left.length);
  return both;
}
