/** What the client needs of the store that all processes share; see store/shared.ts. Times to live in ms. */
export type CacheStore = {
  get: (key: string) => Promise<string | null>;
  set: (key: string, value: string, ttlMs: number) => Promise<void>;
  setIfAbsent: (key: string, value: string, ttlMs: number) => Promise<boolean>;
  removeIf: (key: string, value: string) => Promise<void>;
  count: (key: string, ttlMs: number, by?: number) => Promise<number>;
};
