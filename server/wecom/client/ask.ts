import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isAxiosError, type AxiosInstance } from 'axios';
import { z } from 'zod';
import { wellFormed } from '../../domain/well-formed.ts';
import { checkNoting, faultOf } from './answer-shapes.ts';
import type { WecomClock } from './clock.ts';
import { tooLate } from './deadline.ts';
import { UNEXPECTED_SHAPE, WecomError, WecomUnreachable } from './error.ts';
import type { WecomWatch } from './watch.ts';

/**
 * One request: `body` makes it a POST. `isRepeatable: false` for what reaches people: never sent again unless it certainly
 * failed. `lane: 'writes'` for tag and remark writes, of which WeCom bears few at once.
 */
export type WecomRequest<Answer> = {
  query?: Record<string, string | number>;
  body?: object;
  answer: z.ZodType<Answer>;
  isRepeatable?: boolean;
  lane?: 'writes';
};

/** One exchange, without renewal or repetition; it ends by `until` (ms since 1970). @throws {WecomError | WecomUnreachable} */
export type Ask = <Answer>(
  path: string,
  request: WecomRequest<Answer> & { token?: string; until?: number },
) => Promise<Answer>;

export type AskParts = { http: AxiosInstance; clock: WecomClock; watch: WecomWatch };

/** What every answer has. Without `errcode` it is of a gateway or another server, whatever else it says. */
const Envelope = z.looseObject({ errcode: z.number().int(), errmsg: z.string().default('') });

/** A whole exchange, to the last byte, lasts so long at most, unless `http` has a time-out of its own. */
const LONGEST_MS = 10_000;
const LARGEST_ANSWER = 16 * 1024 * 1024;

/** A kept connection may be closed by the other side while we write: no way for what must not be sent twice. */
const FRESH_CONNECTION = {
  httpAgent: new HttpAgent({ keepAlive: false, maxSockets: 32 }),
  httpsAgent: new HttpsAgent({ keepAlive: false, maxSockets: 32 }),
};

/** Builds the one place where requests leave: bounded in time and size, no redirect followed, answers checked, all watched. */
export function createAsk({ http, clock, watch }: AskParts): Ask {
  return async (path, { answer, until = Infinity, ...request }) => {
    const leftMs = Math.min(http.defaults.timeout || LONGEST_MS, until - clock.now());
    if (leftMs <= 0) throw tooLate(path);
    const startedAt = performance.now();
    const tell = (outcome: string) =>
      watch.called({ path, outcome, seconds: (performance.now() - startedAt) / 1000 });
    try {
      const data = await exchange(http, path, { ...request, leftMs });
      const { checked, faults } = checkNoting(() => check(path, data, answer));
      tell('0');
      if (faults.length > 0) watch.strayed?.(path, faults);
      return checked;
    } catch (error) {
      tell(error instanceof WecomError ? String(error.errcode) : 'unreachable');
      throw error;
    }
  };
}

type Exchange = Omit<WecomRequest<unknown>, 'answer'> & { token?: string; leftMs: number };

/** axios' own time-out begins anew with each phase; the signal bounds them together. */
async function exchange(http: AxiosInstance, path: string, request: Exchange): Promise<unknown> {
  const { query, body, token, leftMs, isRepeatable = true } = request;
  const signal = AbortSignal.timeout(Math.ceil(leftMs));
  const sent = http.request<unknown>({
    url: path,
    method: body ? 'POST' : 'GET',
    params: { ...query, ...(token ? { access_token: token } : {}) },
    ...(body ? { data: body } : {}),
    ...(isRepeatable ? {} : FRESH_CONNECTION),
    timeout: 0,
    signal,
    maxContentLength: LARGEST_ANSWER,
    maxRedirects: 0,
  });
  const { data } = await sent.catch((error: unknown) => {
    throw asUnreachable(path, error);
  });
  return wellFormed(data);
}

function check<Answer>(path: string, data: unknown, answer: z.ZodType<Answer>): Answer {
  const envelope = Envelope.safeParse(data);
  if (!envelope.success) throw new WecomUnreachable(path, strangeness(envelope.error), false);
  if (envelope.data.errcode !== 0) throw new WecomError(envelope.data.errcode, envelope.data.errmsg, path);
  const checked = answer.safeParse(envelope.data);
  if (!checked.success)
    throw new WecomUnreachable(path, `${UNEXPECTED_SHAPE}: ${faultOf(checked.error)}`, false);
  return checked.data;
}

const NEVER_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/** Never with the body, the query or axios' own words: they may hold tokens and people. */
function asUnreachable(path: string, error: unknown): WecomUnreachable {
  if (!isAxiosError(error)) return new WecomUnreachable(path, 'unknown failure', false);
  if (error.message.startsWith('maxContentLength'))
    return new WecomUnreachable(path, 'the answer is too large', false);
  if (error.response) return new WecomUnreachable(path, `HTTP ${error.response.status}`, false);
  if (error.code === 'ERR_CANCELED') return new WecomUnreachable(path, 'time-out', false);
  return new WecomUnreachable(path, error.code ?? 'no answer', NEVER_CONNECTED.includes(error.code ?? ''));
}

/** No object at all, or one that WeCom did not write. */
function strangeness(error: z.ZodError): string {
  const isObject = error.issues.every(({ path }) => path.length > 0);
  return isObject ? `not an answer of WeCom: ${faultOf(error)}` : 'not a JSON object';
}
