import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Router } from '@koa/router';
import type { Context as KoaContext, Middleware } from 'koa';
import mount from 'koa-mount';
import serve from 'koa-static';
import { AppError } from '../errors.ts';

const YEAR_MS = 365 * 24 * 3_600_000;

/**
 * The built pages: `/sidebar/`, `/console/` and `/s/:token`, and their hashed files below `/static/`; at the root the
 * ownership file of the trusted domain, which holds the characters of its own name. Source: wecom.md §6.
 */
export function pageRoutes(
  pagesDir: string,
  verifyFile: string | null,
): { files: Middleware; pages: Router } {
  const router = new Router({ strict: true });
  router.get('/', (ctx) => ctx.redirect('/sidebar/'));
  router.get('/sidebar', (ctx) => ctx.redirect(`/sidebar/${ctx.search}`));
  router.get('/sidebar/', (ctx) => sendPage(ctx, join(pagesDir, 'sidebar/chat/index.html')));
  router.get('/console', (ctx) => ctx.redirect(`/console/${ctx.search}`));
  router.get('/console/', (ctx) => sendPage(ctx, join(pagesDir, 'sidebar/console/index.html')));
  if (verifyFile) router.get(`/${verifyFile}`, (ctx) => sendProof(ctx, verifyFile));
  router.get('/s/:token', (ctx) => sendPage(ctx, join(pagesDir, 'sidebar/survey/index.html')));
  const files = serve(pagesDir, { maxage: YEAR_MS, immutable: true, index: false });
  return { files: mount('/static', files), pages: router };
}

async function sendPage(ctx: KoaContext, file: string): Promise<void> {
  const isBuilt = await stat(file).catch(() => null);
  if (!isBuilt)
    throw new AppError(503, 'pages_not_built', { message: '页面尚未构建，请先运行 npm run build' });
  ctx.type = 'html';
  ctx.set('cache-control', 'no-cache');
  ctx.body = createReadStream(file);
}

function sendProof(ctx: KoaContext, verifyFile: string): void {
  ctx.type = 'text/plain';
  ctx.body = verifyFile.replace(/^WW_verify_|\.txt$/g, '');
}
