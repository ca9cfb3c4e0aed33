import { Router } from '@koa/router';
import type { Context as KoaContext } from 'koa';
import rawBody from 'raw-body';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import type { CallbackKeys } from '../wecom/client/crypto.ts';
import { createArrivals } from './arrivals.ts';
import { mayBeRedelivery } from './dispatch.ts';
import { openEcho, decryptCallback } from './decrypt-callback.ts';
import type { EventQueue } from './queue.ts';
import { toCallbackEvent, type Understood } from './to-callback-event.ts';

const LARGEST_BODY = 64 * 1024;

export type CallbackParts = { keys: CallbackKeys; queue: EventQueue };

/**
 * WeCom's door. An answer later than 5 s makes WeCom send the event again, so the event is kept, answered, and only then
 * worked on; the pump takes up what fails.
 *
 * @see https://developer.work.weixin.qq.com/document/path/90930; wecom.md §1
 */
export function callbackRoutes(context: Context, { keys, queue }: CallbackParts): Router {
  const router = new Router({ prefix: '/wecom/callback' });
  const arrivalOf = createArrivals(context.now);
  router.get('/', (ctx) => {
    const echo = openEcho(keys, ctx.query);
    ctx.type = 'text/plain';
    ctx.body = echo;
  });
  router.post('/', async (ctx) => {
    const event = toCallbackEvent(context, decryptCallback(keys, ctx.query, await readBody(ctx)));
    const kept = { ...event, receivedAt: arrivalOf(event.subject), dueAt: context.now() };
    const isNew = await context.inbox.keep(kept);
    if (isNew ? event.state === 'waiting' : await isDoneAgain(context, event)) queue.push(kept);
    ctx.body = 'success';
  });
  return router;
}

/** A repeated delivery, or another change in the same second: nobody can tell, and looking once more does no harm. */
const isDoneAgain = async ({ inbox, now }: Context, { _id, kind }: Understood): Promise<boolean> =>
  mayBeRedelivery(kind) && inbox.meetTwin(_id, now());

async function readBody(ctx: KoaContext): Promise<string> {
  return rawBody(ctx.req, { limit: LARGEST_BODY, encoding: 'utf8' }).catch((cause: unknown) => {
    const isLarge = cause instanceof Error && 'type' in cause && cause.type === 'entity.too.large';
    ctx.req.resume(); // else the unread rest holds the connection, and a stopping server with it
    const status = isLarge ? 413 : 400;
    throw new AppError(status, isLarge ? 'body_too_large' : 'broken_body', {
      message: 'the body could not be read',
      cause,
    });
  });
}
