import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from 'koa';
import { ApiError, refusalOf } from '../api-error.ts';
import type { Platform } from '../platform.ts';
import { readBody } from '../read-body.ts';
import { isMultipart, readMultipart } from '../read-multipart.ts';
import { APIS } from './all-apis.ts';
import { checkSetup, plainIp } from './check-setup.ts';
import { createCallCounter } from './count-calls.ts';
import type { CallCounter } from './count-calls.ts';
import type { Api } from './define-api.ts';
import { isLivingCode } from './oauth.ts';
import { checkToken } from './token.ts';

/** Query and body as one set. */
export type Fields = Record<string, unknown>;
export type Answer = Record<string, unknown> & { errcode: number };

/** Answers one call; `fields` is filled with the body for the log. Anything unforeseen is -1, system busy. */
export function createAnswering(platform: Platform): (ctx: Context, fields: Fields) => Promise<Answer> {
  const counter = createCallCounter(platform);
  const guard = createGuard(platform);
  const run = async (ctx: Context, fields: Fields): Promise<Answer> => {
    const api = APIS.get(ctx.path);
    if (!api) throw new ApiError(40066);
    if (ctx.method !== api.method) throw new ApiError(api.method === 'GET' ? 43001 : 43002);
    if (api.method === 'POST') Object.assign(fields, await readApiBody(ctx));
    admit({ platform, counter }, api, { ip: plainIp(ctx.ip), fields });
    const work = () => api.run(platform, fields);
    const rows = api.isGuarded ? await guard(work) : work();
    if (api.writes) platform.save();
    return { errcode: 0, errmsg: 'ok', ...rows };
  };
  return (ctx, fields) =>
    run(ctx, fields).catch((error: unknown) => {
      const tooMany = APIS.get(ctx.path)?.isOpen ? afterFailure(counter) : null;
      return refuse(platform, ctx, tooMany ?? error);
    });
}

/** Whether the call may be answered at all. @throws {ApiError} 45009, 41001, 40014, 42001, 60020, 50003, 48002 */
function admit(
  { platform, counter }: { platform: Platform; counter: CallCounter },
  api: Api,
  { ip, fields }: { ip: string; fields: Fields },
): void {
  // Asking with a code that is good counts for nothing. Source: wecom.md §4.1.
  const isFree = api.path === '/cgi-bin/auth/getuserinfo' && isLivingCode(platform, fields['code']);
  if (!isFree) counter.call(api.path, ip);
  if (api.isOpen) return;
  checkToken(platform, fields['access_token']);
  checkSetup(platform, { path: api.path, ip });
}

/** Counts a refused gettoken; the error is 45009 once there were too many. */
function afterFailure(counter: CallCounter): unknown {
  try {
    counter.failedToken();
    return null;
  } catch (error) {
    return error;
  }
}

/** Counts writes in flight. @throws {ApiError} 45033 when there are too many. */
function createGuard(platform: Platform): <Result>(work: () => Result) => Promise<Result> {
  let inFlight = 0;
  return async (work) => {
    if (inFlight >= platform.rules.parallelWrites) throw new ApiError(45033);
    inFlight += 1;
    try {
      await delay(platform.rules.writeMs);
      return work();
    } finally {
      inFlight -= 1;
    }
  };
}

/** Turns what was thrown into an answer. */
function refuse(platform: Platform, ctx: Context, error: unknown): Answer {
  const known = error instanceof ApiError ? error : new ApiError(-1, String(error));
  return refusal(platform, known, ctx);
}

/** A refusal in the words of the real platform, with the empty lists of the API's success shape. */
export function refusal({ state, now }: Platform, error: ApiError, ctx: Context): Answer {
  const hint = `${Math.floor(now().getTime() / 1000)}${String(state.sequence).padStart(14, '0')}`;
  const empty = APIS.get(ctx.path)?.empty ?? {};
  return { ...refusalOf(error, empty, { hint, ip: plainIp(ctx.ip) }), errcode: error.errcode };
}

/** @throws {ApiError} 47001 unless the body is a JSON object; an empty body counts as one. */
async function readApiBody(ctx: Context): Promise<Fields> {
  const body = isMultipart(ctx) ? await readMultipart(ctx) : await readBody(ctx);
  if (body === null) throw new ApiError(47001);
  return body;
}
