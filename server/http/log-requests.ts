import { randomUUID } from 'node:crypto';
import type { Context as KoaContext, Middleware } from 'koa';
import { z } from 'zod';

/** What logging needs; the observer gets seconds, for metrics. */
export type RequestLog = { info: (fields: object, message: string) => void };
export type RequestObserver = (
  request: { method: string; route: string; status: number },
  seconds: number,
) => void;

/** Paths asked by machines, many times a minute: only what goes wrong is worth a line. */
const QUIET = ['/healthz', '/readyz', '/metrics', '/wecom/callback'];

/** Gives each request an id and writes one line about it, with who asked: no query, for it may hold codes. */
export const logRequests =
  (log: RequestLog, observe: RequestObserver): Middleware =>
  async (ctx, next) => {
    const requestId = randomUUID();
    ctx.state['requestId'] = requestId;
    ctx.set('x-request-id', requestId);
    const startedAt = performance.now();
    try {
      await next();
    } finally {
      const ms = Math.round((performance.now() - startedAt) * 10) / 10;
      const { method, status } = ctx;
      const route = routeOf(ctx);
      observe({ method, route, status }, ms / 1000);
      if (status >= 400 || !QUIET.includes(ctx.path))
        log.info({ requestId, ...callerOf(ctx), method, route, status, ms }, 'request');
    }
  };

/** What a guard or a door left in `ctx.state` about who asks. */
const Known = z.object({ caller: z.object({ staffId: z.string() }) });

/** Who asked: a member's id, or `key:` and a key's; nothing for who is not known. */
function callerOf(ctx: KoaContext): { caller?: string } {
  const known = Known.safeParse(ctx.state);
  return known.success ? { caller: known.data.caller.staffId } : {};
}

/** What the router found for the path: guards, which have no methods, and routes. */
const Layers = z.array(z.object({ path: z.unknown(), methods: z.array(z.string()) }));

/** The pattern of the route that was asked for, also when a guard before it refused; never the path, which holds ids. */
function routeOf(ctx: KoaContext): string {
  const layers = Layers.safeParse(ctx['matched']).data ?? [];
  const route = layers.findLast(({ methods }) => methods.includes(ctx.method));
  return route ? String(route.path) : 'other';
}
