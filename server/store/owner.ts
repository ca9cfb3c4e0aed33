import { hostname } from 'node:os';

/** Names this process: host, pid, and when it began, so that a re-used pid is told apart. */
export const ownerId = `${hostname()}/${process.pid}/${Date.now()}`;

/** True when `owner` was a process of this host that has certainly ended, so that nobody need wait for its lease. */
export function isGone(owner: string): boolean {
  const [host, pid] = owner.split('/');
  if (host !== hostname() || owner === ownerId) return false;
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
