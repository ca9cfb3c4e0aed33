import { statfs } from 'node:fs/promises';

/** Room that this user has on the disk of a folder; null where the system does not tell. */
export const freeBytesAt = (dir: string): Promise<number | null> =>
  statfs(dir).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  );
