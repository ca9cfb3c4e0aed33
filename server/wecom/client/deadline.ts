import { AsyncLocalStorage } from 'node:async_hooks';
import type { WecomClock } from './clock.ts';
import { WecomUnreachable } from './error.ts';

/** Until when calls may last: that of the nearest `within`, as ms since 1970; null outside. */
export type Deadlines = ReturnType<typeof createDeadlines>;

type Deadline = { of: object; until: number; outer: Deadline | undefined };

/** One for all: each that exists makes every promise of the process a little slower. */
const storage = new AsyncLocalStorage<Deadline>();

/** Deadlines that follow the work through every await, so that no call has to carry them; those of other clients are not seen. */
export function createDeadlines(clock: WecomClock) {
  const of = {};
  const own = (): number | null => {
    let deadline = storage.getStore();
    while (deadline && deadline.of !== of) deadline = deadline.outer;
    return deadline?.until ?? null;
  };
  return {
    current: own,
    /** Every call inside `work` ends by then; an outer deadline that is nearer stays. */
    within: <Result>(deadlineMs: number, work: () => Promise<Result>): Promise<Result> => {
      const until = Math.min(clock.now() + deadlineMs, own() ?? Infinity);
      return storage.run({ of, until, outer: storage.getStore() }, work);
    },
  };
}

/** Node's timers end at once when they are set for longer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Waits for `work`, which sends nothing of the caller's, at most so long.
 *
 * @throws {WecomUnreachable} with `isUnsent`, when the time is up; `work` itself goes on for others.
 */
export async function endBy<Result>(path: string, leftMs: number, work: Promise<Result>): Promise<Result> {
  if (leftMs > LONGEST_TIMER_MS) return work;
  const timer: { id?: NodeJS.Timeout } = {};
  const timeUp = new Promise<never>((_, reject) => {
    timer.id = setTimeout(() => reject(tooLate(path)), Math.max(leftMs, 0));
  });
  try {
    return await Promise.race([work, timeUp]);
  } finally {
    clearTimeout(timer.id);
  }
}

/** The work's time is up before anything was sent. */
export const tooLate = (path: string) => new WecomUnreachable(path, 'the deadline has passed', true);
