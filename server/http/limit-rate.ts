import type { Middleware } from 'koa';
import { AppError } from '../errors.ts';

/** Counts with a time to live; see store/shared.ts. */
export type Counter = { count: (key: string, ttlMs: number) => Promise<number> };

const WINDOW_MS = 60_000;

/** At most `perMinute` requests of one address to one group of routes. @throws {AppError} 429 `too_many_requests` */
export const limitRate =
  (counter: Counter, { group, perMinute }: { group: string; perMinute: number }): Middleware =>
  async (ctx, next) => {
    if ((await counter.count(`rate:${group}:${ctx.ip}`, WINDOW_MS)) > perMinute) {
      ctx.set('retry-after', '60');
      throw new AppError(429, 'too_many_requests', { message: '操作太频繁，请一分钟后再试' });
    }
    await next();
  };
