import { chmodSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { createDispatcher } from './commands/dispatch.ts';
import { openEngine } from './engine/engine.ts';
import type { Engine } from './engine/engine.ts';
import { expireDocuments } from './engine/expire.ts';
import { ensure } from './errors.ts';
import { serveConnection } from './wire/connection.ts';
import type { Handle } from './wire/connection.ts';
import type { Request } from './wire/message.ts';

/** How often documents past their time are looked for, as in MongoDB. */
const SWEEP_MS = 60_000;
/** How long a close waits for commands that are still running. */
const DRAIN_MS = 5000;

/** A server on a unix socket, for the database in one directory. */
export class Server {
  private readonly engine: Engine;
  private readonly dispatch: Handle;
  private readonly listener = createServer((socket) => this.welcome(socket));
  private readonly sockets = new Set<Socket>();
  private readonly sweeper: NodeJS.Timeout;
  private running = 0;
  private isClosing = false;

  constructor(dir: string) {
    this.engine = openEngine(dir);
    this.dispatch = createDispatcher(this.engine);
    this.sweeper = setInterval(() => {
      this.engine.cursors.sweep();
      void this.sweep(new Date()).catch(() => undefined); // tried again in a minute
    }, SWEEP_MS).unref();
  }

  /** Opens the socket, which only this user may use. */
  async listen(socketPath: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.listener.once('error', reject);
      this.listener.listen(socketPath, resolve);
    });
    chmodSync(socketPath, 0o600);
  }

  /** Removes what has expired at `now`; gives the number of documents. */
  sweep(now: Date): Promise<number> {
    return expireDocuments(this.engine, now);
  }

  /** Finishes what is running, then closes the socket, which removes it, and the files. */
  async close(): Promise<void> {
    this.isClosing = true;
    clearInterval(this.sweeper);
    const closed = new Promise((resolve) => this.listener.close(resolve));
    await this.drained();
    for (const socket of this.sockets) socket.destroySoon();
    await closed;
    this.engine.writes.close();
    await this.engine.store.close();
  }

  private welcome(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    serveConnection(socket, (request, connectionId) => this.answer(request, connectionId));
  }

  private answer(request: Request, connectionId: number): ReturnType<Handle> {
    ensure(!this.isClosing, 91, 'The server is in quiesce mode and will shut down');
    const answer = this.dispatch(request, connectionId);
    if (!(answer instanceof Promise)) return answer;
    this.running += 1;
    return answer.finally(() => {
      this.running -= 1;
    });
  }

  /** Waits until nothing runs any more, but not for ever. */
  private async drained(): Promise<void> {
    const until = Date.now() + DRAIN_MS;
    while (this.running > 0 && Date.now() < until) await new Promise((resolve) => setImmediate(resolve));
  }
}
