import type { Context as KoaContext, Middleware } from 'koa';
import { AppError } from '../errors.ts';

/** What reporting needs: where to write what is our fault, and the request's id. */
export type Reporter = { error: (fields: object, message: string) => void };

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
      if (wantsPage(ctx)) {
        ctx.type = 'html';
        ctx.body = page(message);
      } else ctx.body = { error: { code, message, requestId: ctx.state['requestId'], details } };
    }
  };

const notFound = () => new AppError(404, 'not_found', { message: '没有这个地址' });

/** Koa's own errors carry `status` and `expose`, e.g. for a broken body. */
function describe(error: unknown): Pick<AppError, 'status' | 'code' | 'message' | 'details'> {
  if (error instanceof AppError) return error;
  if (error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500) {
    return { status: error.status, code: 'bad_request', message: '请求格式不对', details: undefined };
  }
  return OUR_FAULT;
}

const wantsPage = (ctx: KoaContext) =>
  ctx.accepts(['json', 'html']) === 'html' && !ctx.path.startsWith('/api/');

function page(message: string): string {
  const text = message.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>跟进</title><style>:root{color-scheme:light dark}body{font:17px/1.6 system-ui,sans-serif;max-width:22em;margin:28vh auto 0;padding:0 24px;text-align:center}</style>
<p role="alert">${text}</p></html>`;
}
