import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from 'koa';
import type { Fault } from '../faults.ts';
import type { Answer } from './answer-call.ts';

/** So many drops make a slow body. */
const DROPS = 20;
const MEGABYTE = 1_048_576;

/** A fault that answers the truth: it only takes time, or room. */
export function isHarmless({ errcode, status, ...broken }: Fault): boolean {
  const { isCut, isGarbage, isMisshapen, isForeign } = broken;
  return (
    errcode === undefined &&
    status === undefined &&
    ![isCut, isGarbage, isMisshapen, isForeign].includes(true)
  );
}

/** What a broken gateway, line or server makes of an answer. */
export function spoilAnswer(ctx: Context, answer: Answer, fault: Fault): void {
  if (fault.isCut) {
    ctx.respond = false;
    ctx.req.socket.destroy();
    return;
  }
  const body = bodyOf(answer, fault);
  ctx.status = fault.status ?? 200;
  ctx.type = fault.status === undefined ? 'json' : 'html';
  ctx.body = fault.bodyMs === undefined ? body : Readable.from(drops(body, fault.bodyMs));
}

function bodyOf(answer: Answer, fault: Fault): string {
  if (fault.status !== undefined) return '<html><body>gateway error</body></html>';
  if (fault.isGarbage) return '{"errcode":0,"errmsg":"o';
  if (fault.isForeign) return '{"code":503,"msg":"service unavailable","data":null}';
  const shaped = fault.isMisshapen ? misshapen(answer) : answer;
  const padding = fault.hugeMb === undefined ? {} : { padding: 'x'.repeat(fault.hugeMb * MEGABYTE) };
  return JSON.stringify({ ...shaped, ...padding });
}

/** The answer's rows as other kinds of values. */
function misshapen(answer: Answer): Record<string, unknown> {
  const rows = Object.entries(answer).filter(([name]) => name !== 'errcode' && name !== 'errmsg');
  const bent = rows.map(([name, value]) => [name, bend(value)] as const);
  return { errcode: 0, errmsg: 'ok', ...Object.fromEntries(bent), data: null };
}

function bend(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 ? 'list' : {};
  if (typeof value === 'string') return value.length;
  return typeof value === 'number' ? { value } : null;
}

async function* drops(body: string, bodyMs: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(body);
  const size = Math.max(1, Math.ceil(bytes.length / DROPS));
  for (let start = 0; start < bytes.length; start += size) {
    yield bytes.subarray(start, start + size);
    await delay(bodyMs / DROPS);
  }
}
