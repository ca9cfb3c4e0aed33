import { randomUUID } from 'node:crypto';
import type { WecomClock } from './clock.ts';
import { WecomError } from './error.ts';
import type { CacheStore } from './cache-store.ts';

/** Something that WeCom lends for two hours to all processes: a token, a ticket. `renew` gets the one that was refused. */
export type CredentialCache = { current: () => Promise<string>; renew: (refused: string) => Promise<string> };

export type CredentialCacheParts = {
  shelf: CacheStore;
  clock: WecomClock;
  key: string;
  fetch: () => Promise<{ value: string; seconds: number }>;
};

/** It is replaced so long before it ends. */
const MARGIN_SECONDS = 300;
const SHORTEST_SECONDS = 60;
/** Who fetches for all has so long; the others look at the shelf meanwhile. */
const LOCK_MS = 12_000;
const LOOK_AGAIN_MS = 100;
/** Many wrong calls block the corp for an hour: after the third refusal in a row, it stands for a while. Source: wecom.md §4.1. */
const PATIENT_REFUSALS = 3;
const REFUSAL_STANDS_MS = 30_000;

/** Keeps one value on the shelf, and lets only one caller of all processes fetch a new one. */
export function createCredentialCache({ shelf, clock, key, fetch }: CredentialCacheParts): CredentialCache {
  const lock = `lock:${key}`;
  const fetchPatiently = rememberRefusals(clock, fetch);
  let asking: Promise<string> | null = null;

  const otherThan = async (refused: string | null) => {
    const kept = await shelf.get(key);
    return kept === refused ? null : kept;
  };
  const fetchAndKeep = async () => {
    const { value, seconds } = await fetchPatiently();
    await shelf.set(key, value, Math.max(seconds - MARGIN_SECONDS, SHORTEST_SECONDS) * 1000);
    return value;
  };
  const fetchForAll = async (refused: string | null) => {
    const id = randomUUID();
    for (let waitedMs = 0; waitedMs < LOCK_MS; waitedMs += LOOK_AGAIN_MS) {
      if (await shelf.setIfAbsent(lock, id, LOCK_MS)) {
        try {
          return (await otherThan(refused)) ?? (await fetchAndKeep());
        } finally {
          await shelf.removeIf(lock, id);
        }
      }
      await clock.pause(LOOK_AGAIN_MS);
      const fresh = await otherThan(refused);
      if (fresh !== null) return fresh;
    }
    return fetchAndKeep();
  };
  const once = (refused: string | null) =>
    (asking ??= fetchForAll(refused).finally(() => void (asking = null)));

  return {
    current: async () => (await shelf.get(key)) ?? once(null),
    async renew(refused) {
      const fresh = (await otherThan(refused)) ?? (await once(refused));
      return fresh === refused ? once(refused) : fresh; // joined somebody who did not know of the refusal
    },
  };
}

/** A refusal that settings must cure, told again without asking again. */
function rememberRefusals<Result>(clock: WecomClock, work: () => Promise<Result>): () => Promise<Result> {
  let refusal: { error: WecomError; count: number; until: number } | null = null;
  return async () => {
    if (refusal && clock.now() < refusal.until && refusal.count >= PATIENT_REFUSALS) throw refusal.error;
    try {
      const result = await work();
      refusal = null;
      return result;
    } catch (error) {
      if (stands(error)) {
        refusal = { error, count: (refusal?.count ?? 0) + 1, until: clock.now() + REFUSAL_STANDS_MS };
      }
      throw error;
    }
  };
}

/** Busy WeCom is asked again soon. */
const stands = (error: unknown): error is WecomError => error instanceof WecomError && !error.isTransient;
