import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../server/boot/config.ts';
import type { Context } from '../../server/context.ts';
import { preferSmallHeap } from '../../server/infra/heap-size.ts';
import { openContext } from '../../server/boot/open-context.ts';
import { openPlatform } from '../../server/boot/open-platform.ts';
import type { CallbackKeys } from '../../server/wecom/client/crypto.ts';

/**
 * A context on an empty database of its own, with the platform that the environment names.
 *
 * @param isApart gives the embedded database a process of its own, whose memory is not ours.
 */
export async function openBenchContext({ isApart = false } = {}): Promise<{
  context: Context;
  keys: CallbackKeys;
  close: () => Promise<void>;
}> {
  preferSmallHeap(); // as commands and jobs do
  const dir = mkdtempSync(join(tmpdir(), 'genjin-bench-'));
  const database = isApart ? await startDatabase(dir) : null;
  const uri = database ? { MONGODB_URI: database.uri } : {};
  const config = readConfig({ ...process.env, ...uri, DATA_DIR: dir, LOG_LEVEL: 'silent' });
  const publicUrl = 'http://localhost:3000';
  const { platform } = await openPlatform(config, { publicUrl, mode: 'own' });
  const { context, keys, close } = await openContext(config, {
    platform,
    publicUrl,
    database: 'own',
    gate: { capsOf: () => [] }, // the speed of the product, not of WeCom's caps
  });
  return {
    context,
    keys,
    async close() {
      await close();
      await database?.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** The embedded database as `cli database` runs it. */
export async function startDatabase(dir: string): Promise<{ uri: string; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, ['dist/server/cli/main.js', 'database'], {
    env: { PATH: process.env['PATH'] ?? '', DATA_DIR: dir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [uri] = await Promise.race([once(child.stdout, 'data'), ended.then(() => [null])]);
  if (uri === null) throw new Error('the database ended by itself');
  return {
    uri: String(uri).trim(),
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
