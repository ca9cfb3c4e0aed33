import type { Ask, WecomRequest } from './ask.ts';
import type { Breaker } from './breaker.ts';
import type { WecomClock } from './clock.ts';
import { endBy, type Deadlines } from './deadline.ts';
import { WecomError, WecomShut } from './error.ts';
import type { ErrorTraits } from '../../errors.ts';
import type { CredentialCache } from './credential-cache.ts';
import type { Semaphore } from './semaphore.ts';
import type { Pace } from './pace.ts';
import { repeat } from './retry.ts';
import type { WecomWatch } from './watch.ts';

/** Calls one API by its path below the origin and gives its checked answer. @throws {WecomError | WecomUnreachable | WecomShut} */
export type WecomCall = <Answer>(path: string, request: WecomRequest<Answer>) => Promise<Answer>;

/** What all calls of a corp share, whatever token they carry. */
export type CallGate = {
  ask: Ask;
  lanes: Semaphore;
  breaker: Breaker;
  pace: Pace;
  deadlines: Deadlines;
  clock: WecomClock;
  watch: WecomWatch;
};

/** Somebody waits: so many tries, and no pause that ends later than this after the beginning. */
const INTERACTIVE = { tries: 4, ms: 15_000 };
/** A try that begins later than this before its deadline would tell nothing but that its time was up. */
const SHORTEST_TRY_MS = 500;

/**
 * Builds the one way to call WeCom: below its limits, token added, a stale one renewed once, transient refusals and failures
 * repeated – four times where somebody waits, inside `within` as long as its deadline allows.
 *
 * @see https://developer.work.weixin.qq.com/document/path/90313 (error codes); reactions: wecom.md §4.2
 */
export function createWecomCall(gate: CallGate, tokens: CredentialCache): WecomCall {
  const { ask, lanes, breaker, pace, deadlines, clock, watch } = gate;

  /** Without a token the call itself never left. */
  const inTime = (path: string, until: number, token: Promise<string>) =>
    endBy(path, until - clock.now(), token.catch(neverLeft));
  const withToken = async <Answer>(path: string, request: WecomRequest<Answer>, until: number) => {
    const token = await inTime(path, until, tokens.current());
    try {
      return await ask(path, { ...request, token, until });
    } catch (error) {
      if (!(error instanceof WecomError && error.isStaleToken)) throw error;
      return ask(path, { ...request, token: await inTime(path, until, tokens.renew(token)), until });
    }
  };
  return async (path, request) => {
    const deadline = deadlines.current();
    const until = deadline ?? Infinity;
    const patience = {
      clock,
      until: deadline === null ? clock.now() + INTERACTIVE.ms : deadline - SHORTEST_TRY_MS,
      tries: deadline === null ? INTERACTIVE.tries : Infinity,
      isRepeatable: request.isRepeatable ?? true,
    };
    const attempt = async () => {
      // Fetching a token may take longer than a slot of a lane is lent.
      if (request.lane) await inTime(path, until, tokens.current());
      return lanes(request.lane, { path, until }, () =>
        breaker(path, async () => {
          await pace(path);
          return withToken(path, request, until);
        }),
      );
    };
    return repeat(patience, attempt).catch((error: unknown) => {
      if (error instanceof WecomShut) watch.called({ path, outcome: 'shut', seconds: 0 });
      throw error;
    });
  };
}

const NEVER_LEFT: Pick<ErrorTraits, 'isUnsent'> = { isUnsent: true };

function neverLeft(error: unknown): never {
  throw error instanceof Error ? Object.assign(error, NEVER_LEFT) : error;
}
