import { bodyParser } from '@koa/bodyparser';
import type { Middleware } from 'koa';

/** Reads JSON bodies: small ones, and larger ones for the paths that take many rows at once. */
export function readBody(bulkPaths: ReadonlySet<string> = new Set()): Middleware {
  const small = bodyParser({ enableTypes: ['json'], jsonLimit: '64kb' });
  const bulk = bodyParser({ enableTypes: ['json'], jsonLimit: '1mb' });
  return (ctx, next) => (bulkPaths.has(ctx.path) ? bulk(ctx, next) : small(ctx, next));
}
