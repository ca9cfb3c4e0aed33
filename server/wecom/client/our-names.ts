/** `card_action` as `cardAction`. */
type Camel<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name;

/** A request of WeCom with every field in our manner of writing. Words that WeCom writes as one (`appid`) stay. */
export type OurNames<Theirs> = Theirs extends readonly (infer Item)[]
  ? readonly OurNames<Item>[]
  : Theirs extends object
    ? { [Name in keyof Theirs as Camel<Name & string>]: OurNames<Theirs[Name]> }
    : Theirs;

/**
 * The same value with WeCom's field names: `cardAction` becomes `card_action`, at every depth.
 * What comes out is checked against the shape by the caller, so it may claim to have it.
 */
export function theirNames<Theirs>(ours: OurNames<Theirs>): Theirs;
export function theirNames(ours: unknown): unknown {
  if (Array.isArray(ours)) return ours.map((item: unknown) => theirNames(item));
  if (ours === null || typeof ours !== 'object') return ours;
  const fields = Object.entries(ours).map(([name, value]) => [snake(name), theirNames(value as unknown)]);
  return Object.fromEntries(fields);
}

const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
