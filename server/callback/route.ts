import { createHash } from 'node:crypto';
import { Router } from '@koa/router';
import type { Context as KoaContext } from 'koa';
import rawBody from 'raw-body';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { CryptoError, isSameText, openSealed, signatureOf, type CallbackKeys } from '../wecom/crypto.ts';
import { handlerOf } from './dispatch.ts';
import { ParseError, parseEvent, parseSealed, type CallbackEvent } from './parse.ts';
import type { EventQueue } from './queue.ts';

const LARGEST_BODY = 64 * 1024;

const text = z.string().min(1).max(256);
const Letter = z.looseObject({ msg_signature: text, timestamp: text, nonce: text });
const Echo = Letter.extend({ echostr: z.string().min(1).max(2048) });

export type CallbackParts = { keys: CallbackKeys; queue: EventQueue };

/**
 * WeCom's door. An answer later than 5 s makes WeCom send the event again, so the event is kept, answered, and only then
 * worked on; `jobs/retry-inbox` takes what fails.
 *
 * @see https://developer.work.weixin.qq.com/document/path/90930; wecom.md §1
 */
export function callbackRoutes(context: Context, { keys, queue }: CallbackParts): Router {
  const router = new Router({ prefix: '/wecom/callback' });
  router.get('/', (ctx) => {
    const query = authentic(Echo.safeParse(ctx.query).data, (echo) => echo.echostr, keys);
    ctx.type = 'text/plain';
    ctx.body = opened(keys, query.echostr);
  });
  router.post('/', async (ctx) => {
    const sealed = await readSealed(ctx);
    authentic(Letter.safeParse(ctx.query).data, () => sealed, keys);
    const xml = opened(keys, sealed);
    const id = createHash('sha256').update(xml).digest('hex');
    const event = understood(context, id, xml);
    const isNew = await context.inbox.keep({ _id: id, ...event, receivedAt: context.now() });
    if (isNew && event.state === 'waiting') queue.push(id, event.subject);
    ctx.body = 'success';
  });
  return router;
}

/** The query, when its signature is that of `sealed`. @throws {AppError} 400 or 403 */
function authentic<Query extends z.infer<typeof Letter>>(
  query: Query | undefined,
  sealedOf: (query: Query) => string,
  { token }: CallbackKeys,
): Query {
  if (!query)
    throw new AppError(400, 'invalid_query', { message: 'msg_signature, timestamp and nonce are required' });
  const expected = signatureOf(token, query.timestamp, query.nonce, sealedOf(query));
  if (isSameText(expected, query.msg_signature)) return query;
  throw new AppError(403, 'wrong_signature', { message: 'msg_signature does not fit' });
}

async function readSealed(ctx: KoaContext): Promise<string> {
  const body = await rawBody(ctx.req, { limit: LARGEST_BODY, encoding: 'utf8' }).catch((cause: unknown) => {
    const isLarge = cause instanceof Error && 'type' in cause && cause.type === 'entity.too.large';
    ctx.req.resume(); // else the unread rest holds the connection, and a stopping server with it
    const status = isLarge ? 413 : 400;
    throw new AppError(status, isLarge ? 'body_too_large' : 'broken_body', {
      message: 'the body could not be read',
      cause,
    });
  });
  try {
    return parseSealed(body);
  } catch (cause) {
    if (!(cause instanceof ParseError)) throw cause;
    throw new AppError(400, 'invalid_xml', { message: cause.message, cause });
  }
}

function opened(keys: CallbackKeys, sealed: string): string {
  try {
    return openSealed(keys, sealed);
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause;
    const isForeign = cause.fault === -40005;
    throw new AppError(isForeign ? 403 : 400, isForeign ? 'wrong_receiver' : 'not_decryptable', {
      message: cause.message,
      cause,
    });
  }
}

type Understood = CallbackEvent & { state: 'waiting' | 'ignored' | 'failed' };

/** An authentic letter that we cannot read is kept too, parked, so that nothing is lost. */
function understood({ log, now }: Context, id: string, xml: string): Understood {
  try {
    const event = parseEvent(xml);
    return { ...event, state: handlerOf(event.kind) ? 'waiting' : 'ignored' };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    log.error({ error, eventId: id }, 'authentic callback not understood');
    return { kind: 'unreadable', subject: id, happenedAt: now(), fields: { xml }, state: 'failed' };
  }
}
