import type { AgentConfig, Me } from '../../server/api/contract/session.ts';

/** The longest wait for one answer, in ms. */
const LIMIT_MS = 12_000;

/** The server answered, and refused. `message` is written for people; `details` has the shape that the contract says. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: unknown;
  constructor(status: number, code: string, { message, details }: { message: string; details?: unknown }) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** No usable answer came: no network, nothing in time, or somebody else's page in between. */
export class NoAnswer extends Error {}

/** Our errors have a fixed shape (contract.md "Errors"); what a proxy puts in between has none. */
async function refusalOf(response: Response): Promise<ApiError> {
  const code = `HTTP ${response.status}`;
  const message = `服务器暂时没有正常回答（${response.status}），请稍后重试`;
  try {
    const { error } = (await response.json()) as {
      error?: { code?: string; message?: string; details?: unknown };
    };
    return new ApiError(response.status, error?.code ?? code, {
      message: error?.message ?? message,
      details: error?.details,
    });
  } catch {
    return new ApiError(response.status, code, { message });
  }
}

/** One request with an end. @throws {NoAnswer} without network, or after the limit. */
async function send(path: string, init: RequestInit, limitMs: number): Promise<Response> {
  const request = new AbortController();
  const timer = setTimeout(() => request.abort(), limitMs);
  try {
    return await fetch(path, { ...init, signal: request.signal });
  } catch (error) {
    throw new NoAnswer(path, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** How to ask: `POST` when there is a body, else `GET`, and within `LIMIT_MS`, unless it is said otherwise. */
export type Asking = { method?: 'PUT' | 'PATCH' | 'DELETE'; limitMs?: number };

/** Asks our server for something below `/api/v1`. @throws {ApiError} when refused. @throws {NoAnswer} when nothing usable came back. */
export async function call<Answer>(path: string, body?: object, asking: Asking = {}): Promise<Answer> {
  const headers = { accept: 'application/json', 'content-type': 'application/json' };
  const init: RequestInit = { method: asking.method ?? (body ? 'POST' : 'GET'), headers, cache: 'no-store' };
  if (body) init.body = JSON.stringify(body);
  const response = await send(`/api/v1${path}`, init, asking.limitMs ?? LIMIT_MS);
  if (!response.ok) throw await refusalOf(response);
  try {
    const answer: Answer = await response.json();
    return answer;
  } catch (error) {
    throw new NoAnswer(path, { cause: error });
  }
}

/** Who is signed in; 401 when nobody is. */
export const readMe = () => call<Me>('/me');

/** @param url the page's address without `#…`. */
export const readAgentConfig = (url: string) =>
  call<AgentConfig>(`/js-sdk/agent-config?url=${encodeURIComponent(url)}`);
