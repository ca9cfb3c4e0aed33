import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Keeps the heads of the audit log outside of the database, a file for each day. */
export type HeadsFile = (day: string, text: string) => Promise<void>;

/** More than a year of days. */
const MOST_FILES = 400;

/** Files `<dir>/audit-heads/<day>.json` for this user alone; the oldest go. */
export function createHeadsFile(dir: string): HeadsFile {
  const folder = join(dir, 'audit-heads');
  return async (day, text) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, `${day}.json`);
    await writeFile(`${file}.part`, text, { mode: 0o600 });
    await rename(`${file}.part`, file);
    const days = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
    for (const old of days.slice(0, -MOST_FILES)) await rm(join(folder, old), { force: true });
  };
}
