/**
 * Remembers what `read` gave for `ms` from when it was asked, so that all who ask meanwhile share one reading; a reading that
 * failed is not remembered.
 */
export function createTtlCache<Value>(
  read: () => Promise<Value>,
  ms: number,
): { get(): Promise<Value>; forget(): void } {
  const { get, forget } = createTtlCaches(read, ms);
  return { get: () => get(''), forget: () => forget() };
}

/** So many readings are remembered at once; what is over goes first. */
const MOST_KEPT = 10_000;

/** The same for many things by their key; `forget` without a key forgets all. */
export function createTtlCaches<Value>(
  read: (key: string) => Promise<Value>,
  ms: number,
): { get(key: string): Promise<Value>; forget(key?: string): void } {
  const kept = new Map<string, { value: Promise<Value>; until: number }>();
  return {
    get(key) {
      const known = kept.get(key);
      if (known && performance.now() < known.until) return known.value;
      if (kept.size >= MOST_KEPT) sweep(kept);
      const value = read(key);
      const mine = { value, until: performance.now() + ms };
      kept.set(key, mine);
      value.catch(() => kept.get(key) === mine && kept.delete(key));
      return value;
    },
    forget: (key) => void (key === undefined ? kept.clear() : kept.delete(key)),
  };
}

/** Drops what is over; everything, when nothing is. */
function sweep(kept: Map<string, { until: number }>): void {
  for (const [key, { until }] of kept) if (until <= performance.now()) kept.delete(key);
  if (kept.size >= MOST_KEPT) kept.clear();
}
