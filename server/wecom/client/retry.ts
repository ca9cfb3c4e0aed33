import type { WecomClock } from './clock.ts';
import { WecomError, WecomShut, WecomUnreachable } from './error.ts';

/** How long one call may try: `until` (ms since 1970) and so many times. */
export type Patience = { clock: WecomClock; until: number; tries: number; isRepeatable: boolean };

/** Before the second try `first` ms, then `times` as much each time, at most `most`; up to half as much again by chance. */
type Pauses = { first: number; times: number; most: number };

/** Refusals that pass. 45009 is not among them: it shuts the API, and the token's own is for a person. Source: wecom.md §4.2. */
const PAUSES: Readonly<Record<number, Pauses>> = {
  [-1]: { first: 1000, times: 2, most: 60_000 },
  6000: { first: 1000, times: 2, most: 60_000 },
  45033: { first: 100, times: 2, most: 330 },
  41096: { first: 1000, times: 1, most: 1000 },
  41063: { first: 20_000, times: 1.5, most: 60_000 },
  41079: { first: 20_000, times: 1.5, most: 60_000 },
};
const UNREACHABLE: Pauses = { first: 200, times: 3, most: 60_000 };
/** No answer: a cut or a restart passes within minutes; what lasts longer is for the next run. */
const UNREACHABLE_TRIES = 8;
/** What will be the same next time: a wrong address, an answer of another shape. More patience would only hold up the rest. */
const LASTING = /^(HTTP [34]|unexpected shape|the answer is too large)/;
const LASTING_TRIES = 4;
/** Not all who waited for the same moment come back in the same millisecond. */
const SPREAD_MS = 100;

/** Repeats `attempt` as its failures ask for, while patience lasts. @throws what the last attempt threw */
export async function repeat<Result>(patience: Patience, attempt: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ;) {
    try {
      return await attempt();
    } catch (error) {
      const pauseMs = pauseAfter(error, tries, patience);
      if (pauseMs === null || patience.clock.now() + pauseMs >= patience.until) throw error;
      await patience.clock.pause(pauseMs);
      if (!(error instanceof WecomShut)) tries += 1; // that one was not sent
    }
  }
}

/** ms; null: no use. */
function pauseAfter(error: unknown, tries: number, patience: Patience): number | null {
  if (error instanceof WecomShut)
    return Math.max(error.until.getTime() - patience.clock.now(), 0) + Math.random() * SPREAD_MS;
  if (tries >= patience.tries) return null;
  if (error instanceof WecomError)
    return patience.isRepeatable || error.isUnsent ? pauseOf(PAUSES[error.errcode], tries) : null;
  return error instanceof WecomUnreachable && isWorthRepeating(error, tries, patience)
    ? pauseOf(UNREACHABLE, tries)
    : null;
}

function isWorthRepeating(error: WecomUnreachable, tries: number, { isRepeatable }: Patience): boolean {
  if (!isRepeatable && !error.isUnsent) return false;
  return tries < (LASTING.test(error.reason) ? LASTING_TRIES : UNREACHABLE_TRIES);
}

function pauseOf(pauses: Pauses | undefined, tries: number): number | null {
  if (!pauses) return null;
  const { first, times, most } = pauses;
  return Math.min(first * times ** (tries - 1), most) * (1 + Math.random() / 2);
}
