import type { SharedStore } from './shared.ts';

export type FallbackCacheParts = {
  shared: SharedStore;
  /** Takes over while the shared one is away. */
  own: SharedStore;
  onFailure: (error: unknown) => void;
  now?: () => number;
  patienceMs?: number;
};

/** The shared store answers within milliseconds or not at all. */
const PATIENCE_MS = 1000;
/** It is not asked again so soon after a failure, so that its absence does not slow every call. */
const AWAY_MS = 5000;

/**
 * A shared store that never fails: while Redis is away, this process remembers for itself. That suits tokens and budgets,
 * for which a limit per process is better than no call at all; it does not suit locks that must hold.
 */
export function createFallbackCache(parts: FallbackCacheParts): SharedStore {
  const { shared, own, onFailure, now = Date.now, patienceMs = PATIENCE_MS } = parts;
  let awayUntil = 0;

  const steadily = async <Result>(ask: (store: SharedStore) => Promise<Result>) => {
    if (now() < awayUntil) return ask(own);
    if (awayUntil > 0) awayUntil = now() + AWAY_MS; // one call finds out whether it is back; the others go on here
    try {
      const result = await inTime(patienceMs, ask(shared));
      awayUntil = 0;
      return result;
    } catch (error) {
      if (awayUntil === 0) onFailure(error);
      awayUntil = now() + AWAY_MS;
      return ask(own);
    }
  };
  return {
    get: (key) => steadily((store) => store.get(key)),
    async set(key, value, ttlMs) {
      await own.set(key, value, ttlMs); // so that it is at hand when the shared store goes away
      await steadily((store) => store.set(key, value, ttlMs));
    },
    setIfAbsent: (key, value, ttlMs) => steadily((store) => store.setIfAbsent(key, value, ttlMs)),
    async removeIf(key, value) {
      await own.removeIf(key, value);
      await steadily((store) => store.removeIf(key, value));
    },
    count: (key, ttlMs, by) => steadily((store) => store.count(key, ttlMs, by)),
    ping: () => shared.ping(),
    async close() {
      await Promise.all([shared.close(), own.close()]);
    },
  };
}

async function inTime<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  const timer: { id?: NodeJS.Timeout } = {};
  const late = new Promise<never>((_, reject) => {
    timer.id = setTimeout(() => reject(new Error('the shared store is late')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer.id);
  }
}
