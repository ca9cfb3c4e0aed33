import { CommandError } from '../errors.ts';
import type { Catalog } from '../storage/catalog.ts';
import type { Store } from '../storage/store.ts';

/** Why a write did nothing, or null. */
type Outcome = Error | null;
type Job = { readonly work: () => void; readonly settle: (outcome: Outcome) => void };

/**
 * Collects the writes of one turn of the event loop into one LMDB transaction, so that they share one sync to disk.
 *
 * Each write is still all or nothing: it runs nested and is undone alone if it fails. Nobody gets an answer before the
 * shared transaction is on disk.
 */
export class WriteQueue {
  private readonly store: Store;
  private readonly catalog: Catalog;
  private waiting: Job[] = [];

  constructor(store: Store, catalog: Catalog) {
    this.store = store;
    this.catalog = catalog;
  }

  /** Queues a write; the promise is settled after it is on disk, or with the reason why it did nothing. */
  submit<Result>(work: () => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.waiting.length === 0) setImmediate(() => this.flush());
      let result: Result;
      this.waiting.push({
        work: () => {
          result = work();
        },
        settle: (error) => (error === null ? resolve(result) : reject(error)),
      });
    });
  }

  private flush(): void {
    const jobs = this.waiting;
    this.waiting = [];
    let outcomes: Outcome[];
    try {
      outcomes = this.store.transact(() => jobs.map((job) => this.runOne(job)));
    } catch (error) {
      this.catalog.reload();
      const failure = diskFailure(error);
      outcomes = jobs.map(() => failure);
    }
    for (const [at, { settle }] of jobs.entries()) settle(outcomes[at] ?? null);
  }

  private runOne(job: Job): Outcome {
    try {
      this.store.nested(() => {
        job.work();
        this.catalog.saveCounts();
      });
      return null;
    } catch (error) {
      this.catalog.undo();
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}

const DISK_FULL = /ENOSPC|EDQUOT|No space left|quota exceeded|MDB_MAP_FULL/i;

/** Why nothing of the writes was kept. */
function diskFailure(error: unknown): CommandError {
  const why =
    error instanceof Error && 'code' in error ? `${error.message} (${String(error.code)})` : String(error);
  if (!DISK_FULL.test(why))
    return new CommandError(1, `the embedded database could not write to disk: ${why}`);
  const message = `the disk of DATA_DIR is full, so that nothing of this write was kept: make room on it, then try again. ${why}`;
  return new CommandError(14031, message);
}
