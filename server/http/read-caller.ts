import type { Middleware } from 'koa';
import { AppError } from '../errors.ts';
import type { Counter } from './limit-rate.ts';
import type { Sessions } from './sessions.ts';

/** How machines are known: by a secret, and so many requests a minute; `identify` gives null for a bad secret. */
type Keys<Caller> = {
  counter: Counter;
  identify: (secret: string) => Promise<{ caller: Caller & { staffId: string }; perMinute: number } | null>;
};

const WINDOW_MS = 60_000;

/** The secret of a machine; null when a person asks. */
const secretOf = (authorization: string): string | null =>
  /^Bearer\s+(\S+)$/i.exec(authorization)?.[1] ?? null;

/**
 * Only who is signed in comes through, or a machine with its key; `identify` tells what they may see.
 *
 * @throws {AppError} 401 `signed_out` or `bad_key`; 429 `too_many_requests` for a key that is too busy.
 */
export const readCaller =
  <Caller>(
    sessions: Sessions,
    identify: (staffId: string) => Promise<Caller>,
    keys?: Keys<Caller>,
  ): Middleware<{ caller: Caller }> =>
  async (ctx, next) => {
    const secret = keys ? secretOf(ctx.get('authorization')) : null;
    if (keys && secret !== null) {
      ctx.state.caller = await callerOf(keys, secret, () => ctx.set('retry-after', '60'));
      return next();
    }
    const staffId = sessions.staffId(ctx);
    if (!staffId) throw new AppError(401, 'signed_out', { message: '请先登录' });
    ctx.state.caller = await identify(staffId);
    await next();
  };

async function callerOf<Caller>(keys: Keys<Caller>, secret: string, onTooMany: () => void): Promise<Caller> {
  const known = await keys.identify(secret);
  if (!known) throw new AppError(401, 'bad_key', { message: '密钥无效' });
  if ((await keys.counter.count(`rate:${known.caller.staffId}`, WINDOW_MS)) > known.perMinute) {
    onTooMany();
    throw new AppError(429, 'too_many_requests', { message: '该密钥请求太频繁，请一分钟后再试' });
  }
  return known.caller;
}

/** A change must come from our own pages; a machine's key is no cookie that a foreign page could use. @throws {AppError} 403 `foreign_origin` */
export const sameOriginOnly =
  (publicUrl: string): Middleware =>
  async (ctx, next) => {
    const origin = ctx.get('origin');
    const isForeign =
      origin && origin !== new URL(publicUrl).origin && origin !== `${ctx.protocol}://${ctx.host}`;
    if (isForeign && secretOf(ctx.get('authorization')) === null && !['GET', 'HEAD'].includes(ctx.method)) {
      throw new AppError(403, 'foreign_origin', { message: '请求来源不对，请从侧边栏重新打开' });
    }
    await next();
  };
