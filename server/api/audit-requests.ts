import type { RouterMiddleware } from '@koa/router';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Signed } from './caller.ts';
import { routeOf } from './permit.ts';

/** Our names for what a route's parameters identify. */
const SUBJECTS: Readonly<Record<string, string>> = {
  accountId: 'account',
  externalUserId: 'contact',
  staffId: 'staff',
  section: 'settings',
};

/**
 * Notes every request of a signed-in caller: who, when, which route, whom it was about and how it was answered; no bodies and no
 * personal data beyond ids. Changes are answered once they are noted; readings do not wait.
 */
export const auditRequests =
  ({ audit, log, now }: Pick<Context, 'audit' | 'log' | 'now'>): RouterMiddleware<Signed> =>
  async (ctx, next) => {
    const note = (status: number): Promise<void> => {
      const act = routeOf(ctx);
      const entry = { by: ctx.state.caller.staffId, at: now(), act, from: null, to: null, status };
      const entries = subjectsOf(act, ctx.params).map((subject) => ({ ...entry, subject }));
      return audit.note(entries).catch((error: unknown) => log.error({ error, act }, 'request not noted'));
    };
    const isReading = ['GET', 'HEAD'].includes(ctx.method);
    try {
      await next();
    } catch (error) {
      await note(error instanceof AppError ? error.status : 500);
      throw error;
    }
    const noted = note(ctx.status);
    if (!isReading) await noted;
  };

/** One for each id in the path; `['']` for routes without any. */
function subjectsOf(route: string, params: Readonly<Record<string, string>>): string[] {
  const named = Object.entries(params).map(([name, id]) => `${SUBJECTS[name] ?? kindOf(route, name)}:${id}`);
  return named.length > 0 ? named : [''];
}

/** `/console/events/:id/replay` is about `events`. */
function kindOf(route: string, name: string): string {
  const parts = route.split('/');
  return parts[parts.indexOf(`:${name}`) - 1] ?? name;
}
