import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import type { Context, Middleware } from 'koa';

/** Synchronous: it has to run before the page's own scripts. */
const TAG = '<script src="/sandbox/bridge.js"></script>';

/**
 * Puts the bridge into pages that a frame loads, as WeCom's webview does into every page. It must sit outside the parts
 * that make pages, and inside of compression.
 */
export const injectBridge: Middleware = async (ctx, next) => {
  const isFramed = ctx.get('sec-fetch-dest') === 'iframe';
  if (isFramed) {
    // A 304 would bring back a copy that was kept outside of a frame.
    delete ctx.req.headers['if-none-match'];
    delete ctx.req.headers['if-modified-since'];
  }
  await next();
  const isPage = ctx.status === 200 && ctx.response.is('html') === 'html';
  if (!isFramed || !isPage || ctx.method !== 'GET') return;
  const page = await pageOf(ctx);
  if (page === null) return;
  ctx.body = withBridge(page);
  ctx.set('Cache-Control', 'no-store');
  ctx.remove('ETag');
  ctx.remove('Last-Modified');
};

/** The page's source; null when the body is neither text nor a stream, or already compressed. */
async function pageOf(ctx: Context): Promise<string | null> {
  if (ctx.response.get('Content-Encoding')) return null;
  const body: unknown = ctx.body;
  if (typeof body === 'string') return body;
  if (Buffer.isBuffer(body)) return body.toString('utf8');
  return isStream(body) ? text(body) : null;
}

function isStream(body: unknown): body is Readable {
  return body !== null && typeof body === 'object' && 'pipe' in body;
}

/** Right after `<head>`; a page without one gets it at the very beginning. */
function withBridge(page: string): string {
  const head = /<head(\s[^>]*)?>/i;
  return head.test(page) ? page.replace(head, (found) => found + TAG) : TAG + page;
}
