import { open } from 'lmdb';

/** Virtual address space to start with; LMDB grows it when the file does. */
const MAP_BYTES = 4 * 1024 ** 3;

/** Keys from `low` up to but without `high`, in byte order. */
export type KeyRange = { readonly low: Buffer; readonly high: Buffer; readonly isReverse: boolean };

/** A key and its value. Both are copies and may be kept. */
export type Entry = { readonly key: Buffer; readonly value: Buffer };

const bounds = ({ low, high, isReverse }: KeyRange, limit: number) =>
  isReverse
    ? { start: high, exclusiveStart: true, end: low, inclusiveEnd: true, reverse: true, limit }
    : { start: low, end: high, limit };

const OPTIONS = {
  encoding: 'binary',
  keyEncoding: 'binary',
  overlappingSync: false,
  mapSize: MAP_BYTES,
  noSubdir: false, // a dot in the directory's name would be taken for a file's ending
} as const;

/** Sorted keys and values on disk. Writes are allowed within `transact` only. */
export type Store = ReturnType<typeof openStore>;

/**
 * Opens the LMDB file in `dir`.
 *
 * A commit is LMDB's own: data pages are synced before the page that makes them visible, so a crash at any time leaves
 * the last committed state. (Its `overlappingSync`, which answers before the sync, is off.)
 */
export function openStore(dir: string) {
  const db = open<Buffer, Buffer>({ path: dir, ...OPTIONS });
  let changes = 0;
  return {
    /** A number that grows with every write: what was read at the same number is as it was. */
    changes: (): number => changes,
    /** The value as a view that the next read overwrites. */
    peek(key: Buffer): Buffer | undefined {
      const value = db.getBinaryFast(key);
      return value?.subarray(0, value.length);
    },
    entries: (range: KeyRange, limit: number): Entry[] => [...db.getRange(bounds(range, limit))],
    keys: (range: KeyRange, limit: number): Buffer[] => [...db.getKeys(bounds(range, limit))],
    put(key: Buffer, value: Buffer): void {
      changes += 1;
      db.putSync(key, value);
    },
    remove(key: Buffer): boolean {
      changes += 1;
      return db.removeSync(key);
    },
    /** Runs `work` and commits to disk before it returns; nothing is kept if it throws. */
    transact: <Result>(work: () => Result): Result => db.transactionSync(work),
    /** Runs `work` within a transaction so that it alone can be undone. */
    nested<Result>(work: () => Result): Result {
      let result: { value: Result } | undefined;
      void db.childTransaction(() => {
        result = { value: work() };
      });
      if (!result) throw new Error('the nested transaction did not run');
      return result.value;
    },
    /** LMDB's own copy of the files into a folder that is there: of one moment, while others read and write. */
    copyTo: (dir: string): Promise<void> => db.backup(dir, true),
    /** Bytes of the file that are in use or were once. */
    stats: () => db.getStats(),
    close: (): Promise<void> => db.close(),
  };
}
