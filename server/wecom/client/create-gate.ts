import type { AxiosInstance } from 'axios';
import { createAsk } from './ask.ts';
import { createBreaker } from './breaker.ts';
import type { CallGate } from './call.ts';
import { REAL_CLOCK, type WecomClock } from './clock.ts';
import { createDeadlines } from './deadline.ts';
import { createSemaphore } from './semaphore.ts';
import { createPace, type Cap } from './pace.ts';
import type { CacheStore } from './cache-store.ts';
import { UNWATCHED, type WecomWatch } from './watch.ts';

/** How calls are made. `capsOf` replaces WeCom's documented caps, for platforms that have others. */
export type GateOptions = {
  clock?: WecomClock;
  watch?: WecomWatch;
  capsOf?: (path: string) => readonly Cap[];
};

export type GateParts = GateOptions & {
  http: AxiosInstance;
  shelf: CacheStore;
  corpId: string;
  agentId: string;
};

/** Builds what every call of a corp goes through; processes with a common shelf share lanes, budgets and shut APIs. */
export function createGate(parts: GateParts): CallGate {
  const all = { ...parts, clock: parts.clock ?? REAL_CLOCK, watch: parts.watch ?? UNWATCHED };
  return {
    ask: createAsk(all),
    lanes: createSemaphore(all),
    breaker: createBreaker(all),
    pace: createPace(all),
    deadlines: createDeadlines(all.clock),
    clock: all.clock,
    watch: all.watch,
  };
}
