/** Characters that no text of people holds, and that a database or a page may stumble over; tab and line ends are none. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/**
 * A value as it may come in from outside (JSON, a form, a row of a file), with every text in it, keys included, made well-formed:
 * half a surrogate pair becomes U+FFFD, as every database keeps it, and control characters go. Everything else stays as written.
 */
export function wellFormed<Value>(value: Value): Value {
  return mended(value) as Value;
}

function mended(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replace(CONTROL, '');
  if (Array.isArray(value)) return value.map(mended);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [mended(key), mended(each)]));
}

/** Nothing that is sent to us is nested deeper; what is would overflow the stack of whoever reads it. */
const DEEPEST = 64;

/** Whether a value is nested deeper than anything meant. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((each) => (Array.isArray(each) || isPlain(each) ? Object.values(each) : []));
  }
  return false;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
