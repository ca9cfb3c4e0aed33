import { readFileSync, renameSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, dirname, join } from 'node:path';

/** Where the server of a directory is reached, as the file `genjin.lock` tells commands. It proves nothing; see `hold.ts`. */
export type Notice = { readonly pid: number; readonly socketPath: string };

/** The socket of the database, in its directory or in a private folder. */
export const SOCKET_NAME = 'db.sock';

const noticePath = (dir: string): string => join(dir, 'genjin.lock');

/** Tells commands where the server is. Only who holds the directory may. @returns what takes the notice down again */
export function putUpNotice(dir: string, socketPath: string): () => void {
  const text = JSON.stringify({ pid: process.pid, socketPath } satisfies Notice);
  const draft = `${noticePath(dir)}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, noticePath(dir));
  return () => {
    if (readText(dir) === text) rmSync(noticePath(dir), { force: true });
  };
}

/** What the notice says, or null: there is none, or it is no notice. */
export function readNotice(dir: string): Notice | null {
  try {
    const { pid, socketPath }: Partial<Record<keyof Notice, unknown>> = JSON.parse(readText(dir) ?? '');
    return { pid: Number(pid), socketPath: String(socketPath ?? '') };
  } catch {
    return null;
  }
}

function readText(dir: string): string | null {
  try {
    return readFileSync(noticePath(dir), 'utf8');
  } catch {
    return null;
  }
}

/** The server that answers where the notice says, or null. */
export async function findRunning(dir: string): Promise<Notice | null> {
  const notice = readNotice(dir);
  return notice?.socketPath && (await answers(notice.socketPath)) ? notice : null;
}

const answers = (socketPath: string): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(socketPath);
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
    socket.once('connect', () => socket.destroy());
  });

/** Removes a socket, and the private folder it was in if that is empty then; never anything else. */
export function removeSocket(dir: string, socketPath: string): void {
  if (basename(socketPath) !== SOCKET_NAME) return;
  rmSync(socketPath, { force: true });
  const folder = dirname(socketPath);
  if (folder === dir) return;
  try {
    rmdirSync(folder);
  } catch {
    // Not empty or gone already: then it is not ours to remove.
  }
}
