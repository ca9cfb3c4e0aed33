import { Redis } from 'ioredis';

/**
 * Small facts that several processes share for a while: tokens, tickets, counters.
 * Without Redis they live in this process, which is right for a single one.
 */
export type SharedStore = {
  get: (key: string) => Promise<string | null>;
  set: (key: string, value: string, ttlMs: number) => Promise<void>;
  /** Sets only when nothing is there; `true` when it was set. */
  setIfAbsent: (key: string, value: string, ttlMs: number) => Promise<boolean>;
  /** Removes the key only while it holds `value`. */
  removeIf: (key: string, value: string) => Promise<void>;
  /** Adds one, or `by`, and tells the sum; the first addition starts a window of `ttlMs`. */
  count: (key: string, ttlMs: number, by?: number) => Promise<number>;
  ping: () => Promise<void>;
  close: () => Promise<void>;
};

const SWEEP_MS = 60_000;

/** The store of a single process. With `most`, it keeps so many keys: the one not counted for longest is forgotten first. */
export function createMemoryShared(now: () => number = Date.now, most = Infinity): SharedStore {
  const kept = new Map<string, { value: string; until: number }>();
  const read = (key: string) => {
    const entry = kept.get(key);
    if (entry && entry.until > now()) return entry;
    kept.delete(key);
    return undefined;
  };
  const sweep = setInterval(() => [...kept.keys()].forEach(read), SWEEP_MS).unref();
  return {
    get: async (key) => read(key)?.value ?? null,
    set: async (key, value, ttlMs) => void kept.set(key, { value, until: now() + ttlMs }),
    setIfAbsent: async (key, value, ttlMs) => {
      if (read(key)) return false;
      kept.set(key, { value, until: now() + ttlMs });
      return true;
    },
    removeIf: async (key, value) => {
      if (read(key)?.value === value) kept.delete(key);
    },
    count: async (key, ttlMs, by = 1) => {
      const entry = read(key) ?? { value: '0', until: now() + ttlMs };
      kept.delete(key); // so that it is the last in the map's order
      kept.set(key, { ...entry, value: String(Number(entry.value) + by) });
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
      return Number(entry.value) + by;
    },
    ping: async () => undefined,
    close: async () => clearInterval(sweep),
  };
}

const REMOVE_IF = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end`;
const COUNT = `local n = redis.call('incrby', KEYS[1], ARGV[2]) if redis.call('pttl', KEYS[1]) < 0 then redis.call('pexpire', KEYS[1], ARGV[1]) end return n`;

/** The store of several processes; every key begins with `genjin:`. @throws when Redis cannot be reached within 5 s. */
export async function openRedisShared(url: string): Promise<SharedStore> {
  const redis = new Redis(url, {
    keyPrefix: 'genjin:',
    lazyConnect: true,
    connectTimeout: 5000,
    commandTimeout: 5000,
    maxRetriesPerRequest: 2,
  });
  const seen: { error?: Error } = {};
  redis.on('error', (error: Error) => {
    seen.error = error; // a lost connection is told by each call that fails for it
  });
  await redis.connect().catch((error: unknown) => {
    redis.disconnect(); // else it tries for ever, and the process cannot end
    throw seen.error ?? error;
  });
  return {
    get: (key) => redis.get(key),
    set: async (key, value, ttlMs) => void (await redis.set(key, value, 'PX', ttlMs)),
    setIfAbsent: async (key, value, ttlMs) => (await redis.set(key, value, 'PX', ttlMs, 'NX')) === 'OK',
    removeIf: async (key, value) => void (await redis.eval(REMOVE_IF, 1, key, value)),
    count: async (key, ttlMs, by = 1) => Number(await redis.eval(COUNT, 1, key, ttlMs, by)),
    ping: async () => void (await redis.ping()),
    close: async () => redis.disconnect(),
  };
}
