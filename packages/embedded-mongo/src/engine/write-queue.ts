import { CommandError } from '../errors.ts';
import type { Catalog } from '../storage/catalog.ts';
import type { Store } from '../storage/store.ts';
import { Slices } from './pause.ts';

/** So long writes may hold the thread at once; what they share is one sync to disk. */
const SLICE_MS = 20;

/** A write that may rest where it yields: what it did so far is then kept, others have their turn, and it goes on later. */
export type Steps<Result> = Generator<void, Result>;

type Measure = Pick<Slices, 'begin' | 'isOver'>;

/** Why a write did nothing more, or null. */
type Outcome = Error | null;
/** `isAlone`: no other write runs between its steps. */
type Job = {
  readonly step: () => boolean;
  readonly isAlone: boolean;
  readonly settle: (outcome: Outcome) => void;
};
type Ended = { readonly job: Job; readonly outcome: Outcome };

/**
 * Collects writes into LMDB transactions, each of one turn of the event loop, so that they share one sync to disk.
 *
 * Each step of a write is all or nothing: it runs nested and is undone alone if it fails. Nobody gets an answer before the
 * transaction of its last step is on disk.
 */
export class WriteQueue {
  private readonly store: Store;
  private readonly catalog: Catalog;
  private readonly slices: Measure;
  private waiting: Job[] = [];
  /** Has begun and lets nobody between. */
  private alone: Job | null = null;
  private isScheduled = false;
  private isClosed = false;

  constructor(store: Store, catalog: Catalog, slices: Measure = new Slices(SLICE_MS)) {
    this.store = store;
    this.catalog = catalog;
    this.slices = slices;
  }

  /** Queues a write; the promise is settled after it is on disk, or with the reason why it did nothing. */
  submit<Result>(work: () => Result): Promise<Result> {
    // oxlint-disable-next-line require-yield -- it never rests
    return this.submitSteps(function* once(): Steps<Result> {
      return work();
    });
  }

  /** Queues a write that may rest; when it fails, its earlier steps stay. `isAlone`: other writes wait for all of it. */
  submitSteps<Result>(begin: () => Steps<Result>, { isAlone = false } = {}): Promise<Result> {
    return new Promise((resolve, reject) => {
      let steps: Steps<Result> | undefined;
      let result: Result;
      this.waiting.push({
        isAlone,
        step() {
          steps ??= begin();
          const { done, value } = steps.next();
          if (done) result = value;
          return done === true;
        },
        settle: (error) => (error === null ? resolve(result) : reject(error)),
      });
      this.schedule();
    });
  }

  /** Whether a write has to rest. */
  isOver(): boolean {
    return this.slices.isOver();
  }

  /** Refuses what has not ended yet: the store is about to close. */
  close(): void {
    this.isClosed = true;
    this.flush();
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      this.flush();
    });
  }

  private flush(): void {
    const { alone, isClosed } = this;
    this.alone = null;
    const jobs = alone && !isClosed ? [alone] : [...(alone ? [alone] : []), ...this.waiting.splice(0)];
    const ended = isClosed ? refused(jobs) : this.turn(jobs);
    if (this.waiting.length > 0 || this.alone) this.schedule();
    for (const { job, outcome } of ended) job.settle(outcome);
  }

  /** One transaction of as many jobs as fit a slice; those that did not come to their end wait on. */
  private turn(jobs: Job[]): Ended[] {
    const ended: Ended[] = [];
    let paused = null as Job | null;
    let begun = 0;
    this.slices.begin();
    try {
      this.store.transact(() => {
        for (const job of jobs) {
          begun += 1;
          const outcome = this.runOne(job);
          if (outcome === 'paused') paused = job;
          else ended.push({ job, outcome });
          if (paused || this.isOver()) break;
        }
      });
    } catch (error) {
      this.catalog.reload();
      const outcome = diskFailure(error);
      return jobs.map((job) => ({ job, outcome }));
    }
    this.alone = paused?.isAlone ? paused : null;
    this.waiting.push(...jobs.slice(begun), ...(paused && !this.alone ? [paused] : []));
    return ended;
  }

  private runOne(job: Job): Outcome | 'paused' {
    try {
      return this.store.nested(() => {
        const isDone = job.step();
        this.catalog.saveCounts();
        return isDone ? null : 'paused';
      });
    } catch (error) {
      this.catalog.undo();
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}

const refused = (jobs: Job[]): Ended[] =>
  jobs.map((job) => ({
    job,
    outcome: new CommandError(91, 'The server is in quiesce mode and will shut down'),
  }));

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
