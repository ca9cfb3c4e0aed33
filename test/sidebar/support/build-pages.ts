import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PAGES = ['sidebar/console/index.html', 'sidebar/chat/index.html', 'sidebar/survey/index.html'];

export type Built = { folder: string; remove: () => void };

/** The built pages: the shipped ones when they are known to be fresh, else a build of our own. */
export async function buildPages(): Promise<Built> {
  if (process.env['GENJIN_BUILT'] === '1') return { folder: 'dist/pages', remove: () => undefined };
  const { build } = await import('vite'); // the bundler is slow to load, and seldom needed
  const { alone } = await import('../../../vite.config.ts');
  const outDir = mkdtempSync(join(tmpdir(), 'genjin-pages-'));
  const mode = process.env['NODE_ENV'];
  // The test runner's own mode would bundle the development builds of Vue and the SDK.
  process.env['NODE_ENV'] = 'production';
  for (const input of PAGES) {
    const config = alone(input);
    const options = { ...config.build, outDir };
    await build({ ...config, configFile: false, logLevel: 'warn', build: options });
  }
  process.env['NODE_ENV'] = mode;
  return { folder: outDir, remove: () => rmSync(outDir, { recursive: true }) };
}
