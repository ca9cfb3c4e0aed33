import type { Context } from '../context.ts';
import { createMemoryShared, type SharedStore } from '../store/db/shared.ts';
import { createFallbackCache } from '../store/db/fallback-cache.ts';

/** So many callers are counted at once; who invents more of them makes us forget, not grow. */
const MOST_CALLERS = 20_000;

/**
 * What processes share, and the counts of who asks how often. With Redis, all goes on while it is away: this process then keeps
 * tokens, budgets and counts for itself. What must hold between processes is locked in the database; see store/locks.ts.
 */
export function shelvesOf(
  redis: SharedStore | null,
  { log, metrics, now }: Pick<Context, 'log' | 'metrics'> & { now: (() => number) | undefined },
) {
  const own = { shared: createMemoryShared(now), rates: createMemoryShared(now, MOST_CALLERS) };
  if (!redis) return own;
  const onFailure = (error: unknown) => {
    metrics.sharedFailures.inc();
    log.warn({ error }, 'shared store away');
  };
  const steady = (spare: SharedStore) => createFallbackCache({ shared: redis, own: spare, onFailure });
  return { shared: steady(own.shared), rates: steady(own.rates) };
}
