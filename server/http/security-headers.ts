import type { Middleware } from 'koa';

/** Own scripts only; WeUI needs inline styles for its icons. Frames only by our own pages. */
const POLICY = [
  "default-src 'self'",
  "img-src 'self' data: https:",
  "style-src 'self' 'unsafe-inline'",
  "frame-src 'self'",
  "frame-ancestors 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "object-src 'none'",
].join('; ');

/** Headers that keep pages from being framed, sniffed or leaking their address. */
export const securityHeaders = (): Middleware => async (ctx, next) => {
  ctx.set('content-security-policy', POLICY);
  ctx.set('x-content-type-options', 'nosniff');
  ctx.set('referrer-policy', 'same-origin');
  if (ctx.path.startsWith('/api/')) ctx.set('cache-control', 'no-store');
  await next();
};
