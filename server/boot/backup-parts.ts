import type { BackupFolder } from './backup-files.ts';
import type { BackupShelf } from '../store/backup.ts';

/** What a backup is made of and put back into. */
export type BackupParts = {
  folder: BackupFolder;
  /** What the installation keeps beside its database. */
  data: BackupFolder;
  database: BackupShelf;
  /** Runs `work` on LMDB's own copy of the embedded database, which goes away then. */
  withCopy: <Result>(work: (copy: BackupShelf) => Promise<Result>) => Promise<Result>;
  /** Makes what was put back fit for this version. @throws {StartError} a newer version wrote it */
  prepare: () => Promise<void>;
  /** Bytes, hash and number of documents. */
  sumOf: (parts: AsyncIterable<Uint8Array>) => Promise<{ bytes: number; count: number; sha256: string }>;
  now: () => Date;
};
