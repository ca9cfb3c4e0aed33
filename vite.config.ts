import { basename, dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type Plugin, type Rolldown } from 'vite';

/** First load of a page: JS and CSS, gzip, in bytes (1 kB = 1,000 B). Source: architecture.md §10. */
const BUDGETS: Record<string, number> = {
  'sidebar/chat/index.html': 70_000,
  'sidebar/survey/index.html': 35_000,
  'sidebar/console/index.html': 90_000,
};

/**
 * The oldest browsers that pages are built for; tests read the built files against them. Staff: WeCom on desktops still carries
 * Chromium 108, phones use the system's web view, and sheets need <dialog>. Customers: iPhones that ended at iOS 12, and the
 * X5 kernel of WeChat on Android, which was Chromium 66 until 2020.
 */
export const TARGETS = {
  staff: ['chrome97', 'safari15.4'],
  survey: ['chrome66', 'ios12'],
};

/** Pages whose visitors open no other: with builds of their own they carry no Vue that only other pages use (4 kB gzip saved). */
const ALONE = ['sidebar/chat/index.html', 'sidebar/survey/index.html'];

/** Every chunk and stylesheet of a page's first load; with `isWorst`, what is fetched later on a tap as well. */
function filesOf(entry: Rolldown.OutputChunk, bundle: Rolldown.OutputBundle, isWorst: boolean): Set<string> {
  const files = new Set<string>();
  const visit = (fileName: string): void => {
    if (files.has(fileName)) return;
    files.add(fileName);
    const chunk = bundle[fileName];
    if (chunk?.type !== 'chunk') return;
    for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(css);
    chunk.imports.forEach(visit);
    if (isWorst) chunk.dynamicImports.forEach(visit);
  };
  visit(entry.fileName);
  return files;
}

/** What travels: every file packed on its own, as the server sends it. */
function gzipBytes(files: Set<string>, bundle: Rolldown.OutputBundle): number {
  return [...files].reduce((sum, fileName) => {
    const file = bundle[fileName];
    if (!file) return sum;
    return sum + gzipSync(file.type === 'chunk' ? file.code : file.source, { level: 9 }).length;
  }, 0);
}

/** Prints what each page weighs, and fails the build of one that is too heavy. */
function weighPages(): Plugin {
  return {
    name: 'weigh-pages',
    enforce: 'post',
    writeBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk' || !chunk.isEntry || !chunk.facadeModuleId) continue;
        const page = Object.keys(BUDGETS).find((path) => chunk.facadeModuleId?.endsWith(path));
        if (!page) continue;
        const bytes = gzipBytes(filesOf(chunk, bundle, false), bundle);
        const laterBytes = gzipBytes(filesOf(chunk, bundle, true), bundle) - bytes;
        const limit = BUDGETS[page] ?? 0;
        const line = `page ${basename(dirname(page))}: ${(bytes / 1000).toFixed(1)} kB gzip, budget ${limit / 1000} kB; ${(laterBytes / 1000).toFixed(1)} kB more on demand`;
        process.stdout.write(`${line}\n`);
        if (bytes > limit) this.error(`${line}: over budget`);
      }
    },
  };
}

/** The WeUI variables that `sidebar/parts/styles.css` builds on. */
const WEUI_VARIABLES = new Set(['BG-0', 'BG-2', 'BG-5', 'BRAND', 'FG-0', 'FG-1', 'FG-3']);

/** WeUI defines several hundred variables, for themes we never show: only ours are shipped (4 kB gzip saved). */
function trimWeui(): Plugin {
  return {
    name: 'trim-weui',
    enforce: 'pre',
    transform: {
      filter: { id: /weui\/dist\/style\/base\/base\.min\.css$/ },
      handler: (css) =>
        css
          .replaceAll(/--weui-([\w-]+):[^;}]*;?/g, (rule, name: string) =>
            WEUI_VARIABLES.has(name) ? rule : '',
          )
          .replaceAll(/[^{}]*\{\}/g, ''),
    },
  };
}

const together = defineConfig({
  base: '/static/',
  publicDir: false,
  plugins: [trimWeui(), vue(), weighPages()],
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
  build: {
    outDir: 'dist/pages',
    emptyOutDir: true,
    sourcemap: false,
    target: TARGETS.staff,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: Object.keys(BUDGETS).filter((page) => !ALONE.includes(page)),
    },
  },
});

/** The page with a build of its own, put beside the others. */
export const alone = (page: string) =>
  defineConfig({
    ...together,
    build: {
      ...together.build,
      target: page.includes('/survey/') ? TARGETS.survey : TARGETS.staff,
      emptyOutDir: false,
      rolldownOptions: { input: [page] },
    },
  });

export default together;
