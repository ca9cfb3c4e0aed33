import type { Middleware } from 'koa';
import { z } from 'zod';
import { isTooDeep, wellFormed } from '../domain/well-formed.ts';
import { AppError } from '../errors.ts';

/** Who may call a route: anybody, or callers by their role and machines by the scope of their key. */
export type Access = 'anybody' | { roles: readonly string[]; scope?: string };

/** What is loaded before a route's function runs, and how far the caller must be allowed to go with it; null: no further question. */
export type Load = { what: string; to: string | null };

/** Who may call one route, what it loads, what comes in and what goes out. */
export type Shape<Params, Query, Body, Answer, Loads extends Load = Load> = {
  access: Access;
  load: Loads;
  params: z.ZodType<Params>;
  query: z.ZodType<Query>;
  body: z.ZodType<Body>;
  answer: z.ZodType<Answer>;
  accepted?: z.ZodType; // answers of this shape are a 202: begun, and not done
};

/** What came in, checked. */
export type Input<Params, Query, Body> = { params: Params; query: Query; body: Body };

/** The schemas of a route, whatever its types. */
export type Schemas = Shape<unknown, unknown, unknown, unknown>;

/** What each middleware made here checks; the description of the API is read from it. */
const shapes = new WeakMap<object, Schemas>();

/** The shape of a middleware that `endpoint` made. */
export const shapeOf = (middleware: object): Schemas | undefined => shapes.get(middleware);

/** How a route answers: `open` loads what its shape names, or refuses; `run` gets that and what came in. */
type Answering<Params, Query, Body, Loads, Opened, State, Answer> = {
  open: (load: Loads, asked: { params: Params; state: State }) => Promise<Opened>;
  run: (input: Input<Params, Query, Body> & { opened: Opened }, state: State) => Promise<Answer>;
};

/**
 * Turns a typed function into Koa middleware: checks what comes in, opens what the route loads, and checks what goes out.
 *
 * @throws {AppError} 400 `invalid_params`, `invalid_query` or `invalid_body`; what `open` throws. A wrong answer is our bug, so a 500.
 */
export function endpoint<Params, Query, Body, Answer, Loads extends Load, Opened, State>(
  shape: Shape<Params, Query, Body, Answer, Loads>,
  { open, run }: Answering<Params, Query, Body, Loads, Opened, State, z.input<z.ZodType<Answer>>>,
): Middleware<State, { params: unknown; request: { body?: unknown } }> {
  const answering: Middleware<State, { params: unknown; request: { body?: unknown } }> = async (ctx) => {
    const input = {
      params: check(shape.params, ctx.params, 'invalid_params'),
      query: check(shape.query, { ...ctx.query }, 'invalid_query'),
      body: check(shape.body, ctx.request.body ?? {}, 'invalid_body'),
    };
    const opened = await open(shape.load, { params: input.params, state: ctx.state });
    ctx.body = shape.answer.parse(await run({ ...input, opened }, ctx.state));
    if (shape.accepted?.safeParse(ctx.body).success) ctx.status = 202;
  };
  return shaped(shape, answering);
}

/** Lets a middleware that answers by itself be described by its shape. */
export function shaped<Answering extends object>(shape: Schemas, answering: Answering): Answering {
  shapes.set(answering, shape);
  return answering;
}

/** In the words of the people who fill it in. */
const { localeError } = z.locales.zhCN();

/** The value as the schema has it; texts are made well-formed here, where they come in. */
function check<Value>(schema: z.ZodType<Value>, value: unknown, code: string): Value {
  if (isTooDeep(value)) throw new AppError(400, code, { message: '请求嵌套太深' });
  const checked = schema.safeParse(wellFormed(value), { error: localeError });
  if (checked.success) return checked.data;
  const details = checked.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
  const first = details[0];
  throw new AppError(400, code, {
    message: `${first?.field || '请求'}：${first?.message ?? '格式不对'}`,
    details,
  });
}
