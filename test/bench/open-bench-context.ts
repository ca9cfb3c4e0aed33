import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../server/config.ts';
import type { Context } from '../../server/context.ts';
import { openContext } from '../../server/open-context.ts';
import { openPlatform } from '../../server/open-platform.ts';

/** A context on an empty database of its own, with the platform that the environment names. */
export async function openBenchContext(): Promise<{ context: Context; close: () => Promise<void> }> {
  const dir = mkdtempSync(join(tmpdir(), 'genjin-bench-'));
  const config = readConfig({ ...process.env, DATA_DIR: dir, LOG_LEVEL: 'silent' });
  const publicUrl = 'http://localhost:3000';
  const { platform } = await openPlatform(config, { publicUrl, mode: 'own' });
  const { context, close } = await openContext(config, {
    platform,
    publicUrl,
    database: 'own',
    gate: { capsOf: () => [] }, // the speed of the product, not of WeCom's caps
  });
  return {
    context,
    async close() {
      await close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
