import { setTimeout as delay } from 'node:timers/promises';
import type { Context, Middleware } from 'koa';
import { ApiError, refusalOf } from '../api-error.ts';
import type { Fault } from '../faults.ts';
import { withoutSecrets } from '../log.ts';
import type { Platform } from '../platform.ts';
import { readBody } from '../read-body.ts';
import { createCallCounter } from './count-calls.ts';
import { customerApis } from './customers.ts';
import type { Api } from './define-api.ts';
import { markTagApis } from './mark-tags.ts';
import { massMessageApis } from './mass-messages.ts';
import { massResultApis } from './mass-results.ts';
import { messageApis } from './messages.ts';
import { oauthApis } from './oauth.ts';
import { staffApis } from './staff.ts';
import { tagApis } from './tags.ts';
import { checkToken, tokenApis } from './token.ts';
import { welcomeApis } from './welcome-message.ts';

/** Every API that the sandbox knows, by path. */
const APIS: ReadonlyMap<string, Api> = new Map(
  [
    ...tokenApis,
    ...oauthApis,
    ...staffApis,
    ...customerApis,
    ...tagApis,
    ...markTagApis,
    ...messageApis,
    ...welcomeApis,
    ...massMessageApis,
    ...massResultApis,
  ].map((api) => [api.path, api]),
);

type Fields = Record<string, unknown>;
type Answer = Record<string, unknown> & { errcode: number };

/** The server API below `/cgi-bin/`: always HTTP 200 with an errcode, as the real one; an unknown path gets 40066. */
export function serveApi(platform: Platform): Middleware {
  const answerTo = createAnswering(platform);
  return async (ctx, next) => {
    if (!ctx.path.startsWith('/cgi-bin/')) return next();
    const startedAt = performance.now();
    const fault = platform.faults.take(ctx.path);
    const fields: Fields = { ...ctx.query };
    const answer = fault ? await goWrong(fault, () => answerTo(ctx, fields)) : await answerTo(ctx, fields);
    ctx.body = answer;
    if (fault) spoil(ctx, fault);
    platform.log.add({
      ...entryOf(ctx, fault),
      errcode: answer.errcode,
      ms: Math.round(performance.now() - startedAt),
      detail: withoutSecrets({ request: fields, answer }),
    });
  };
}

/** What the log says of a call besides its answer. */
function entryOf(ctx: Context, fault: Fault | null) {
  const name = APIS.get(ctx.path)?.title ?? '未知接口';
  const status = fault?.isCut ? 0 : ctx.status;
  const note = fault ? '按要求出错' : '';
  return { kind: 'api' as const, name, method: ctx.method, path: ctx.path, status, note };
}

/** The answer of a call with a fault, which may do its work all the same. */
async function goWrong(fault: Fault, answer: () => Promise<Answer>): Promise<Answer> {
  if (fault.latencyMs) await delay(fault.latencyMs);
  const isWorking = fault.isAfterwards === true || isDelayOnly(fault);
  const real = isWorking ? await answer() : null;
  return real !== null && fault.errcode === undefined ? real : faultAnswer(fault);
}

/** A fault that does nothing but wait. */
function isDelayOnly({ errcode, status, isCut, isGarbage }: Fault): boolean {
  return errcode === undefined && status === undefined && !isCut && !isGarbage;
}

/** Answers one call; `fields` is filled with the body for the log. */
function createAnswering(platform: Platform): (ctx: Context, fields: Fields) => Promise<Answer> {
  const count = createCallCounter(platform);
  const guard = createGuard(platform);
  const run = async (ctx: Context, fields: Fields): Promise<Answer> => {
    const api = APIS.get(ctx.path);
    if (!api) throw new ApiError(40066);
    if (ctx.method !== api.method) throw new ApiError(api.method === 'GET' ? 43001 : 43002);
    if (api.method === 'POST') Object.assign(fields, await readApiBody(ctx));
    count(ctx.path);
    if (!api.isOpen) checkToken(platform, fields['access_token']);
    const work = () => api.run(platform, fields);
    const rows = api.isGuarded ? await guard(work) : work();
    if (api.writes) platform.save();
    return { errcode: 0, errmsg: 'ok', ...rows };
  };
  return (ctx, fields) => run(ctx, fields).catch((error: unknown) => refuse(platform, ctx, error));
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

/** Turns what was thrown into an answer; anything unforeseen is the platform's -1, system busy. */
function refuse({ state, now }: Platform, ctx: Context, error: unknown): Answer {
  const known = error instanceof ApiError ? error : new ApiError(-1, String(error));
  const hint = `${Math.floor(now().getTime() / 1000)}${String(state.sequence).padStart(14, '0')}`;
  const empty = APIS.get(ctx.path)?.empty ?? {};
  return { ...refusalOf(known, empty, { hint, ip: ctx.ip }), errcode: known.errcode };
}

/** @throws {ApiError} 47001 unless the body is a JSON object; an empty body counts as one. */
async function readApiBody(ctx: Context): Promise<Fields> {
  const body = await readBody(ctx);
  if (body === null) throw new ApiError(47001);
  return body;
}

/** An ordered errcode, worded like a real refusal. */
function faultAnswer(fault: Fault): Answer {
  const errcode = fault.errcode ?? -1;
  return { ...refusalOf(new ApiError(errcode), {}, { hint: 'fault', ip: '127.0.0.1' }), errcode };
}

/** What a broken gateway or line makes of an answer. */
function spoil(ctx: Context, fault: Fault): void {
  if (fault.isCut) {
    ctx.respond = false;
    ctx.req.socket.destroy();
  } else if (fault.status !== undefined) {
    ctx.status = fault.status;
    ctx.body = '<html><body>gateway error</body></html>';
  } else if (fault.isGarbage) {
    ctx.type = 'json';
    ctx.body = '{"errcode":0,"errmsg":"o';
  }
}
