import { Worker } from 'node:worker_threads';
import type { FromWorker, ToWorker, WorkerOptions } from './worker-messages.ts';

type Waiting = { readonly resolve: (message: FromWorker) => void; readonly reject: (error: Error) => void };

/** Room for short-lived objects, in MB. More is not faster here, and keeps 20 MB more of the process. */
const YOUNG_MB = 8;

/** So long may the thread take to close; then it is left alone, because to end it by force waits for the same thing. */
const CLOSE_MS = 3000;

/** The thread that serves the database, as seen from the thread that opened it. */
export class RunningWorker {
  /** Settles with the reason if the thread stops without having been closed. */
  readonly failed: Promise<Error>;
  private readonly worker: Worker;
  private waiting: Waiting[] = [];
  private isClosing = false;

  /** Starts the thread; `listening` says when it serves. */
  constructor(file: string, workerData: WorkerOptions) {
    // Loaders of the main thread (tsx) would fail in a worker, and it needs none.
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
    this.worker = new Worker(file, { workerData, resourceLimits, execArgv: [], name: 'embedded-mongo' });
    this.worker.on('message', (message: FromWorker) => this.take(message));
    this.failed = new Promise((resolve) => {
      const fail = (error: Error): void => {
        this.rejectAll(error);
        if (!this.isClosing) resolve(error);
      };
      this.worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
      this.worker.on('exit', (code) => fail(new Error(`The embedded database stopped with code ${code}`)));
    });
  }

  /**
   * Waits until the server listens.
   *
   * @throws {Error} with the reason why it cannot; the thread is gone then.
   */
  async listening(): Promise<void> {
    try {
      await this.answer();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Removes what has expired at `now`; gives the number of documents. */
  async sweep(now: Date): Promise<number> {
    const message = await this.ask({ kind: 'sweep', now });
    return message.kind === 'swept' ? message.removed : 0;
  }

  /**
   * Resolves when the files are closed and the thread is gone.
   *
   * @throws {Error} it does not come to an end: only a kill of the process ends it now, and loses nothing that was committed.
   */
  async close(): Promise<void> {
    this.isClosing = true;
    const timer: { id?: NodeJS.Timeout } = {};
    const timeUp = new Promise<never>((_, reject) => {
      const late = () => reject(new Error(`The embedded database does not close within ${CLOSE_MS} ms`));
      timer.id = setTimeout(late, CLOSE_MS);
    });
    const closed = this.ask({ kind: 'close' }).finally(() => this.stop());
    await Promise.race([closed, timeUp]).finally(() => clearTimeout(timer.id));
  }

  private async stop(): Promise<void> {
    this.isClosing = true;
    await this.worker.terminate();
  }

  /** The thread answers in the order it was asked. */
  private ask(message: ToWorker): Promise<FromWorker> {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker of worker_threads has no origin
    this.worker.postMessage(message);
    return this.answer();
  }

  private answer(): Promise<FromWorker> {
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  private take(message: FromWorker): void {
    const [first, ...others] = this.waiting;
    this.waiting = others;
    if (message.kind === 'failed')
      first?.reject(new Error(`The embedded database failed: ${message.message}`));
    else first?.resolve(message);
  }

  private rejectAll(error: Error): void {
    for (const { reject } of this.waiting) reject(error);
    this.waiting = [];
  }
}
