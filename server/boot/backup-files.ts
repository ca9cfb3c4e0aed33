import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, copyFile, mkdir, open, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { BackupFile } from '../domain/system/backup.ts';

/** The folder of a backup, or that of an installation's data: files for this user alone, folders too. */
export type BackupFolder = ReturnType<typeof openFolder>;

const PRIVATE = { folder: 0o700, file: 0o600 };

/** What can be done in one folder; paths are within it, with `/` between their parts. */
export function openFolder(root: string) {
  const at = (path: string) => join(root, ...path.split('/'));
  return {
    root,
    at,
    ...reading(root, at),
    async make(): Promise<void> {
      await mkdir(root, { recursive: true, mode: PRIVATE.folder });
      await chmod(root, PRIVATE.folder);
    },
    async writeText(path: string, text: string): Promise<void> {
      await makeFolderOf(at(path));
      await writeFile(at(path), text, { mode: PRIVATE.file });
    },
    /** Writes parts one behind the other and tells what there is then. */
    async writeParts(
      path: string,
      parts: AsyncIterable<Uint8Array>,
    ): Promise<BackupFile & { count: number }> {
      await makeFolderOf(at(path));
      return { path, ...(await writeSummed(at(path), parts)) };
    },
    async copyFrom(other: string, path: string): Promise<BackupFile> {
      await makeFolderOf(at(path));
      await copyFile(other, at(path));
      await chmod(at(path), PRIVATE.file);
      return summed(at, path);
    },
  };
}

type At = (path: string) => string;

const makeFolderOf = (file: string) => mkdir(dirname(file), { recursive: true, mode: PRIVATE.folder });

const reading = (root: string, at: At) => ({
  /** All regular files, in order; none when there is no folder. */
  async list(): Promise<string[]> {
    const found = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
    const paths = found.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
    return paths.map((path) => relative(root, path).split(sep).join('/')).sort();
  },
  readText: (path: string): Promise<string> => readFile(at(path), 'utf8'),
  /** @throws when there is no such file */
  summed: (path: string): Promise<BackupFile> => summed(at, path),
  isThere: (path: string): Promise<boolean> =>
    stat(at(path)).then(
      () => true,
      () => false,
    ),
  parts: (path: string): AsyncIterable<Buffer> => createReadStream(at(path), { highWaterMark: 1 << 20 }),
});

async function summed(at: At, path: string): Promise<BackupFile> {
  const { bytes, sha256 } = await sumOf(createReadStream(at(path)));
  return { path, bytes, sha256 };
}

async function writeSummed(path: string, parts: AsyncIterable<Uint8Array>) {
  const file = await open(path, 'w', PRIVATE.file);
  const sum = createSum();
  try {
    for await (const part of parts) {
      await file.write(part);
      sum.add(part);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return sum.result();
}

/** Bytes and hash of parts that come one after the other. */
function createSum() {
  const hash = createHash('sha256');
  let [bytes, count] = [0, 0];
  return {
    add(part: Uint8Array): void {
      hash.update(part);
      bytes += part.length;
      count += 1;
    },
    result: () => ({ bytes, count, sha256: hash.digest('hex') }),
  };
}

/** Bytes, hash and number of parts. */
export async function sumOf(parts: AsyncIterable<Uint8Array>) {
  const sum = createSum();
  for await (const part of parts) sum.add(part);
  return sum.result();
}
