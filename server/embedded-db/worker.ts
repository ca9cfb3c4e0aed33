import { parentPort, workerData } from 'node:worker_threads';
import { openServer } from './server.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './worker-messages.ts';

/** The worker thread of the embedded database: a server on a socket, told what to do by the thread that opened it. */
async function main(options: WorkerOptions): Promise<void> {
  const tell = (message: FromWorker): void => parentPort?.postMessage(message);
  try {
    const server = await openServer(options);
    parentPort?.on('message', (message: ToWorker) => {
      const done =
        message.kind === 'close'
          ? server.close().then(() => tell({ kind: 'closed' }))
          : server.sweep(message.now).then((removed) => tell({ kind: 'swept', removed }));
      done.catch((error: unknown) => tell({ kind: 'failed', message: String(error) }));
    });
    tell({ kind: 'listening' });
  } catch (error) {
    tell({ kind: 'failed', message: String(error) });
  }
}

const { dir, socketPath }: WorkerOptions = workerData;
void main({ dir, socketPath });
