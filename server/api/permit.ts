import type { RouterMiddleware } from '@koa/router';
import { grantOf } from '../domain/permission.ts';
import type { Role } from '../domain/staff.ts';
import { AppError } from '../errors.ts';
import { API_PREFIX, type Signed } from './caller.ts';

const REFUSALS: readonly { lets: Role; code: string; message: string }[] = [
  { lets: 'manager', code: 'managers_only', message: '这里只对主管和管理员开放' },
  { lets: 'admin', code: 'admins_only', message: '这里只对管理员开放' },
];

/** Lets pass whom the permission table names for the route. @throws {AppError} 403 `managers_only`, `admins_only` or `not_permitted` */
export const permit: RouterMiddleware<Signed> = async (ctx, next) => {
  const method = ctx.method === 'HEAD' ? 'GET' : ctx.method;
  const grant = grantOf(`${method} ${String(ctx._matchedRoute).slice(API_PREFIX.length)}`);
  if (grant?.roles.includes(ctx.state.caller.role)) return next();
  const refusal = REFUSALS.find(({ lets }) => grant?.roles.includes(lets));
  throw new AppError(403, refusal?.code ?? 'not_permitted', { message: refusal?.message ?? '没有这项权限' });
};
