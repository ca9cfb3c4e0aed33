import { Router } from '@koa/router';
import Koa from 'koa';
import type { Context, Middleware, Next } from 'koa';
import mount from 'koa-mount';
import { z } from 'zod';
import { ActionError } from '../action-error.ts';
import { keepPerson, personOf, PERSON_COOKIE } from '../authorize.ts';
import type { Actions } from '../bind-actions.ts';
import { checkAgentConfig } from '../check-agent-config.ts';
import type { Platform } from '../platform.ts';
import { readBody } from '../read-body.ts';
import { settleDue } from '../settle-due.ts';
import { verifyCallbackUrl } from '../verify-callback.ts';
import { actRoutes } from './act-routes.ts';
import { changeRules } from './change-rules.ts';
import { check } from './check-body.ts';
import { moveClock, showClock } from './move-clock.ts';
import { orderFault } from './order-fault.ts';
import { showMessages } from './show-messages.ts';
import { showState } from './show-state.ts';
import { streamLog } from './stream-log.ts';

/** As the JS-SDK hands it to the native client, and the page's address. */
const configFields = z.object({
  corpid: z.string(),
  agentid: z.coerce.string(),
  timestamp: z.coerce.string(),
  nonceStr: z.string(),
  signature: z.string(),
  url: z.string(),
});

/** The control API: what people do, what there is to see, and faults to order. */
export function serveControl(platform: Platform, actions: Actions): Middleware {
  const router = new Router({ prefix: '/sandbox/control' });
  router.use(reportErrors);
  router.use((_, next) => {
    settleDue(platform);
    return next();
  });
  router.get('/state', (ctx) => {
    ctx.body = showState(platform, personOf(platform, ctx.cookies.get(PERSON_COOKIE)));
  });
  router.get('/messages', (ctx) => {
    ctx.body = { items: showMessages(platform, String(ctx.query['person'] ?? '')) };
  });
  router.get('/log', (ctx) => {
    ctx.body = { items: platform.log.after(Number(ctx.query['after'] ?? 0)) };
  });
  router.get('/log/stream', (ctx) => streamLog(platform.log, ctx));
  // A cookie that scripts can read: the client page shows who is acting.
  router.post('/person', async (ctx) => {
    const { person } = check(z.object({ person: z.string() }), await readBody(ctx));
    const known = personOf(platform, person);
    if (known === null) throw new ActionError(404, 'unknown_person', '没有这个人');
    keepPerson(ctx, known);
    ctx.status = 204;
  });
  router.post('/agent-config', async (ctx) => {
    ctx.body = checkAgentConfig(platform, check(configFields, await readBody(ctx)));
  });
  router.post('/verify-callback', async (ctx) => {
    ctx.body = await verifyCallbackUrl(platform);
  });
  serveSettings(router, platform);
  // The first people's routes were made without `act/`; scripts may still use them so.
  for (const [name, act] of Object.entries(actRoutes(actions)))
    router.post([`/act/${name}`, `/${name}`], async (ctx) => {
      ctx.body = act(await readBody(ctx)) ?? {};
    });
  const app = new Koa();
  app.use(router.routes());
  return mount(app);
}

/** Faults, rules and the clock: what a tester turns. */
function serveSettings(router: Router, platform: Platform): void {
  router.get('/faults', (ctx) => {
    ctx.body = { items: platform.faults.list() };
  });
  router.post('/faults', async (ctx) => {
    orderFault(platform, await readBody(ctx));
    ctx.status = 204;
  });
  router.get('/rules', (ctx) => {
    ctx.body = platform.rules;
  });
  router.post('/rules', async (ctx) => {
    ctx.body = changeRules(platform, await readBody(ctx));
  });
  router.get('/clock', (ctx) => {
    ctx.body = showClock(platform);
  });
  router.post('/clock', async (ctx) => {
    ctx.body = moveClock(platform, await readBody(ctx));
  });
}

/** Refusals in the shape of the product's own API errors; the rest is Koa's 500. */
async function reportErrors(ctx: Context, next: Next): Promise<void> {
  try {
    await next();
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    ctx.status = error.status;
    ctx.body = { error: { code: error.code, message: error.message } };
  }
}
