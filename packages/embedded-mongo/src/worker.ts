import { parentPort, workerData } from 'node:worker_threads';
import { Server } from './server.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './worker-messages.ts';

// The worker thread of the embedded database: a server on a socket, told what to do by the thread that opened it.

function tell(message: FromWorker): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of worker_threads has no origin
  parentPort?.postMessage(message);
}

async function obey(server: Server, message: ToWorker): Promise<FromWorker> {
  if (message.kind === 'sweep') return { kind: 'swept', removed: await server.sweep(message.now) };
  await server.close();
  return { kind: 'closed' };
}

const fail = (error: unknown): void => tell({ kind: 'failed', message: String(error) });

const { dir, socketPath }: WorkerOptions = workerData;
try {
  const server = new Server(dir);
  await server.listen(socketPath);
  let turn = Promise.resolve();
  parentPort?.on('message', (message: ToWorker) => {
    turn = turn.then(() => obey(server, message)).then(tell, fail);
  });
  tell({ kind: 'listening' });
} catch (error) {
  fail(error);
}
