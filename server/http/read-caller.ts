import type { Context as KoaContext, Middleware } from 'koa';
import { AppError } from '../errors.ts';
import { bearerOf } from './bearer.ts';
import type { Counter } from './limit-rate.ts';
import type { Sessions } from './sessions.ts';

/** How callers are known; each throws for who is not let in. A key may ask `perMinute` times a minute. */
type Callers<Caller> = {
  bySession: (sessionId: string, asked: { requestId: string }) => Promise<Caller>;
  byKey?: (
    secret: string,
    asked: { requestId: string },
  ) => Promise<{ caller: Caller & { staffId: string }; perMinute: number }>;
};

const WINDOW_MS = 60_000;

/**
 * Only who is signed in comes through, or a machine with its key.
 *
 * @throws {AppError} 401 `signed_out`, or what `callers` throws; 429 `too_many_requests` for a key that is too busy.
 */
export const readCaller =
  <Caller>(
    sessions: Pick<Sessions, 'sessionId'>,
    { bySession, byKey }: Callers<Caller>,
    counter: Counter,
  ): Middleware<{ caller: Caller }> =>
  async (ctx, next) => {
    const asked = { requestId: String(ctx.response.get('x-request-id')) };
    const secret = bearerOf(ctx.get('authorization'));
    if (byKey && secret !== null) {
      const { caller, perMinute } = await byKey(secret, asked);
      await limitKey(ctx, counter, { staffId: caller.staffId, perMinute });
      ctx.state.caller = caller;
      return next();
    }
    const sessionId = sessions.sessionId(ctx);
    if (sessionId === null) throw new AppError(401, 'signed_out', { message: '请先登录' });
    ctx.state.caller = await bySession(sessionId, asked);
    await next();
  };

async function limitKey(
  ctx: KoaContext,
  counter: Counter,
  { staffId, perMinute }: { staffId: string; perMinute: number },
): Promise<void> {
  if ((await counter.count(`rate:${staffId}`, WINDOW_MS)) <= perMinute) return;
  ctx.set('retry-after', '60');
  throw new AppError(429, 'too_many_requests', { message: '该密钥请求太频繁，请一分钟后再试' });
}

/** A change must come from our own pages; a machine's key is no cookie that a foreign page could use. @throws {AppError} 403 `foreign_origin` */
export const sameOriginOnly =
  (publicUrl: string): Middleware =>
  async (ctx, next) => {
    const origin = ctx.get('origin');
    const isForeign =
      origin && origin !== new URL(publicUrl).origin && origin !== `${ctx.protocol}://${ctx.host}`;
    if (isForeign && bearerOf(ctx.get('authorization')) === null && !['GET', 'HEAD'].includes(ctx.method)) {
      throw new AppError(403, 'foreign_origin', { message: '请求来源不对，请从侧边栏重新打开' });
    }
    await next();
  };
