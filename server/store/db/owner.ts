import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** This machine, or this container: two of them may have one host name, and a pid 1 each. */
const here = `${hostname()}${pidNamespace()}`;

/** Names this process: machine, pid, and when it began, so that a re-used pid is told apart. */
export const ownerId = `${here}/${process.pid}/${Date.now()}`;

/** True when `owner` (an `ownerId`, or one with more behind a slash) was a process of this machine that has certainly ended. */
export function isGone(owner: string): boolean {
  const [host, pid] = owner.split('/');
  if (host !== here || `${owner}/`.startsWith(`${ownerId}/`)) return false;
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/** E.g. `pid:[4026531836]`; '' on systems without namespaces. */
function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
