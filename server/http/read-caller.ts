import type { Middleware } from 'koa';
import { AppError } from '../errors.ts';
import type { Sessions } from './sessions.ts';

/** Only who is signed in comes through; `identify` tells what they may see. @throws {AppError} 401 `signed_out` */
export const readCaller =
  <Caller>(
    sessions: Sessions,
    identify: (staffId: string) => Promise<Caller>,
  ): Middleware<{ caller: Caller }> =>
  async (ctx, next) => {
    const staffId = sessions.staffId(ctx);
    if (!staffId) throw new AppError(401, 'signed_out', { message: '请先登录' });
    ctx.state.caller = await identify(staffId);
    await next();
  };

/** A change must come from our own pages. @throws {AppError} 403 `foreign_origin` */
export const sameOriginOnly =
  (publicUrl: string): Middleware =>
  async (ctx, next) => {
    const origin = ctx.get('origin');
    const isForeign =
      origin && origin !== new URL(publicUrl).origin && origin !== `${ctx.protocol}://${ctx.host}`;
    if (isForeign && !['GET', 'HEAD'].includes(ctx.method)) {
      throw new AppError(403, 'foreign_origin', { message: '请求来源不对，请从侧边栏重新打开' });
    }
    await next();
  };
