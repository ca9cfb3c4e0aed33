import type { Middleware } from 'koa';
import { z } from 'zod';
import { isTooDeep, wellFormed } from '../domain/well-formed.ts';
import { AppError } from '../errors.ts';

/** What comes in and what goes out of one route. */
export type Shape<Params, Query, Body, Answer> = {
  params: z.ZodType<Params>;
  query: z.ZodType<Query>;
  body: z.ZodType<Body>;
  answer: z.ZodType<Answer>;
  accepted?: z.ZodType; // answers of this shape are a 202: begun, and not done
};

/** What a route's function gets, checked. */
export type Input<Params, Query, Body> = { params: Params; query: Query; body: Body };

/** The schemas of a route, whatever its types. */
export type Schemas = Shape<unknown, unknown, unknown, unknown>;

/** What each middleware made here checks; the description of the API is read from it. */
const shapes = new WeakMap<object, Schemas>();

/** The shape of a middleware that `endpoint` made. */
export const shapeOf = (middleware: object): Schemas | undefined => shapes.get(middleware);

/**
 * Turns a typed function into Koa middleware: checks what comes in, and what goes out.
 *
 * @throws {AppError} 400 `invalid_params`, `invalid_query` or `invalid_body`. A wrong answer is our bug, so a 500.
 */
export function endpoint<Params, Query, Body, Answer, State>(
  shape: Shape<Params, Query, Body, Answer>,
  run: (input: Input<Params, Query, Body>, state: State) => Promise<z.input<z.ZodType<Answer>>>,
): Middleware<State, { params: unknown; request: { body?: unknown } }> {
  const answering: Middleware<State, { params: unknown; request: { body?: unknown } }> = async (ctx) => {
    const input = {
      params: check(shape.params, ctx.params, 'invalid_params'),
      query: check(shape.query, { ...ctx.query }, 'invalid_query'),
      body: check(shape.body, ctx.request.body ?? {}, 'invalid_body'),
    };
    ctx.body = shape.answer.parse(await run(input, ctx.state));
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
