import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseInUseError, findHolder, removeFolder, removeSocket, takeLock } from './lock.ts';
import { RunningWorker } from './running-worker.ts';

export { DatabaseInUseError };

/** An open embedded database. */
export type EmbeddedDb = {
  /** For any MongoDB driver; the database's name is `genjin`. */
  readonly uri: string;
  /** False if another process runs it and this one only joined. */
  readonly isOwner: boolean;
  /** Finishes what is running and closes the files. May be called again. A joiner has nothing to close. */
  readonly close: () => Promise<void>;
  /** Settles with the reason if the database stops by itself; never if it is closed. A joiner does not hear of it. */
  readonly failed: Promise<Error>;
  /** Removes at once what TTL indexes say has expired at `now`; gives the number of documents. A joiner's is 0. */
  readonly sweepExpired: (now: Date) => Promise<number>;
};

/** How a socket path in the file system may be long: 104 bytes on macOS, 108 on Linux, with the ending 0. */
const MAX_SOCKET_BYTES = 100;
/** How long a joiner waits for a server that is just starting, in milliseconds. */
const JOIN_MS = 15_000;

/**
 * Opens (or joins) the embedded database kept in `dir`.
 *
 * @param options `own` runs it and refuses a directory that is in use; `join-or-own` uses a running one if there is one.
 * @throws {DatabaseInUseError} `own` – another process runs it.
 */
export async function openEmbeddedDb(options: {
  dir: string;
  mode: 'own' | 'join-or-own';
}): Promise<EmbeddedDb> {
  const dir = resolve(options.dir);
  if (options.mode === 'own') return own(dir);
  for (const until = Date.now() + JOIN_MS; ; await pause(50)) {
    const joined = await joinRunning(dir);
    if (joined) return joined;
    try {
      if (!findHolder(dir)) return await own(dir);
    } catch (error) {
      if (!(error instanceof DatabaseInUseError)) throw error;
    }
    if (Date.now() > until)
      throw new Error(`The embedded database in ${dir} is held by a process that does not answer`);
  }
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function joinRunning(dir: string): Promise<EmbeddedDb | null> {
  const holder = findHolder(dir);
  if (!holder || !(await answers(holder.socketPath))) return null;
  return {
    uri: uriOf(holder.socketPath),
    isOwner: false,
    close: () => Promise.resolve(),
    failed: new Promise(() => undefined),
    sweepExpired: () => Promise.resolve(0),
  };
}

const answers = (socketPath: string): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(socketPath);
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
    socket.once('connect', () => socket.destroy());
  });

async function own(dir: string): Promise<EmbeddedDb> {
  const socketPath = socketPathOf(dir);
  const release = lockOrTidy(dir, socketPath);
  const free = (): void => {
    removeSocket(dir, socketPath);
    release();
  };
  let worker: RunningWorker;
  try {
    rmSync(socketPath, { force: true }); // of a process that was killed before it wrote a lock
    worker = new RunningWorker(workerFile(), { dir, socketPath });
    await worker.listening();
  } catch (error) {
    free();
    throw error;
  }
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => {
    closing ??= worker.close().finally(free);
    return closing;
  };
  return {
    uri: uriOf(socketPath),
    isOwner: true,
    close,
    failed: worker.failed,
    sweepExpired: (now) => worker.sweep(now),
  };
}

function lockOrTidy(dir: string, socketPath: string): () => void {
  try {
    return takeLock(dir, socketPath);
  } catch (error) {
    removeFolder(dir, socketPath);
    throw error;
  }
}

function socketPathOf(dir: string): string {
  const near = join(dir, 'db.sock');
  if (Buffer.byteLength(near) <= MAX_SOCKET_BYTES) return near;
  return join(mkdtempSync(join(tmpdir(), 'genjin-')), 'db.sock');
}

const uriOf = (socketPath: string): string =>
  `mongodb://${encodeURIComponent(socketPath)}/genjin?retryWrites=false&directConnection=true`;

/** A worker cannot run TypeScript, so source started by a loader uses the built file. */
function workerFile(): string {
  const here = fileURLToPath(import.meta.url);
  if (!here.endsWith('.ts')) return fileURLToPath(new URL('./worker.js', import.meta.url));
  const built = fileURLToPath(new URL('../../dist/server/embedded-db/worker.js', import.meta.url));
  if (existsSync(built)) return built;
  throw new Error(
    `The embedded database is not built: ${built} is missing. Run "npm run build:server" first.`,
  );
}
