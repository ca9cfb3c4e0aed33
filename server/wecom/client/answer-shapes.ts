import { z } from 'zod';

/** A list that may be null or absent when it is empty. */
export const rows = <Row extends z.ZodType>(row: Row) =>
  z
    .array(row)
    .nullish()
    .transform((found): z.output<Row>[] => found ?? []);

/** A row that could not be read: which fields are wrong, and what it still tells; no values, which may be personal. */
export type Stray = { fault: string; raw: unknown };

const strays = new WeakMap<object, readonly Stray[]>();

/** The rows of a list that could not be read, when its shape is `eachRow`. */
export const straysOf = (rows: readonly unknown[]): readonly Stray[] => strays.get(rows) ?? [];

/** What one of these rows says of itself, where it says that much; null: it does not. */
export const straysAs = <Told>(rows: readonly unknown[], shape: z.ZodType<Told>): (Told | null)[] =>
  straysOf(rows).map(({ raw }) => shape.safeParse(raw).data ?? null);

/** Where rows that are set aside are counted while an answer is checked, which takes no other turn. */
let noted: Stray[] | null = null;

/** Checks an answer, and gives the faults of all rows that were set aside in it. */
export function checkNoting<Checked>(check: () => Checked): { checked: Checked; faults: string[] } {
  const mine: Stray[] = [];
  noted = mine;
  try {
    return { checked: check(), faults: mine.map(({ fault }) => fault) };
  } finally {
    noted = null;
  }
}

/**
 * The list for which an API is asked: WeCom sends it even when it is empty; absent, the answer is of something else. A row of
 * another shape is set aside, see `straysOf`, and the others are read: where a missing row means that something is gone, the
 * strays are to be looked at.
 */
export const eachRow = <Row extends z.ZodType>(row: Row) => z.array(z.unknown()).transform(readEach(row));

/** As `eachRow`, for a list that may be null or absent when it is empty. */
export const eachOfRows = <Row extends z.ZodType>(row: Row) =>
  z
    .array(z.unknown())
    .nullish()
    .transform((found) => readEach(row)(found ?? []));

const readEach =
  <Row extends z.ZodType>(row: Row) =>
  (found: readonly unknown[]): z.output<Row>[] => {
    const read = found.map((raw) => ({ raw, result: row.safeParse(raw) }));
    const good = read.flatMap(({ result }) => (result.success ? [result.data] : []));
    const bad = read.flatMap(({ raw, result }) =>
      result.success ? [] : [{ raw, fault: faultOf(result.error) }],
    );
    if (bad.length > 0) strays.set(good, bad);
    noted?.push(...bad);
    return good;
  };

/** Names the fields only: values may be personal. */
export const faultOf = (error: z.ZodError): string =>
  error.issues
    .map(({ path, code }) => `${path.join('.')} ${code}`)
    .slice(0, 3)
    .join(', ');

/** A text or a number, as a text: some gateways write ids and names of digits without quotes. */
const wordOrNumber = z.union([z.string(), z.number().transform(String)]);

/** What something is known by; it must be there. */
export const idText = wordOrNumber.refine((text) => text !== '', 'is empty');

/** A text that may be null or absent when it is empty. */
export const words = wordOrNumber.nullish().transform((text) => text ?? '');

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

/** Later than this no date exists. */
const LAST_SECOND = 8_640_000_000_000;
const isTime = (seconds: number) => Math.abs(seconds) <= LAST_SECOND;

/** Unix seconds, quoted or not. */
export const instant = number.refine(isTime, 'is no time').transform((seconds) => new Date(seconds * 1000));

/** Unix seconds, quoted or not; null when 0 or absent. */
export const instantOrNull = count
  .refine(isTime, 'is no time')
  .transform((seconds) => (seconds > 0 ? new Date(seconds * 1000) : null));

/** A number, quoted or not, that stands for `usual` when it is absent. */
export const countOr = (usual: number) =>
  z.preprocess((value) => (value === '' ? usual : (value ?? usual)), number);

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
