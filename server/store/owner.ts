import { hostname } from 'node:os';

/** Names this process: host, pid, and when it began, so that a re-used pid is told apart. */
export const ownerId = `${hostname()}/${process.pid}/${Date.now()}`;

/** True when `owner` (an `ownerId`, or one with more behind a slash) was a process of this host that has certainly ended. */
export function isGone(owner: string): boolean {
  const [host, pid] = owner.split('/');
  if (host !== hostname() || `${owner}/`.startsWith(`${ownerId}/`)) return false;
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
