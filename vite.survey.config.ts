import { defineConfig } from 'vite';
import config, { SURVEY } from './vite.config.ts';

/** The questionnaire, built after the other pages and beside them. */
export default defineConfig({
  ...config,
  build: { ...config.build, emptyOutDir: false, rolldownOptions: { input: [SURVEY] } },
});
