import { chmodSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { createDispatcher } from './commands/dispatch.ts';
import { openEngine } from './engine/engine.ts';
import { expireDocuments } from './engine/expire.ts';
import { serveConnection } from './wire/connection.ts';
import { CommandError } from './errors.ts';

/** How often documents past their time are looked for, as in MongoDB. */
const SWEEP_MS = 60_000;
/** How long a close waits for commands that are still running. */
const DRAIN_MS = 5000;

/** A running server on a unix socket. */
export type Server = {
  /** Removes what has expired at `now`; gives the number of documents. */
  readonly sweep: (now: Date) => Promise<number>;
  /** Finishes what is running, then closes the files and removes the socket. */
  readonly close: () => Promise<void>;
};

/** Serves the database in `dir` on a socket that only this user may open. */
export async function openServer({ dir, socketPath }: { dir: string; socketPath: string }): Promise<Server> {
  const engine = openEngine(dir);
  const dispatch = createDispatcher(engine);
  const sockets = new Set<Socket>();
  let running = 0;
  let isClosing = false;

  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveConnection(socket, (request, connectionId) => {
      if (isClosing) throw new CommandError(91, 'The server is in quiesce mode and will shut down');
      const answer = dispatch(request, connectionId);
      if (!(answer instanceof Promise)) return answer;
      running += 1;
      return answer.finally(() => {
        running -= 1;
      });
    });
  });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(socketPath, resolve);
  });
  chmodSync(socketPath, 0o600);

  const sweep = (now: Date): Promise<number> => expireDocuments(engine, now);
  const timer = setInterval(() => {
    engine.cursors.sweep();
    void sweep(new Date()).catch(() => undefined); // tried again in a minute
  }, SWEEP_MS);
  timer.unref();

  return {
    sweep,
    async close() {
      isClosing = true;
      clearInterval(timer);
      const closed = new Promise((resolve) => listener.close(resolve));
      await drained(() => running === 0);
      for (const socket of sockets) socket.end();
      for (const socket of sockets) socket.destroySoon();
      await closed;
      await engine.store.close();
      rmSync(socketPath, { force: true });
    },
  };
}

/** Waits until nothing runs any more, but not for ever. */
async function drained(isIdle: () => boolean): Promise<void> {
  const until = Date.now() + DRAIN_MS;
  while (!isIdle() && Date.now() < until) await new Promise((resolve) => setImmediate(resolve));
}
