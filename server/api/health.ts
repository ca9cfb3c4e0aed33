import { Router } from '@koa/router';
import Koa, { type Context as KoaContext } from 'koa';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { checkPart, type Part } from '../flows/health/check-part.ts';
import { countStates } from '../flows/health/count-states.ts';
import { bearerOf, isSameSecret } from '../http/bearer.ts';
import { isFromHere } from '../http/client-address.ts';
import { reportErrors } from '../http/report-errors.ts';
import { remembered } from '../infra/remember.ts';

/** Machines ask every few seconds, and everybody may ask; the parts are asked so often at most, in ms. */
const DATABASE_MS = 2000;
const OTHERS_MS = 15_000;

/** Who may read numbers and details. */
type MayRead = (ctx: KoaContext) => boolean;

/** Liveness, readiness and numbers for machines. Ready is who can keep things: the rest may be away, and is shown. */
export function healthRoutes(context: Context, mayRead: MayRead = accessOf(context)): Router {
  const part = (name: Part, ms: number) => remembered(ms, () => checkPart(context, name));
  const parts = {
    database: part('database', DATABASE_MS),
    store: part('store', OTHERS_MS),
    token: part('token', OTHERS_MS),
  };
  return new Router()
    .get('/healthz', (ctx) => {
      ctx.body = { status: 'ok' };
    })
    .get('/readyz', async (ctx) => {
      const [database, store, token] = await Promise.all([parts.database(), parts.store(), parts.token()]);
      const states = { database, store, token };
      const status = statusOf(states);
      ctx.status = status === 'not_ready' ? 503 : 200;
      ctx.body = mayRead(ctx) ? { status, parts: states } : { status };
    })
    .get('/metrics', async (ctx) => {
      if (!mayRead(ctx)) throw refusal(ctx, context.site.metricsToken !== null);
      ctx.type = context.metrics.registry.contentType;
      ctx.body = await numbersOf(context);
    });
}

/** The same for a port of its own, which only machines of ours reach; a token is asked for there, too. */
export function createMetricsApp(context: Context): Koa {
  const { log, site } = context;
  const app = new Koa();
  app.on('error', (error: unknown) => log.debug({ error }, 'the caller went away'));
  app.use(reportErrors(log));
  app.use(
    healthRoutes(context, (ctx) => site.metricsToken === null || showsToken(ctx, site.metricsToken)).routes(),
  );
  return app;
}

type States = Record<'database' | 'store' | 'token', string>;

function statusOf({ database, ...others }: States): 'ok' | 'degraded' | 'not_ready' {
  if (database !== 'ok') return 'not_ready';
  return Object.values(others).every((state) => state === 'ok') ? 'ok' : 'degraded';
}

/** Behind a token where there is one; without token and port, for this machine alone. */
const accessOf =
  ({ site }: Pick<Context, 'site'>): MayRead =>
  (ctx) => {
    if (site.metricsToken !== null) return showsToken(ctx, site.metricsToken);
    return !site.hasMetricsPort && isFromHere(ctx);
  };

const showsToken = (ctx: KoaContext, token: string) =>
  isSameSecret(bearerOf(ctx.get('authorization')), token);

function refusal(ctx: KoaContext, isByToken: boolean): AppError {
  if (!isByToken)
    return new AppError(403, 'metrics_closed', {
      message: '这里只对本机开放；其他机器请设置 METRICS_TOKEN 或 METRICS_PORT',
    });
  ctx.set('www-authenticate', 'Bearer');
  return new AppError(401, 'bad_metrics_token', { message: '需要 METRICS_TOKEN：Authorization: Bearer …' });
}

async function numbersOf(context: Context): Promise<string> {
  const { metrics } = context;
  const { events, oldestSeconds, jobs } = await countStates(context);
  for (const [state, count] of events) metrics.events.set({ state }, count);
  metrics.oldestEvent.set(oldestSeconds);
  for (const [job, at] of jobs) if (at) metrics.jobs.set({ job }, at.getTime() / 1000);
  return metrics.registry.metrics();
}
