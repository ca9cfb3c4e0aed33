import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { checkParts } from '../flows/health/check-parts.ts';
import { countStates } from '../flows/health/count-states.ts';

/** Liveness, readiness and numbers for machines. */
export const healthRoutes = (context: Context) =>
  new Router()
    .get('/healthz', (ctx) => {
      ctx.body = { status: 'ok' };
    })
    .get('/readyz', async (ctx) => {
      const parts = await checkParts(context);
      const isReady = Object.values(parts).every((state) => state === 'ok');
      ctx.status = isReady ? 200 : 503;
      ctx.body = { status: isReady ? 'ok' : 'not_ready', parts };
    })
    .get('/metrics', async (ctx) => {
      const { events, oldestSeconds, jobs } = await countStates(context);
      const { metrics } = context;
      for (const [state, count] of events) metrics.events.set({ state }, count);
      metrics.oldestEvent.set(oldestSeconds);
      for (const [job, at] of jobs) if (at) metrics.jobs.set({ job }, at.getTime() / 1000);
      ctx.type = metrics.registry.contentType;
      ctx.body = await metrics.registry.metrics();
    });
