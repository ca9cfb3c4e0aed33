import { CommandError } from '../errors.ts';
import type { Catalog } from '../storage/catalog.ts';
import type { Store } from '../storage/store.ts';

/** Runs writes; see `createWriteQueue`. */
export type WriteQueue = ReturnType<typeof createWriteQueue>;

type Outcome = { readonly value: unknown } | { readonly error: unknown };
type Job = { readonly work: () => unknown; readonly settle: (outcome: Outcome) => void };

/**
 * Collects the writes of one turn of the event loop into one LMDB transaction, so that they share one sync to disk.
 *
 * Each write is still all or nothing: it runs nested and is undone alone if it fails. Nobody gets an answer before the
 * shared transaction is on disk.
 */
export function createWriteQueue(store: Store, catalog: Catalog) {
  let waiting: Job[] = [];
  let isScheduled = false;

  function runOne(job: Job): Outcome {
    try {
      const work = (): unknown => {
        const value = job.work();
        catalog.saveCounts();
        return value;
      };
      return { value: store.nested(work) };
    } catch (error) {
      catalog.undo();
      return { error };
    }
  }

  function flush(): void {
    isScheduled = false;
    const jobs = waiting;
    waiting = [];
    let outcomes: Outcome[];
    try {
      outcomes = store.transact(() => jobs.map(runOne));
    } catch (error) {
      catalog.reload();
      const failure = new CommandError(1, `the embedded database could not write to disk: ${String(error)}`);
      outcomes = jobs.map(() => ({ error: failure }));
    }
    for (const [at, job] of jobs.entries())
      job.settle(outcomes[at] ?? { error: new CommandError(1, 'lost') });
  }

  return {
    /** Queues a write; the promise is settled after it is on disk, or with the reason why it did nothing. */
    submit<Result>(work: () => Result): Promise<Result> {
      return new Promise((resolve, reject) => {
        let result: { value: Result } | null = null;
        const settle = (outcome: Outcome): void => {
          if ('error' in outcome) reject(outcome.error);
          else if (result) resolve(result.value);
        };
        const run = (): void => {
          result = { value: work() };
        };
        waiting.push({ work: run, settle });
        if (!isScheduled) {
          isScheduled = true;
          setImmediate(flush);
        }
      });
    },
    get isIdle(): boolean {
      return waiting.length === 0;
    },
  };
}
