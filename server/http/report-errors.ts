import type { Context as KoaContext, Middleware } from 'koa';
import { AppError } from '../errors.ts';
import { plainPage, type WayOn } from './plain-page.ts';
import { databaseAway } from './deadline.ts';

/** What reporting needs: where to write what is our fault, and the request's id. */
export type Reporter = { error: (fields: object, message: string) => void };

const RETRY_SECONDS = '5';

const OUR_FAULT = {
  status: 500,
  code: 'internal_error',
  message: '服务器出错了，请稍后再试',
  details: undefined,
};

/** Answers every error in one shape: JSON for programs, a short page for people. Causes go to the log only. */
export const reportErrors =
  (log: Reporter): Middleware =>
  async (ctx, next) => {
    try {
      await next();
      if (ctx.status === 404 && ctx.body === undefined) throw notFound();
    } catch (error) {
      const { status, code, message, details } = describe(error);
      if (status >= 500) log.error({ error, requestId: ctx.state['requestId'] }, 'request failed');
      ctx.status = status;
      if (status === 503 && !ctx.response.get('retry-after')) ctx.set('retry-after', RETRY_SECONDS);
      if (wantsPage(ctx)) {
        ctx.type = 'html';
        ctx.body = plainPage(message, wayOnOf(ctx));
      } else ctx.body = { error: { code, message, requestId: ctx.state['requestId'], details } };
    }
  };

const notFound = () => new AppError(404, 'not_found', { message: '没有这个地址' });

/** What the database's driver throws when nobody answers there, or not in time. */
const DATABASE_AWAY =
  /^Mongo(ose)?(Network|NetworkTimeout|ServerSelection|TopologyClosed|NotConnected|PoolCleared|PoolClosed|ClientClosed|WaitQueueTimeout|OperationTimeout)Error$/;

/** Koa's own errors carry `status` and `expose`, e.g. for a broken body. */
function describe(error: unknown): Pick<AppError, 'status' | 'code' | 'message' | 'details'> {
  if (error instanceof AppError) return error;
  if (error instanceof Error && DATABASE_AWAY.test(error.name)) return databaseAway(error);
  if (error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500) {
    return { status: error.status, code: 'bad_request', message: '请求格式不对', details: undefined };
  }
  return OUR_FAULT;
}

/** A page for who asks for one; for who asks for anything, too, where a visitor was given a way on. */
function wantsPage(ctx: KoaContext): boolean {
  if (ctx.path.startsWith('/api/')) return false;
  return ctx.accepts(wayOnOf(ctx) ? ['html', 'json'] : ['json', 'html']) === 'html';
}

/** What a door for people left in `ctx.state`: the button of the page that tells what went wrong. */
const wayOnOf = (ctx: KoaContext): WayOn | undefined => ctx.state['wayOn'] as WayOn | undefined;
