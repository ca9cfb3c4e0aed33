import { randomUUID } from 'node:crypto';
import type { WecomClock } from './clock.ts';
import { WecomError, WecomShut } from './error.ts';
import type { CacheStore } from './cache-store.ts';
import type { WecomWatch } from './watch.ts';

/** Lets work on an API through unless it is shut. @throws {WecomShut} in place of 45009 too */
export type Breaker = <Result>(path: string, work: () => Promise<Result>) => Promise<Result>;

export type BreakerParts = { shelf: CacheStore; clock: WecomClock; watch: WecomWatch; corpId: string };

/** 45009 at `path` until `until` (ms since 1970); `strikes`: how often of late. */
type Shut = { until: number; strikes: number };

const TOO_OFTEN = 45009;
/** The penalty of a minute; whoever meets it again may have broken the hour or the day. Source: wecom.md §4.1. */
const FIRST_MS = 60_000;
const LONGEST_MS = 3_600_000;
/** A strike counts as "again" so long after the API was open. */
const MEMORY_MS = 600_000;
/** Longer than any single call. */
const PROBE_MS = 30_000;
const LOOK_AGAIN_MS = 200;

/**
 * Shuts an API for every process when WeCom says that it was called too often, and opens it again by one call that tries.
 * A second refusal shuts it for twice as long, up to an hour.
 */
export function createBreaker(parts: BreakerParts): Breaker {
  const { shelf, clock, corpId } = parts;
  const { standing, strike, open } = createShutBook(parts);

  const watched = async <Result>(path: string, work: () => Promise<Result>) => {
    try {
      return await work();
    } catch (error) {
      if (!isRefusal(error, path) || error.errcode !== TOO_OFTEN) throw error;
      throw new WecomShut(path, new Date(await strike(path)));
    }
  };
  const probe = async <Result>(path: string, work: () => Promise<Result>) => {
    const { until, strikes } = await standing(path); // anew: another call may just have tried
    if (until === 0) return watched(path, work);
    const result = await watched(path, work).catch(async (error: unknown) => {
      if (isRefusal(error, path)) await open(path, strikes);
      throw error;
    });
    await open(path, strikes);
    return result;
  };
  return async (path, work) => {
    if ((await standing(path)).until === 0) return watched(path, work);
    const [key, id] = [`probe:${corpId}:${path}`, randomUUID()];
    if (!(await shelf.setIfAbsent(key, id, PROBE_MS)))
      throw new WecomShut(path, new Date(clock.now() + LOOK_AGAIN_MS));
    try {
      return await probe(path, work);
    } finally {
      await shelf.removeIf(key, id);
    }
  };
}

/** What all processes know about shut APIs. */
function createShutBook({ shelf, clock, watch, corpId }: BreakerParts) {
  const keyOf = (path: string) => `shut:${corpId}:${path}`;
  const read = async (path: string) => parseShut(await shelf.get(keyOf(path)));
  const keep = async (path: string, { until, strikes }: Shut) => {
    watch.shut(path, until > 0 ? new Date(until) : null);
    const leftMs = Math.max(until - clock.now(), 0);
    await shelf.set(keyOf(path), `${until}|${strikes}`, leftMs + MEMORY_MS);
  };
  return {
    /** How an API stands that may be called; `until` 0 means that it is open. @throws {WecomShut} */
    async standing(path: string): Promise<Shut> {
      const shut = await read(path);
      if (shut.until <= clock.now()) return shut;
      watch.shut(path, new Date(shut.until));
      throw new WecomShut(path, new Date(shut.until));
    },
    /** Shuts an API. @returns until when, as ms since 1970 */
    async strike(path: string): Promise<number> {
      const known = await read(path);
      if (clock.now() < known.until) return known.until; // another call of the same moment was first
      const until = clock.now() + Math.min(FIRST_MS * 2 ** known.strikes, LONGEST_MS);
      await keep(path, { until, strikes: known.strikes + 1 });
      return until;
    },
    open: (path: string, strikes: number) => keep(path, { until: 0, strikes }),
  };
}

/** The token's own refusals say nothing about the API it was fetched for. */
const isRefusal = (error: unknown, path: string): error is WecomError =>
  error instanceof WecomError && error.path === path;

/** `until` 0: open. */
function parseShut(kept: string | null): Shut {
  const [until = 0, strikes = 0] = kept?.split('|').map(Number) ?? [];
  return { until, strikes };
}
