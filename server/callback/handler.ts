import type { z } from 'zod';
import type { Context } from '../context.ts';

/** What a handler reads of a kept event. */
export type HandledEvent = { happenedAt: Date; fields: Record<string, unknown> };

/** Works on one event; may be repeated. */
export type Handler = (context: Context, event: HandledEvent) => Promise<void>;

/** A handler of events of one shape; what was kept is checked again, as an older version may have kept it. */
export const on =
  <Fields>(
    shape: z.ZodType<Fields>,
    run: (context: Context, event: { happenedAt: Date; fields: Fields }) => Promise<unknown>,
  ): Handler =>
  async (context, { happenedAt, fields }) => {
    await run(context, { happenedAt, fields: shape.parse(fields) });
  };
