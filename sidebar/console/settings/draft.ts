/** A value of the settings: plain JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Fields = { readonly [key: string]: Json };

/** How a value is filled in. */
export type Kind = 'number' | 'text' | 'switch' | 'lines' | 'rows' | 'group';

export const isFields = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list of texts is lines, a list of records rows; an empty list is what its name says it holds. */
export function kindOf(value: Json, holdsRows: boolean): Kind {
  if (typeof value === 'boolean') return 'switch';
  if (typeof value === 'number' || value === null) return 'number';
  if (typeof value === 'string') return 'text';
  if (!Array.isArray(value)) return 'group';
  return holdsRows || value.some((part) => isFields(part)) ? 'rows' : 'lines';
}

/** `root` with another value at `path`; everything beside it stays the same object. */
export function withValue(root: Json, path: readonly string[], value: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(root)) {
    const parts = root as readonly Json[];
    return parts.map((part, index) => (String(index) === key ? withValue(part, rest, value) : part));
  }
  const fields = isFields(root) ? root : {};
  return { ...fields, [key]: withValue(fields[key] ?? {}, rest, value) };
}

/** The paths of numbers that were left empty. */
export function emptyPaths(value: Json, path = ''): string[] {
  if (value === null) return [path];
  if (typeof value !== 'object') return [];
  const below = (key: string) => (path ? `${path}.${key}` : key);
  return Object.entries(value).flatMap(([key, part]) => emptyPaths(part as Json, below(key)));
}

/** True when two values are the same, written in the same order. */
export const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
