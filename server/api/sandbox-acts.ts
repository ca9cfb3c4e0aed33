import type { Middleware } from 'koa';
import { AppError } from '../errors.ts';

/** What an act of the tour did: so many were asked, or told. */
export type ActDone = { done: number };

/** What the tour of the sandbox lets people do with one tap, by the last part of its address. */
export type SandboxActs = Readonly<Record<'ask-nps' | 'send-digest', () => Promise<ActDone>>>;

const PREFIX = '/sandbox/acts/';

/**
 * The buttons of the sandbox's tour, `POST /sandbox/acts/ask-nps` and `/send-digest`: what an administrator does on the command line.
 * Mounted in sandbox mode only.
 */
export const sandboxActs =
  (acts: SandboxActs): Middleware =>
  async (ctx, next) => {
    const name = ctx.path.startsWith(PREFIX) ? ctx.path.slice(PREFIX.length) : '';
    const act = Object.entries(acts).find(([key]) => key === name)?.[1];
    if (!act || ctx.method !== 'POST') return next();
    // A form of another site cannot send JSON unasked.
    if (!ctx.is('json')) throw new AppError(415, 'json_only', { message: '请以 JSON 发送' });
    ctx.body = await act();
  };
