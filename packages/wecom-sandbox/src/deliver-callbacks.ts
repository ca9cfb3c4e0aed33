import { createCallbackQueues } from './callback-queues.ts';
import { deliverOne } from './deliver-one.ts';
import type { Platform } from './platform.ts';

/** Queues that are served at once; the others wait for their turn. */
const PARALLEL = 64;

/**
 * Delivers pending callbacks: in order within a queue (one customer, one group), queues side by side. What is pending when
 * the process dies is delivered after the next start.
 */
export function createDeliverer(platform: Platform) {
  const queues = createCallbackQueues();
  const running = new Map<string, Promise<void>>();
  const stop = new AbortController();
  const serve = async ({ name, queue }: NonNullable<ReturnType<typeof queues.open>>): Promise<void> => {
    while (queue.length > 0 && !stop.signal.aborted) await deliverOne(platform, queue, stop.signal);
    queues.close(name);
  };
  const start = (): void => {
    while (running.size < PARALLEL && !stop.signal.aborted) {
      const next = queues.open();
      if (!next) return;
      const run = serve(next).finally(() => {
        running.delete(next.name);
        start();
      });
      running.set(next.name, run);
    }
  };
  return {
    wake: (): void => {
      if (stop.signal.aborted || platform.settings.callback.url === '') return;
      for (const callback of platform.state.pending) queues.add(callback);
      start();
    },
    /** Resolves when every callback was accepted or given up. */
    settled: async (): Promise<void> => {
      while (running.size > 0) await Promise.all(running.values());
    },
    /** Cuts what is under way; it stays pending. */
    stop: async (): Promise<void> => {
      stop.abort();
      await Promise.allSettled(running.values());
    },
  };
}
