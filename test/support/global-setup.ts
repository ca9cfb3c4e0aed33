import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropDatabases, shareServer } from './a-database.ts';

/**
 * The embedded database runs in a worker thread, which needs built JavaScript; `npm test` builds first, a lone vitest run here.
 * All tests share one server, each with databases of its own: starting one takes longer than most tests.
 */
export async function setup(): Promise<() => Promise<void>> {
  if (process.env['GENJIN_BUILT'] !== '1')
    for (const part of ['build:packages', 'build:server'])
      execFileSync('npm', ['run', part, '--silent'], { stdio: 'inherit' });
  const given = process.env['TEST_MONGODB_URI'];
  if (given) {
    shareServer(given);
    return dropDatabases;
  }
  const dir = mkdtempSync(join(tmpdir(), 'genjin-tests-'));
  const child = spawn(process.execPath, ['dist/server/cli/main.js', 'database'], {
    env: { PATH: process.env['PATH'] ?? '', DATA_DIR: dir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [uri] = await Promise.race([once(child.stdout, 'data'), ended.then(() => [null])]);
  if (uri === null) throw new Error('the database ended by itself');
  shareServer(String(uri).trim());
  return async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(dir, { recursive: true, force: true });
  };
}
