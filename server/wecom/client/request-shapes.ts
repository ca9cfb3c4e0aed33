import { z } from 'zod';

/** A list as callers hold it; WeCom's names for lists vary, their limits do not. */
export const list = <Item extends z.ZodType>(item: Item, max = Infinity, min = 0) =>
  z.array(item).min(min, `needs at least ${min} entries`).max(max, `has at most ${max} entries`).readonly();

/** A text of `min` to `max` characters; an emoji is one. */
export const chars = (max: number, min = 0) =>
  z
    .string()
    .refine((text) => [...text].length <= max, `has at most ${max} characters`)
    .refine((text) => [...text].length >= min, `needs at least ${min} characters`);

/** A text of `min` to `max` bytes of UTF-8, in which a Chinese character has three. */
export const bytes = (max: number, min = 0) =>
  z
    .string()
    .refine((text) => Buffer.byteLength(text) <= max, `has at most ${max} bytes`)
    .refine((text) => Buffer.byteLength(text) >= min, `needs at least ${min} bytes`);

/** Any id of WeCom, or another text that may not be empty. */
export const id = z.string().min(1, 'is missing');

/** Id of a member. Source: wecom.md §0. */
export const staff = bytes(64, 1);

/** Whole number from `min` to `max`. */
export const whole = (min: number, max: number) =>
  z.int().min(min, `is at least ${min}`).max(max, `is at most ${max}`);

/** An order value: larger is shown first. Source: wecom.md §3.4. */
export const order = whole(0, 2 ** 32 - 1);

/** Begin and end of a window in unix seconds. */
export const window = (from: Date, to: Date) => ({
  start_time: Math.floor(from.getTime() / 1000),
  end_time: Math.ceil(to.getTime() / 1000),
});

const DAY_SECONDS = 24 * 3600;

/** Refuses a window that is turned around, or longer than `days`. */
export const spans =
  <Begin extends string, End extends string>(begin: Begin, end: End, days: number) =>
  (sent: Record<Begin | End, number>, context: z.RefinementCtx): void => {
    const length = sent[end] - sent[begin];
    if (length < 0) refuse(context, end, `is before ${begin}`);
    if (length > days * DAY_SECONDS) refuse(context, end, `is at most ${days} days after ${begin}`);
  };

/** Wants at least one of the fields given and not empty. */
export const anyOf =
  <Field extends string>(...fields: Field[]) =>
  (sent: { [Key in Field]?: unknown }, context: z.RefinementCtx): void => {
    if (!fields.some((field) => isGiven(sent[field])))
      refuse(context, fields[0] ?? '', `is missing: one of ${fields.join(', ')} is needed`);
  };

/** Wants at most one of the fields given and not empty. */
export const notBoth =
  <Field extends string>(...fields: Field[]) =>
  (sent: { [Key in Field]?: unknown }, context: z.RefinementCtx): void => {
    const given = fields.filter((field) => isGiven(sent[field]));
    if (given.length > 1) refuse(context, given[1] ?? '', `does not go together with ${given[0]}`);
  };

/** Says that a field breaks a rule. */
export function refuse(context: z.RefinementCtx, field: string, message: string): void {
  context.addIssue({ code: 'custom', path: field.split('.'), message });
}

const isGiven = (value: unknown) =>
  value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
