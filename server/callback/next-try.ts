import { NotYetError, traitsOf } from '../errors.ts';

/** What is done about a failed try: another one, which may count towards giving up, or nothing until somebody replays it. */
export type NextTry = { is: 'later'; dueAt: Date; isFault: boolean } | { is: 'never' };

/** After each failure that counts the next try waits so long; after the last one nothing more is tried. */
const PAUSES_SECONDS = [5, 30, 120, 600, 3600];

/** WeCom out of reach or busy: nobody's fault, so patience is long, and the pauses grow from 5 s to 10 minutes. */
const FIRST_PAUSE_SECONDS = 5;
const LONGEST_PAUSE_SECONDS = 600;
const PATIENCE_MS = 24 * 3_600_000;

const NOT_YET_SECONDS = 2;

/** WeCom is never shut for longer at a time, whatever an error says. */
const LONGEST_SHUT_MS = 3_600_000;

type Tried = { tries: number; faults: number; since: Date };

/** Decides by the error and by what was tried before. `tries` counts the one that failed, `faults` does not. */
export function nextTry(error: unknown, { tries, faults, since }: Tried, now: Date): NextTry {
  const isPatient = now.getTime() - since.getTime() < PATIENCE_MS;
  if (isPatient && error instanceof NotYetError) return later(now, NOT_YET_SECONDS, false);
  if (isPatient && isBusy(error)) return untilOpen(error, later(now, growing(tries), false), now);
  if (traitsOf(error).isFinal) return { is: 'never' };
  const pause = PAUSES_SECONDS[faults];
  return pause === undefined ? { is: 'never' } : later(now, pause, true);
}

/** Whether so many faults are too many, e.g. because every worker who took the event died of it. */
export const isGivenUp = (faults: number): boolean => faults > PAUSES_SECONDS.length;

type Later = Extract<NextTry, { is: 'later' }>;

function later(now: Date, seconds: number, isFault: boolean): Later {
  return { is: 'later', dueAt: new Date(now.getTime() + seconds * 1000), isFault };
}

const growing = (tries: number) => Math.min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** (tries - 1));

/**
 * Trying again later may help: out of reach, too many calls, shut for a while, a token that could not be renewed, or a setting
 * that somebody has to change.
 */
function isBusy(error: unknown): boolean {
  const { isTransient, isStaleToken, needsPerson } = traitsOf(error);
  return isTransient || isStaleToken || needsPerson;
}

/** Where WeCom says until when it is shut, nothing is tried before. */
function untilOpen(error: unknown, next: Later, now: Date): Later {
  const { until } = traitsOf(error);
  if (!until || until <= next.dueAt) return next;
  return { ...next, dueAt: new Date(Math.min(until.getTime(), now.getTime() + LONGEST_SHUT_MS)) };
}
