import type { PlatformState } from './state.ts';

/** A clock is moved by ten years at most. */
const LONGEST_DAYS = 3660;

export type PlatformClock = ReturnType<typeof createClock>;

/**
 * The platform's time: the clock it was opened with, and an offset that is part of the state, so it survives a restart.
 * Tokens, codes, quotas, penalties and transfers follow it.
 *
 * @param skewSeconds how far the platform's clock goes wrong all the time; see `PlatformRules.clockSkewSeconds`.
 * @param moved is called after the clock was moved by hand.
 */
export function createClock(
  state: Pick<PlatformState, 'clockOffsetMs'>,
  { base, skewSeconds, moved }: { base: () => Date; skewSeconds: () => number; moved: () => void },
) {
  const now = () => new Date(base().getTime() + state.clockOffsetMs + skewSeconds() * 1000);
  const move = (offsetMs: number): void => {
    if (!(Math.abs(offsetMs) <= LONGEST_DAYS * 86_400_000))
      throw new RangeError(`a clock cannot be moved by ${offsetMs} ms`);
    state.clockOffsetMs = offsetMs;
    moved();
  };
  return {
    now,
    offsetSeconds: (): number => state.clockOffsetMs / 1000,
    /** Lets time pass; a negative number turns the clock back. @throws {RangeError} beyond ten years. */
    advance: (seconds: number): void => move(state.clockOffsetMs + seconds * 1000),
    /** From now on it is `at`, and time goes on from there. @throws {RangeError} for no date, or beyond ten years. */
    set: (at: Date | string): void => {
      move(state.clockOffsetMs + (new Date(at).getTime() - now().getTime()));
    },
    /** Back to the clock that the platform was opened with. */
    reset: (): void => move(0),
  };
}
