import { z } from 'zod';

/** A list that may be null or absent when it is empty. */
export const rows = <Row extends z.ZodType>(row: Row) =>
  z
    .array(row)
    .nullish()
    .transform((found): z.output<Row>[] => found ?? []);

/** The list for which an API is asked: WeCom sends it even when it is empty. Absent, the answer is of something else. */
export const mainRows = <Row extends z.ZodType>(row: Row) => z.array(row);

/** A text that may be null or absent when it is empty. */
export const words = z
  .string()
  .nullish()
  .transform((text) => text ?? '');

/** A number that some samples quote as a string. */
const number = z.preprocess(
  (value) => (typeof value === 'string' && value.trim() ? Number(value) : value),
  z.number(),
);

/** A number, quoted or not; 0 when absent or an empty text. */
export const count = z.preprocess((value) => (value === '' ? 0 : (value ?? 0)), number);

/** A number, quoted or not, that must be there. */
export const code = number;

/** A number that is null when there is nothing to measure. */
export const measure = z.preprocess((value) => value ?? null, number.nullable());

/** Unix seconds, quoted or not. */
export const instant = number.transform((seconds) => new Date(seconds * 1000));

/** Unix seconds, quoted or not; null when 0 or absent. */
export const instantOrNull = count.transform((seconds) => (seconds > 0 ? new Date(seconds * 1000) : null));

/** `true`, 1 or their absence. */
export const flag = z.preprocess((value) => value === true || value === 1 || value === '1', z.boolean());

/** Ids, told as a list by some APIs and as `a|b` by others. */
export const idList = z
  .union([z.string(), z.array(z.string())])
  .nullish()
  .transform((ids) => (typeof ids === 'string' ? ids.split('|').filter(Boolean) : (ids ?? [])));

/** Something that may be null or absent; null then. */
export const orNull = <Shape extends z.ZodType>(shape: Shape) =>
  shape.nullish().transform((found): z.output<Shape> | null => found ?? null);

/** The end of a page; nothing or an empty text on the last one. */
export const paged = { next_cursor: words };
