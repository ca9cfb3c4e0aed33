/** A file of a backup: `path` within its folder, `sha256` in hex. */
export type BackupFile = { path: string; bytes: number; sha256: string };

/** A collection of a backup; its file holds the documents as BSON, one behind the other. */
export type BackupCollection = BackupFile & { name: string; documents: number };

/** What a backup holds; written last, so that a folder without it is no backup. */
export type Manifest = {
  format: typeof BACKUP_FORMAT;
  madeAt: string; // ISO 8601, UTC
  source: string; // the kind of database
  collections: BackupCollection[];
  files: BackupFile[]; // secrets and what else lies beside the database
};

export const BACKUP_FORMAT = 'genjin-backup-1';
export const MANIFEST = 'manifest.json';

/** A backup that cannot be made, or cannot be put back; the message says how to mend it. */
export class BackupError extends Error {}

/** @throws {BackupError} the text is no manifest of a backup that this version knows */
export function parseManifest(text: string): Manifest {
  const value = parsed(text);
  if (value?.['format'] !== BACKUP_FORMAT)
    throw new BackupError(`${MANIFEST} 不是本系统的备份清单，或来自更新的版本（需要 ${BACKUP_FORMAT}）`);
  const isWhole = [value['collections'], value['files']].every(
    (list) => Array.isArray(list) && list.every(isFile),
  );
  if (!isWhole) throw new BackupError(`${MANIFEST} 不完整：请用另一份备份`);
  return value as unknown as Manifest;
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** A path may not lead out of the folder. */
const isFile = (value: unknown): value is BackupFile =>
  typeof value === 'object' &&
  value !== null &&
  'path' in value &&
  typeof value.path === 'string' &&
  !value.path.startsWith('/') &&
  !value.path.split(/[/\\]/).includes('..') &&
  'sha256' in value &&
  typeof value.sha256 === 'string';

/** What lies in DATA_DIR and belongs to a running database, or to nobody: not part of a backup. */
export const isLeftOut = (path: string): boolean =>
  /(^|\/)(data\.mdb|lock\.mdb|[^/]*\.sock|[^/]*\.lock|[^/]*\.part|\.snapshot-[^/]*)(\/|$)/.test(path);

/** A file name for a collection of any name. */
export const collectionPath = (name: string): string => `collections/${encodeURIComponent(name)}.bson`;
