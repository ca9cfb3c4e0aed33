import type { Context as KoaContext, Middleware } from 'koa';
import { AppError } from '../errors.ts';
import { visitorOf } from './client-address.ts';

/** Counts with a time to live; see store/shared.ts. */
export type Counter = { count: (key: string, ttlMs: number) => Promise<number> };

/** So many requests within a window. */
type Allowance = { most: number; windowMs: number };

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const TOO_OFTEN = '操作太频繁，请一分钟后再试';

/** How much is counted under which key; `message` is for people. */
type Counted = Allowance & { key: string; message?: string };

/** Counts one request, and refuses what is too much. @throws {AppError} 429 `too_many_requests`, with `retry-after` in seconds */
export async function countOrRefuse(ctx: KoaContext, counter: Counter, counted: Counted): Promise<void> {
  const { key, most, windowMs, message = TOO_OFTEN } = counted;
  if ((await counter.count(`rate:${key}`, windowMs)) <= most) return;
  ctx.set('retry-after', String(windowMs / 1000));
  throw new AppError(429, 'too_many_requests', { message });
}

/** So many within a minute. */
export const aMinute = (most: number): Allowance => ({ most, windowMs: MINUTE_MS });

/** At most `perMinute` requests of one address to one group of routes. @throws {AppError} 429 `too_many_requests` */
export const limitRate =
  (counter: Counter, { group, perMinute }: { group: string; perMinute: number }): Middleware =>
  async (ctx, next) => {
    await countOrRefuse(ctx, counter, { key: `${group}:${visitorOf(ctx)}`, ...aMinute(perMinute) });
    await next();
  };

/**
 * Counts only what was refused with one of these statuses, by address: guesses at keys, sessions and links. Who is known is
 * never held back by a stranger at the same address.
 *
 * @throws {AppError} 429 `too_many_requests` instead of the refusal
 */
export const limitRefused =
  (
    counter: Counter,
    { group, perMinute, statuses }: { group: string; perMinute: number; statuses: readonly number[] },
  ): Middleware =>
  async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      if (error instanceof AppError && statuses.includes(error.status))
        await countOrRefuse(ctx, counter, { key: `${group}:${visitorOf(ctx)}`, ...aMinute(perMinute) });
      throw error;
    }
  };

/** What a person may ask for with a few browsers open, and no script. */
const PER_CALLER: readonly (Allowance & { message: string })[] = [
  { ...aMinute(300), message: TOO_OFTEN },
  { most: 5000, windowMs: HOUR_MS, message: '一小时内的操作太多，请稍后再试；需要大批数据请联系管理员导出' },
];

/** Bounds what one signed-in member asks for, wherever they are; keys have numbers of their own. @throws {AppError} 429 `too_many_requests` */
export const limitCallers =
  <Caller extends { staffId: string; scopes?: unknown }>(counter: Counter): Middleware<{ caller: Caller }> =>
  async (ctx, next) => {
    const { staffId, scopes } = ctx.state.caller;
    if (!scopes)
      for (const { message, ...allowance } of PER_CALLER)
        await countOrRefuse(ctx, counter, {
          key: `caller:${staffId}:${allowance.windowMs}`,
          ...allowance,
          message,
        });
    await next();
  };
