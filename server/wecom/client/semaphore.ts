import { randomInt, randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import type { WecomClock } from './clock.ts';
import { endBy } from './deadline.ts';
import { WecomShut } from './error.ts';
import type { CacheStore } from './cache-store.ts';

export type Lane = 'writes';

export type LaneParts = { shelf: CacheStore; clock: WecomClock; corpId: string };

/** `until` (ms since 1970) bounds the waiting, not the work. */
type Bounds = { path: string; until: number };

/** Runs work in its lane; without one, at once. @throws {WecomShut | WecomUnreachable} when the time is up; nothing was sent */
export type Semaphore = <Result>(
  lane: Lane | undefined,
  bounds: Bounds,
  work: () => Promise<Result>,
) => Promise<Result>;

/** More writes at once give 45033; about five are borne. Source: wecom.md §4.1. */
const AT_ONCE = 3;
/** Longer than two exchanges, as after a stale token; a process that dies leaves its slot to the others. */
const LEASE_MS = 30_000;
const LOOK_AGAIN_MS = 20;
/** Slots change hands many times a second; who gets none for so long should come again. */
const SLOT_PATIENCE_MS = 60_000;
const TRY_LATER_MS = 1000;

/** Lanes that all processes share: first a queue in this process, then one of the common slots. */
export function createSemaphore({ shelf, clock, corpId }: LaneParts): Semaphore {
  const queues: Record<Lane, ReturnType<typeof pLimit>> = { writes: pLimit(AT_ONCE) };

  const takeSlot = async (lane: Lane, id: string): Promise<string | null> => {
    const first = randomInt(AT_ONCE);
    for (let n = 0; n < AT_ONCE; n += 1) {
      const slot = `slot:${corpId}:${lane}:${(first + n) % AT_ONCE}`;
      if (await shelf.setIfAbsent(slot, id, LEASE_MS)) return slot;
    }
    return null;
  };
  const withSlot = async <Result>(lane: Lane, { path, until }: Bounds, work: () => Promise<Result>) => {
    const id = randomUUID();
    const giveUpAt = Math.min(until, clock.now() + SLOT_PATIENCE_MS);
    let slot = await takeSlot(lane, id);
    while (slot === null) {
      if (clock.now() >= giveUpAt) throw new WecomShut(path, new Date(clock.now() + TRY_LATER_MS));
      await clock.pause(LOOK_AGAIN_MS * (1 + Math.random()));
      slot = await takeSlot(lane, id);
    }
    try {
      return await work();
    } finally {
      await shelf.removeIf(slot, id);
    }
  };
  return async (lane, bounds, work) => {
    if (!lane) return work();
    const [entered, left] = [deferred(), deferred()];
    void queues[lane](() => {
      entered.open();
      return left.passed;
    });
    try {
      await endBy(bounds.path, bounds.until - clock.now(), entered.passed);
      return await withSlot(lane, bounds, work);
    } finally {
      left.open();
    }
  };
}

/** A promise that is kept by `open`. */
function deferred(): { passed: Promise<void>; open: () => void } {
  const resolvers: (() => void)[] = [];
  const passed = new Promise<void>((resolve) => void resolvers.push(resolve));
  return { passed, open: () => resolvers[0]?.() };
}
