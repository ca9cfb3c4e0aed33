import { isAxiosError, type AxiosInstance } from 'axios';
import { z } from 'zod';
import { WecomError, WecomUnreachable } from './error.ts';

/** One request: `body` makes it a POST. `isRepeatable: false` for what reaches people: never sent again unless it certainly failed. */
export type WecomRequest<Answer> = {
  query?: Record<string, string | number>;
  body?: object;
  answer: z.ZodType<Answer>;
  isRepeatable?: boolean;
};

/** Calls one API by its path below the origin and gives its checked answer. @throws {WecomError | WecomUnreachable} */
export type WecomCall = <Answer>(path: string, request: WecomRequest<Answer>) => Promise<Answer>;

/** Where access tokens come from; `renew` gets the one that was refused. */
export type TokenSource = { current: () => Promise<string>; renew: (refused: string) => Promise<string> };

/** What every answer has. */
const Envelope = z.looseObject({ errcode: z.number().int().default(0), errmsg: z.string().default('') });

const TRIES = 4;
const FIRST_PAUSE_MS = 200;

export type CallParts = { http: AxiosInstance; tokens: TokenSource; pause?: (ms: number) => Promise<void> };

/**
 * Builds the one way to call WeCom: token added, a stale one renewed once, transient refusals and failures tried up to four
 * times with growing pauses, answers checked.
 *
 * @see https://developer.work.weixin.qq.com/document/path/90313 (error codes); reactions: wecom.md §4.2
 */
export function createWecomCall({ http, tokens, pause = sleep }: CallParts): WecomCall {
  const withToken: WecomCall = async (path, request) => {
    const token = await tokens.current().catch(asUnsent);
    try {
      return await ask(http, path, { ...request, token });
    } catch (error) {
      if (!(error instanceof WecomError && error.isStaleToken)) throw error;
      return ask(http, path, { ...request, token: await tokens.renew(token).catch(asUnsent) });
    }
  };
  return async (path, request) => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await withToken(path, request);
      } catch (error) {
        if (tries >= TRIES || !isWorthRepeating(error, request.isRepeatable ?? true)) throw error;
        await pause(FIRST_PAUSE_MS * 3 ** (tries - 1) * (0.75 + Math.random() / 2));
      }
    }
  };
}

/** Sends one request and checks the answer. @throws {WecomError | WecomUnreachable} */
export async function ask<Answer>(
  http: AxiosInstance,
  path: string,
  { query, body, token, answer }: WecomRequest<Answer> & { token?: string },
): Promise<Answer> {
  const params = { ...query, ...(token ? { access_token: token } : {}) };
  const sent = http.request<unknown>({
    url: path,
    method: body ? 'POST' : 'GET',
    params,
    ...(body ? { data: body } : {}),
  });
  const { data } = await sent.catch((error: unknown) => {
    throw asUnreachable(path, error);
  });
  const envelope = Envelope.safeParse(data);
  if (!envelope.success) throw new WecomUnreachable(path, 'not a JSON object', false);
  if (envelope.data.errcode !== 0) throw new WecomError(envelope.data.errcode, envelope.data.errmsg, path);
  const checked = answer.safeParse(envelope.data);
  if (!checked.success)
    throw new WecomUnreachable(path, `unexpected shape: ${shapeFault(checked.error)}`, false);
  return checked.data;
}

function isWorthRepeating(error: unknown, isRepeatable: boolean): boolean {
  if (error instanceof WecomError) return error.isTransient;
  return error instanceof WecomUnreachable && (isRepeatable || error.isUnsent);
}

/** Without a token the call itself never left. */
function asUnsent(error: unknown): never {
  if (!(error instanceof WecomUnreachable)) throw error;
  throw new WecomUnreachable(error.path, error.reason, true);
}

const NEVER_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

function asUnreachable(path: string, error: unknown): WecomUnreachable {
  if (!isAxiosError(error)) return new WecomUnreachable(path, 'unknown failure', false);
  if (error.response) return new WecomUnreachable(path, `HTTP ${error.response.status}`, false);
  return new WecomUnreachable(path, error.code ?? 'no answer', NEVER_CONNECTED.includes(error.code ?? ''));
}

/** Names the fields only: values may be personal. */
function shapeFault(error: z.ZodError): string {
  return error.issues
    .map(({ path, code }) => `${path.join('.')} ${code}`)
    .slice(0, 3)
    .join(', ');
}

const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));
