import { Router } from '@koa/router';
import type { Middleware } from 'koa';
import { AppError } from '../errors.ts';

/** What an act of the tour did: so many were asked, or told. */
export type ActDone = { done: number };

/** What the tour of the sandbox lets people do with one tap, by the last part of its address. */
export type SandboxActs = Readonly<Record<'ask-nps' | 'send-digest', () => Promise<ActDone>>>;

/**
 * The buttons of the sandbox's tour, `POST /sandbox/acts/ask-nps` and `/send-digest`: what an administrator does on the command line.
 * Mounted in sandbox mode only.
 */
export function sandboxActRoutes(acts: SandboxActs): Middleware {
  const router = new Router({ prefix: '/sandbox/acts' }).use(jsonOnly);
  for (const [name, act] of Object.entries(acts))
    router.post(`/${name}`, async (ctx) => {
      ctx.body = await act();
    });
  return router.routes();
}

/** A form of another site cannot send JSON unasked. */
const jsonOnly: Middleware = async (ctx, next) => {
  if (!ctx.is('json')) throw new AppError(415, 'json_only', { message: '请以 JSON 发送' });
  await next();
};
