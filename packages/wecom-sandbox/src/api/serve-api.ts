import { setTimeout as delay } from 'node:timers/promises';
import type { Context, Middleware } from 'koa';
import { ApiError } from '../api-error.ts';
import type { Fault } from '../faults.ts';
import { withoutSecrets } from '../log.ts';
import type { Platform } from '../platform.ts';
import { downloadOf, sendDownload } from '../send-download.ts';
import { settleDue } from '../settle-due.ts';
import { APIS } from './all-apis.ts';
import { createAnswering, refusal } from './answer-call.ts';
import type { Answer, Fields } from './answer-call.ts';
import { isHarmless, spoilAnswer } from './spoil-answer.ts';

/** The server API below `/cgi-bin/`: always HTTP 200 with an errcode, as the real one; an unknown path gets 40066. */
export function serveApi(platform: Platform): Middleware {
  const answerTo = createAnswering(platform);
  return async (ctx, next) => {
    if (!ctx.path.startsWith('/cgi-bin/')) return next();
    const startedAt = performance.now();
    settleDue(platform);
    const fault = platform.faults.take(ctx.path);
    const fields: Fields = { ...ctx.query };
    const work = () => answerTo(ctx, fields);
    const answer = fault ? await goWrong(platform, { ctx, fault }, work) : await work();
    const download = downloadOf(answer);
    if (download) sendDownload(ctx, download);
    else ctx.body = answer;
    if (fault) spoilAnswer(ctx, answer, fault);
    // The host's own idea of the time.
    ctx.set('Date', platform.now().toUTCString());
    platform.log.add({
      ...entryOf(ctx, fault),
      errcode: answer.errcode,
      ms: Math.round(performance.now() - startedAt),
      detail: withoutSecrets({ request: fields, answer }),
    });
  };
}

/** The answer of a call with a fault, which may do its work all the same. */
async function goWrong(
  platform: Platform,
  { ctx, fault }: { ctx: Context; fault: Fault },
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (fault.latencyMs) await delay(fault.latencyMs);
  const isWorking = fault.isAfterwards === true || fault.isMisshapen === true || isHarmless(fault);
  const real = isWorking ? await work() : null;
  if (real !== null && fault.errcode === undefined) return real;
  return refusal(platform, new ApiError(fault.errcode ?? -1), ctx);
}

/** What the log says of a call besides its answer. */
function entryOf(ctx: Context, fault: Fault | null) {
  const name = APIS.get(ctx.path)?.title ?? '未知接口';
  const status = fault?.isCut ? 0 : ctx.status;
  const note = fault ? '按要求出错' : '';
  return { kind: 'api' as const, name, method: ctx.method, path: ctx.path, status, note };
}
