import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

/** The stand-in client, where `openPlatform` serves it: below /sandbox/. */
export default defineConfig({
  root: `${import.meta.dirname}/client`,
  base: '/sandbox/',
  publicDir: false,
  plugins: [vue()],
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
  build: {
    outDir: `${import.meta.dirname}/dist/client`,
    emptyOutDir: true,
    target: ['chrome97', 'safari15.4'], // what WeCom's own web views are
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
