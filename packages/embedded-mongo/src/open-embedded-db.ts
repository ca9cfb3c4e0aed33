import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseInUseError, holdDirectory, MAX_SOCKET_BYTES, type Hold } from './hold.ts';
import { findRunning, putUpNotice, readNotice, removeSocket, SOCKET_NAME } from './lock.ts';
import { RunningWorker } from './running-worker.ts';

export { DatabaseInUseError };

/** An open embedded database. */
export type EmbeddedDb = {
  /** For any MongoDB driver; names the database that was asked for. */
  readonly uri: string;
  /** False if another process runs it and this one only joined. */
  readonly isOwner: boolean;
  /** Tells a server that starts meanwhile to wait for the directory: this one is about to close. */
  readonly announceEnd: () => void;
  /** Finishes what is running and closes the files. May be called again. A joiner has nothing to close. */
  readonly close: () => Promise<void>;
  /** Settles with the reason if the database stops by itself; never if it is closed. A joiner does not hear of it. */
  readonly failed: Promise<Error>;
  /** Removes at once what TTL indexes say has expired at `now`; gives the number of documents. A joiner's is 0. */
  readonly sweepExpired: (now: Date) => Promise<number>;
};

/** What to open; see `openEmbeddedDb`. */
export type EmbeddedDbOptions = {
  /** The folder that holds the files; made when it is not there. */
  dir: string;
  mode: 'own' | 'join-or-own';
  /** The database that `uri` names; the server holds any number. */
  database?: string;
};

/** How long a joiner waits for a server that is just starting, in milliseconds. */
const JOIN_MS = 15_000;

/**
 * Opens (or joins) the embedded database kept in `dir`.
 *
 * @param options `own` runs it and refuses a directory that is in use; `join-or-own` uses a running one if there is one.
 * @throws {DatabaseInUseError} `own` – another process runs it.
 */
export async function openEmbeddedDb({
  dir: folder,
  mode,
  database = 'test',
}: EmbeddedDbOptions): Promise<EmbeddedDb> {
  const dir = resolve(folder);
  if (mode === 'own') return own(dir, database);
  for (const until = Date.now() + JOIN_MS; ; await pause(50)) {
    const running = await findRunning(dir);
    if (running) return joined(uriOf(running.socketPath, database));
    try {
      return await own(dir, database);
    } catch (error) {
      if (!(error instanceof DatabaseInUseError)) throw error;
    }
    if (Date.now() > until)
      throw new Error(`The embedded database in ${dir} is held by a process that does not answer`);
  }
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

const joined = (uri: string): EmbeddedDb => ({
  uri,
  isOwner: false,
  announceEnd: () => undefined,
  close: () => Promise.resolve(),
  failed: new Promise(() => undefined),
  sweepExpired: () => Promise.resolve(0),
});

async function own(dir: string, database: string): Promise<EmbeddedDb> {
  const hold = await holdDirectory(dir);
  try {
    const { socketPath, ...served } = await serve(dir, hold);
    return { uri: uriOf(socketPath, database), ...served };
  } catch (error) {
    hold.release();
    throw error;
  }
}

async function serve(dir: string, hold: Hold): Promise<Omit<EmbeddedDb, 'uri'> & { socketPath: string }> {
  await clearAway(dir);
  const socketPath = socketPathOf(dir);
  const takeDown = putUpNotice(dir, socketPath);
  const free = (): void => {
    removeSocket(dir, socketPath);
    takeDown();
    hold.release();
  };
  let worker: RunningWorker;
  try {
    worker = new RunningWorker(workerFile(), { dir, socketPath });
    await worker.listening();
    keepPrivate(dir);
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
    socketPath,
    isOwner: true,
    announceEnd: hold.announceEnd,
    close,
    failed: worker.failed,
    sweepExpired: (now) => worker.sweep(now),
  };
}

/**
 * Removes what a process left that is gone. One that still answers was started before directories were held by `hold.ts`.
 *
 * @throws {DatabaseInUseError} it answers
 */
async function clearAway(dir: string): Promise<void> {
  const running = await findRunning(dir);
  if (running) throw new DatabaseInUseError(dir, { pid: running.pid, host: 'this machine' });
  removeSocket(dir, readNotice(dir)?.socketPath ?? '');
  rmSync(join(dir, SOCKET_NAME), { force: true }); // of a process that was killed before it wrote a notice
}

/** People's data, for this user alone; also what an earlier version left open to others. */
function keepPrivate(dir: string): void {
  for (const [name, mode] of [
    ['.', 0o700],
    ['data.mdb', 0o600],
    ['lock.mdb', 0o600],
  ] as const) {
    try {
      chmodSync(join(dir, name), mode);
    } catch {
      // The directory of another user, who gave us the right to write there: it is theirs to close.
    }
  }
}

function socketPathOf(dir: string): string {
  const near = join(dir, SOCKET_NAME);
  if (Buffer.byteLength(near) <= MAX_SOCKET_BYTES) return near;
  return join(mkdtempSync(join(tmpdir(), 'genjin-')), SOCKET_NAME);
}

const uriOf = (socketPath: string, database: string): string =>
  `mongodb://${encodeURIComponent(socketPath)}/${database}?retryWrites=false&directConnection=true`;

/** A worker cannot run TypeScript, so source started by a loader uses the built file. */
function workerFile(): string {
  const here = fileURLToPath(import.meta.url);
  if (!here.endsWith('.ts')) return fileURLToPath(new URL('./worker.js', import.meta.url));
  const built = fileURLToPath(new URL('../dist/worker.js', import.meta.url));
  if (existsSync(built)) return built;
  throw new Error(`The embedded database is not built: ${built} is missing. Run "npm run build" first.`);
}
