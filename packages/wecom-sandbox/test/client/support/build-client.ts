import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const CONFIG = fileURLToPath(new URL('../../../vite.config.ts', import.meta.url));

/** Builds the client page into a temporary folder. */
export async function buildClient(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'genjin-client-'));
  await build({
    configFile: CONFIG,
    logLevel: 'error',
    build: { outDir: folder },
  });
  return folder;
}
