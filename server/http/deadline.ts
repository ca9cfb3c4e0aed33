import type { Middleware } from 'koa';
import { AppError } from '../errors.ts';

/** `patienceMs`: so long nobody asks why; `longestMs`: the end whatever the reason. */
export type Patience = { patienceMs: number; longestMs: number };

/** What a request waits for: `isAlive` tells, soon, whether the database still answers. */
type Waiting = { patienceOf: (path: string) => Patience; isAlive: () => Promise<boolean> };

/**
 * Ends a request whose answer does not come: at once when the database has stopped answering, else after `longestMs`. What it
 * had begun goes on, and is not told to anybody.
 *
 * @throws {AppError} 503 `database_away` or `too_slow`
 */
export const limitTime =
  ({ patienceOf, isAlive }: Waiting): Middleware =>
  async (ctx, next) => {
    const { patienceMs, longestMs } = patienceOf(ctx.path);
    const work = next();
    for (let waitedMs = patienceMs; !(await endsWithin(patienceMs, work)); waitedMs += patienceMs) {
      const isEnd = waitedMs >= longestMs;
      if (!isEnd && (await isAlive())) continue;
      work.catch(() => undefined); // nobody waits for it any more
      throw (await isAlive()) ? tooSlow() : databaseAway();
    }
  };

/** What people and programs are told while the database does not answer. */
export const databaseAway = (cause?: unknown) =>
  new AppError(503, 'database_away', { message: '数据库暂时没有响应，请稍后再试', cause });

const tooSlow = () => new AppError(503, 'too_slow', { message: '处理时间太长，请稍后再试' });

/** True when `work` ended in time. @throws what `work` throws */
async function endsWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  const timer: { id?: NodeJS.Timeout } = {};
  const late = new Promise<false>((resolve) => {
    timer.id = setTimeout(resolve, ms, false);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer.id);
  }
}
