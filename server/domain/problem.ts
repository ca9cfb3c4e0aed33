/** What is wrong with one field of something filled in, e.g. `rankPercent.head` or `rules.2.name`: what, and how to mend it. */
export type Problem = { field: string; message: string };

/** One problem unless `holds`. */
export const unless = (holds: boolean, field: string, message: string): Problem[] =>
  holds ? [] : [{ field, message }];

/** A whole number from `from` to `to`, both included. */
export const isWhole = (value: number, from: number, to: number): boolean =>
  Number.isInteger(value) && value >= from && value <= to;
