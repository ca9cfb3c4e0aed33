import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { build } from 'vite';

const PAGE = 'server/sandbox/client/index.html';

/** Builds the client page alone into a temporary folder, with the base path that the product serves it under. */
export async function buildClient(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'genjin-client-'));
  await build({
    configFile: false,
    logLevel: 'error',
    base: '/static/',
    publicDir: false,
    plugins: [vue()],
    define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: [PAGE] },
    },
  });
  return folder;
}
