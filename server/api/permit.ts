import type { RouterMiddleware } from '@koa/router';
import type { Scope } from '../domain/staff/permission.ts';
import type { Role } from '../domain/staff/staff.ts';
import { AppError } from '../errors.ts';
import type { Layer } from '../http/describe-routes.ts';
import { shapeOf, type Access } from '../http/endpoint.ts';
import { API_PREFIX, type Signed } from './caller.ts';

const REFUSALS: readonly { lets: Role; code: string; message: string }[] = [
  { lets: 'manager', code: 'managers_only', message: '这里只对主管和管理员开放' },
  { lets: 'admin', code: 'admins_only', message: '这里只对管理员开放' },
];

/** Lets pass whom the route's own shape names; a route without one answers nobody. @throws {AppError} 403 `managers_only`, `admins_only`, `not_in_scope` or `not_permitted` */
export const permit: RouterMiddleware<Signed> = async (ctx, next) => {
  const { role, scopes } = ctx.state.caller;
  const access = accessOf(ctx);
  if (scopes) return permitKey(access, scopes, next);
  if (access?.roles.includes(role)) return next();
  const refusal = REFUSALS.find(({ lets }) => access?.roles.includes(lets));
  throw new AppError(403, refusal?.code ?? 'not_permitted', { message: refusal?.message ?? '没有这项权限' });
};

/** A key passes by its scopes alone. */
function permitKey<Answer>(access: NamedAccess | null, scopes: readonly Scope[], next: () => Answer): Answer {
  if (scopes.some((scope) => scope === access?.scope)) return next();
  throw new AppError(403, 'not_in_scope', { message: '该密钥没有这项权限' });
}

type Asked = { matched?: Layer[]; method: string };

type NamedAccess = Exclude<Access, 'anybody'>;

/** Whom the route that will answer names; null where it names nobody. */
function accessOf(asked: Asked): NamedAccess | null {
  const access = answering(asked)?.stack.map(shapeOf).find(Boolean)?.access ?? 'anybody';
  return access === 'anybody' ? null : access;
}

/** The route that will answer, `METHOD /path` as it was declared. */
export const routeOf = (asked: Asked): string =>
  `${methodOf(asked)} ${String(answering(asked)?.path).slice(API_PREFIX.length)}`;

const methodOf = ({ method }: Asked) => (method === 'HEAD' ? 'GET' : method);

/** The first that fits the path and the method. */
const answering = (asked: Asked): Layer | undefined =>
  asked.matched?.find(({ methods, path }) => methods.includes(methodOf(asked)) && isOurs(path));

const isOurs = (path: string | RegExp) => typeof path === 'string' && path.startsWith(API_PREFIX);
