import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Router } from '@koa/router';
import type { Middleware } from 'koa';
import { openapiOf, routesOf, type Layer } from '../http/describe-routes.ts';
import { shaped } from '../http/endpoint.ts';
import { API_PREFIX } from './caller.ts';
import { GetOpenapi } from './contract/openapi.ts';

/** The description of the API, read off its own routes: built and packed once, for routes do not change while we run. */
export function openapiRoutes(
  layers: () => readonly Layer[],
  { cookie, limit }: { cookie: string; limit: Middleware },
): Router {
  let built: Built | null = null;
  const answer: Middleware = (ctx) => {
    built ??= build(layers(), cookie);
    ctx.set('cache-control', 'no-cache');
    ctx.vary('accept-encoding');
    ctx.type = 'json';
    ctx.status = 200;
    ctx.set('etag', built.etag);
    if (isKnown(ctx.get('if-none-match'), built.etag)) {
      ctx.status = 304;
      return;
    }
    const isPacked = ctx.acceptsEncodings('gzip', 'identity') === 'gzip';
    ctx.set('content-encoding', isPacked ? 'gzip' : 'identity');
    ctx.body = isPacked ? built.packed : built.plain;
  };
  return new Router().get('/openapi.json', limit, shaped(GetOpenapi, answer));
}

/** The document as it is sent. */
type Built = { plain: Buffer; packed: Buffer; etag: string };

function build(layers: readonly Layer[], cookie: string): Built {
  const document = openapiOf(routesOf(layers, API_PREFIX), { title: 'Genjin 跟进', version: 'v1', cookie });
  const plain = Buffer.from(JSON.stringify(GetOpenapi.answer.parse(document)));
  return {
    plain,
    packed: gzipSync(plain),
    etag: `"${createHash('sha256').update(plain).digest('base64url')}"`,
  };
}

/** Also for who asks past caches: the tag itself says that they have it. */
const isKnown = (tags: string, etag: string): boolean =>
  tags.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
