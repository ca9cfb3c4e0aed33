import type { WecomClock } from './clock.ts';
import { WecomShut } from './error.ts';
import type { CacheStore } from './cache-store.ts';

/** So many calls of one API in any span of `perMs`. */
export type Cap = { most: number; perMs: number };

export type PaceParts = {
  shelf: CacheStore;
  clock: WecomClock;
  corpId: string;
  agentId: string;
  capsOf?: (path: string) => readonly Cap[];
};

/** Takes the right to one call. @throws {WecomShut} with the moment at which to try again, when the budget is used up */
export type Pace = (path: string) => Promise<void>;

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Other programs of the corp call too, and a call may arrive later than it was counted. */
const USED_PERCENT = 90;
const SLICES = 6;
/** Where there is much, the shared count is asked once for so many calls. */
const MUCH = 1000;
const CHUNK = 20;

/** One corp × one API. Source: wecom.md §4.1. */
const USUAL: readonly Cap[] = [
  { most: 10_000, perMs: MINUTE_MS },
  { most: 150_000, perMs: HOUR_MS },
];
const TICKETS: readonly Cap[] = [{ most: 100, perMs: HOUR_MS }];
const OTHERS: Readonly<Record<string, readonly Cap[]>> = {
  '/cgi-bin/get_jsapi_ticket': TICKETS, // per app; the corp's 400 are for four apps
  '/cgi-bin/ticket/get': TICKETS,
  '/cgi-bin/externalcontact/add_moment_task': [{ most: 10, perMs: MINUTE_MS }],
};

/** WeCom's documented caps of an API. */
export const documentedCaps = (path: string): readonly Cap[] => OTHERS[path] ?? USUAL;

/** Keeps all processes together below the caps. */
export function createPace({ shelf, clock, corpId, agentId, capsOf = documentedCaps }: PaceParts): Pace {
  const meters = new Map<string, Meter[]>();
  const metersOf = (path: string) => {
    const known = meters.get(path);
    if (known) return known;
    const whose = OTHERS[path] === TICKETS ? `${corpId}:${agentId}` : corpId;
    const made = capsOf(path).map((cap) =>
      createMeter({ shelf, clock, key: `pace:${whose}:${path}:${cap.perMs}`, cap }),
    );
    meters.set(path, made);
    return made;
  };
  return async (path) => {
    for (const take of metersOf(path)) {
      const until = await take();
      if (until !== null) throw new WecomShut(path, new Date(until));
    }
  };
}

/** Takes one call; null, or the moment (ms since 1970) at which there may be room again. */
type Meter = () => Promise<number | null>;

type MeterParts = { shelf: CacheStore; clock: WecomClock; key: string; cap: Cap };

/**
 * Counts by slices of the period. The slice that runs and the six before it share one budget, so that no span of the
 * period's length, wherever it begins, holds more than the budget.
 */
function createMeter({ shelf, clock, key, cap: { most, perMs } }: MeterParts): Meter {
  const budget = Math.floor((most * USED_PERCENT) / 100);
  const [sliceMs, chunk] = [perMs / SLICES, budget >= MUCH ? CHUNK : 1];
  const ended = new Map<number, number>();
  let mine = { slice: -1, left: 0, isFull: false };
  let asking: Promise<void> | null = null;

  const sumOf = async (slice: number) => {
    const sum = ended.get(slice) ?? Number((await shelf.get(`${key}:${slice}`)) ?? 0);
    ended.set(slice, sum);
    return sum;
  };
  const reserve = async (slice: number) => {
    for (const old of ended.keys()) if (old < slice - SLICES) ended.delete(old);
    const earlier = await Promise.all(Array.from({ length: SLICES }, (_, n) => sumOf(slice - 1 - n)));
    const used = earlier.reduce((sum, each) => sum + each, 0);
    const add = (by: number) => shelf.count(`${key}:${slice}`, 2 * perMs, by);
    const over = used + (await add(chunk)) - budget;
    const granted = Math.min(Math.max(chunk - over, 0), chunk);
    if (granted < chunk) await add(granted - chunk);
    mine = { slice, left: granted, isFull: granted === 0 };
  };
  return async () => {
    for (;;) {
      const slice = Math.floor(clock.now() / sliceMs);
      const isNow = mine.slice === slice;
      if (isNow && mine.isFull) return (slice + 1) * sliceMs;
      if (isNow && mine.left > 0) {
        mine.left -= 1;
        return null;
      }
      await (asking ??= reserve(slice).finally(() => {
        asking = null;
      }));
    }
  };
}
