import type { PendingCallback } from './state.ts';

/** Callbacks by queue, and the queues that nobody serves yet, in the order of their first callback. */
export function createCallbackQueues() {
  const queues = new Map<string, PendingCallback[]>();
  const known = new WeakSet<PendingCallback>();
  const waiting: string[] = [];
  return {
    /** Takes a callback in; one that is here already, or was, is left alone. */
    add: (callback: PendingCallback): void => {
      if (known.has(callback)) return;
      known.add(callback);
      const queue = queues.get(callback.queue);
      if (queue) queue.push(callback);
      else {
        queues.set(callback.queue, [callback]);
        waiting.push(callback.queue);
      }
    },
    /** A queue to serve until it is empty; then `close` it. */
    open: (): { name: string; queue: PendingCallback[] } | null => {
      const name = waiting.shift();
      return name === undefined ? null : { name, queue: queues.get(name) ?? [] };
    },
    close: (name: string): void => {
      queues.delete(name);
    },
  };
}
