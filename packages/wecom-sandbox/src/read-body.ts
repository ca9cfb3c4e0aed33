import type { Context } from 'koa';
import rawBody from 'raw-body';

/** The largest body that is read. */
const LIMIT = '1mb';

/** A JSON object sent with the request, `{}` for an empty body, null for anything else. */
export async function readBody(ctx: Context): Promise<Record<string, unknown> | null> {
  // The product's own body parser may have been here first.
  const parsed: unknown = 'body' in ctx.request ? ctx.request.body : undefined;
  const value = parsed ?? parseJson(await rawBody(ctx.req, { encoding: 'utf8', limit: LIMIT }));
  return isObject(value) ? value : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
