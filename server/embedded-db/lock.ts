import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Who holds a directory, as it is written into the lock file. */
export type Holder = {
  readonly pid: number;
  /** The process's start time as the kernel counts it, '' where it cannot be known. Tells a re-used pid from the holder. */
  readonly startedAt: string;
  readonly socketPath: string;
};

/** Another running process holds the directory. */
export class DatabaseInUseError extends Error {
  readonly dir: string;
  readonly holder: Holder;

  constructor(dir: string, holder: Holder) {
    super(
      `The embedded database in ${dir} is in use by the process with pid ${holder.pid}. ` +
        'Stop that process, or set DATA_DIR to another directory, or set MONGODB_URI to share one MongoDB server.',
    );
    this.name = 'DatabaseInUseError';
    this.dir = dir;
    this.holder = holder;
  }
}

const lockPath = (dir: string): string => join(dir, 'genjin.lock');

/**
 * Takes the directory for this process; a lock whose process is gone is recovered.
 *
 * @returns what gives it free again.
 * @throws {DatabaseInUseError} another process (or this one) holds it.
 */
export function takeLock(dir: string, socketPath: string): () => void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const mine: Holder = { pid: process.pid, startedAt: startOf(process.pid), socketPath };
  const text = JSON.stringify(mine);
  while (!place(dir, text)) {
    const found = readLock(dir);
    if (!found) continue;
    if (isAlive(found.holder)) throw new DatabaseInUseError(dir, found.holder);
    removeStale(dir, found);
  }
  return () => {
    if (readLock(dir)?.text === text) rmSync(lockPath(dir), { force: true });
  };
}

/** Puts the whole lock file there at once, or says that one is there already. */
function place(dir: string, text: string): boolean {
  const draft = `${lockPath(dir)}.${process.pid}.${Date.now()}`;
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    linkSync(draft, lockPath(dir));
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

type Lock = { readonly holder: Holder; readonly text: string };

function readLock(dir: string): Lock | null {
  try {
    const text = readFileSync(lockPath(dir), 'utf8');
    return { holder: parseHolder(text), text };
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** An unreadable lock belongs to nobody: it is written whole or not at all. */
function parseHolder(text: string): Holder {
  try {
    const { pid, startedAt, socketPath }: Partial<Record<keyof Holder, unknown>> = JSON.parse(text);
    return { pid: Number(pid), startedAt: String(startedAt ?? ''), socketPath: String(socketPath ?? '') };
  } catch {
    return { pid: 0, startedAt: '', socketPath: '' };
  }
}

/** Moves the stale lock aside and looks again, so that of two recoverers none removes the other's new lock. */
function removeStale(dir: string, stale: Lock): void {
  const aside = `${lockPath(dir)}.stale.${process.pid}`;
  try {
    renameSync(lockPath(dir), aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  if (readFileSync(aside, 'utf8') !== stale.text) linkSync(aside, lockPath(dir));
  else removeSocket(dir, stale.holder.socketPath);
  rmSync(aside, { force: true });
}

/** Removes a socket, and the private folder it was in if that is empty then; never anything else. */
export function removeSocket(dir: string, socketPath: string): void {
  if (socketPath === '') return;
  rmSync(socketPath, { force: true });
  removeFolder(dir, socketPath);
}

/** Removes the private folder of a socket that was not put into `dir`, if it is empty. */
export function removeFolder(dir: string, socketPath: string): void {
  const folder = dirname(socketPath);
  if (folder === dir) return;
  try {
    rmdirSync(folder);
  } catch {
    // Not empty or gone already: then it is not ours to remove.
  }
}

/** The process that holds the directory now, or `null`. */
export function findHolder(dir: string): Holder | null {
  const holder = readLock(dir)?.holder;
  return holder && isAlive(holder) ? holder : null;
}

function isAlive({ pid, startedAt }: Holder): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!isCode(error, 'EPERM')) return false;
  }
  const current = startOf(pid);
  return current === '' || startedAt === '' || current === startedAt;
}

/** Field 22 of /proc/<pid>/stat, with the boot it counts from; '' on systems without it. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${ticks}`;
  } catch {
    return '';
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
