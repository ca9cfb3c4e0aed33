import type { RouterMiddleware } from '@koa/router';
import { grantOf, type Grant, type Scope } from '../domain/staff/permission.ts';
import type { Role } from '../domain/staff/staff.ts';
import { AppError } from '../errors.ts';
import { API_PREFIX, type Signed } from './caller.ts';

const REFUSALS: readonly { lets: Role; code: string; message: string }[] = [
  { lets: 'manager', code: 'managers_only', message: '这里只对主管和管理员开放' },
  { lets: 'admin', code: 'admins_only', message: '这里只对管理员开放' },
];

/** Lets pass whom the permission table names for the route. @throws {AppError} 403 `managers_only`, `admins_only` or `not_permitted` */
export const permit: RouterMiddleware<Signed> = async (ctx, next) => {
  const grant = grantOf(routeOf(ctx));
  if (ctx.state.caller.scopes) return permitKey(grant, ctx.state.caller.scopes, next);
  if (grant?.roles.includes(ctx.state.caller.role)) return next();
  const refusal = REFUSALS.find(({ lets }) => grant?.roles.includes(lets));
  throw new AppError(403, refusal?.code ?? 'not_permitted', { message: refusal?.message ?? '没有这项权限' });
};

/** A key passes by its scopes alone. */
function permitKey<Answer>(grant: Grant | null, scopes: readonly Scope[], next: () => Answer): Answer {
  if (grant?.scope && scopes.includes(grant.scope)) return next();
  throw new AppError(403, 'not_in_scope', { message: '该密钥没有这项权限' });
}

/** The route that will answer, as the permission table names it: the first that fits the path and the method. */
export function routeOf({ matched = [], method }: { matched?: Layer[]; method: string }): string {
  const asked = method === 'HEAD' ? 'GET' : method;
  const found = matched.find(({ methods, path }) => methods.includes(asked) && isOurs(path));
  return `${asked} ${String(found?.path).slice(API_PREFIX.length)}`;
}

type Layer = { methods: string[]; path: string | RegExp };

const isOurs = (path: string | RegExp) => typeof path === 'string' && path.startsWith(API_PREFIX);
