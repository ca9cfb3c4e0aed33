/** Builds the server and the pages when a source is newer than the last build. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = [
  'server',
  'jobs',
  'sidebar',
  'packages',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'vite.config.ts',
  'vite.chat.config.ts',
  'vite.survey.config.ts',
];
const MADE = ['dist', 'node_modules'];
const STAMP = 'dist/.built';

const builtAt = existsSync(STAMP) ? statSync(STAMP).mtimeMs : 0;
const isNewer = (path) => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return false;
  if (!found.isDirectory()) return found.mtimeMs > builtAt;
  return readdirSync(path).some((name) => !MADE.includes(name) && isNewer(join(path, name)));
};

if (SOURCES.some(isNewer)) {
  process.stderr.write('Building…\n');
  const { status } = spawnSync('npm', ['run', 'build', '--silent'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(STAMP, '');
}
