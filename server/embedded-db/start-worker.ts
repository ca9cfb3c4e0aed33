import { Worker } from 'node:worker_threads';
import type { FromWorker, ToWorker, WorkerOptions } from './worker-messages.ts';

/** A worker that serves the database. */
export type RunningWorker = {
  readonly failed: Promise<Error>;
  readonly sweep: (now: Date) => Promise<number>;
  /** Resolves when the files are closed and the thread is gone. */
  readonly close: () => Promise<void>;
};

type Waiting = { readonly resolve: (message: FromWorker) => void; readonly reject: (error: Error) => void };

/**
 * Starts the thread and waits until it listens.
 *
 * @throws {Error} with the worker's reason when it cannot.
 */
export async function startWorker(file: string, workerData: WorkerOptions): Promise<RunningWorker> {
  // Loaders of the main thread (tsx) would fail in a worker, and it needs none.
  const worker = new Worker(file, { workerData, execArgv: [], name: 'genjin-embedded-db' });
  const waiting = new Map<FromWorker['kind'], Waiting[]>();
  let isClosing = false;
  let reportFailure: (error: Error) => void = () => undefined;
  const failed = new Promise<Error>((resolve) => {
    reportFailure = resolve;
  });

  const fail = (error: Error): void => {
    for (const { reject } of [...waiting.values()].flat()) reject(error);
    waiting.clear();
    if (!isClosing) reportFailure(error);
  };
  const next = (kind: FromWorker['kind']): Promise<FromWorker> =>
    new Promise((resolve, reject) => waiting.set(kind, [...(waiting.get(kind) ?? []), { resolve, reject }]));

  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'failed') {
      fail(new Error(`The embedded database failed: ${message.message}`));
      return;
    }
    const [first, ...others] = waiting.get(message.kind) ?? [];
    waiting.set(message.kind, others);
    first?.resolve(message);
  });
  worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', (code) => fail(new Error(`The embedded database stopped with code ${code}`)));

  const ask = (message: ToWorker, answer: FromWorker['kind']): Promise<FromWorker> => {
    const answered = next(answer);
    worker.postMessage(message);
    return answered;
  };

  try {
    await next('listening');
  } catch (error) {
    isClosing = true;
    await worker.terminate();
    throw error;
  }
  return {
    failed,
    async sweep(now) {
      const message = await ask({ kind: 'sweep', now }, 'swept');
      return message.kind === 'swept' ? message.removed : 0;
    },
    async close() {
      isClosing = true;
      try {
        await ask({ kind: 'close' }, 'closed');
      } finally {
        await worker.terminate();
      }
    },
  };
}
