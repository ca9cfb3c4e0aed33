import type { z } from 'zod';
import { ActionError } from '../action-error.ts';

/** @throws {ActionError} 400 `invalid_body` */
export function check<Fields>(shape: z.ZodType<Fields>, body: unknown): Fields {
  const result = shape.safeParse(body);
  if (result.success) return result.data;
  const field = result.error.issues[0]?.path.join('.') ?? '';
  throw new ActionError(400, 'invalid_body', `参数有误：${field}`);
}

/** Checks the body before the action sees it. */
export const act =
  <Wish>(shape: z.ZodType<Wish>, run: (wish: Wish) => unknown) =>
  (body: unknown) =>
    run(check(shape, body));

/** Acts by the last part of their path. */
export type ActRoutes = Record<string, (body: unknown) => unknown>;
