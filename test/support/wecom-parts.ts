import { create } from 'axios';
import { z } from 'zod';
import { createMemoryShared } from '../../server/store/db/shared.ts';
import { createWecomCall } from '../../server/wecom/client/call.ts';
import { REAL_CLOCK, type WecomClock } from '../../server/wecom/client/clock.ts';
import { createGate, type GateOptions } from '../../server/wecom/client/create-gate.ts';
import type { CacheStore } from '../../server/wecom/client/cache-store.ts';
import { createTokenCache } from '../../server/wecom/client/token.ts';
import { aScriptedServer, type Reply, type Script } from './scripted-server.ts';

/** Corp id and secret of the small corp; see sandbox/support/small-corp.ts. */
export const CORP = { corpId: 'ww00000000000000ab', agentId: '1000002', secret: 'the-agent-secret' };

/** A clock that moves only by pauses, which it notes instead of waiting. */
export function aPausingClock(start = Date.parse('2026-03-11T02:00:00Z')) {
  const pauses: number[] = [];
  const clock = { ms: start };
  return {
    pauses,
    now: () => clock.ms,
    pass: (ms: number) => void (clock.ms += ms),
    pause: async (ms: number) => {
      pauses.push(ms);
      clock.ms += ms;
    },
  };
}

/** The clock on the wall, for processes that wait for one another. */
export const aRealClock = (): ReturnType<typeof aPausingClock> => ({
  ...REAL_CLOCK,
  pauses: [],
  pass: () => {
    throw new Error('nobody moves the clock on the wall');
  },
});

/**
 * A clock on which pauses take a `times`th of their time and everything else its own: work that is slow here does not run
 * into the deadlines of a day that passes in minutes.
 */
export function aFastClock(times: number): WecomClock {
  let skippedMs = 0;
  const now = () => Date.now() + skippedMs;
  return {
    now,
    async pause(ms) {
      const end = now() + ms;
      await REAL_CLOCK.pause(ms / times);
      skippedMs = Math.max(skippedMs, end - Date.now()); // those who paused meanwhile skipped the same time
    },
  };
}

type CallerOptions = {
  secret?: string;
  timeout?: number;
  clock?: ReturnType<typeof aPausingClock>;
  shelf?: CacheStore;
} & Pick<GateOptions, 'watch' | 'capsOf'>;

/** One process that calls a platform at `origin`, with a shelf of its own unless given; pauses are noted instead of waited for. */
export function aCaller(origin: string, options: CallerOptions = {}) {
  const { secret = CORP.secret, timeout = 5000, clock = aPausingClock() } = options;
  const http = create({ baseURL: origin, timeout });
  const shelf = options.shelf ?? createMemoryShared(clock.now);
  const gate = createGate({ ...options, http, shelf, clock, ...CORP });
  const tokens = createTokenCache({ ...gate, shelf, corpId: CORP.corpId, secret, name: 'agent' });
  const call = createWecomCall(gate, tokens);
  return { http, shelf, tokens, clock, pauses: clock.pauses, gate, call };
}

/** An answer of which nothing is read. */
export const nothing = z.unknown();

/** A platform that gives tokens `token-1`, `token-2`, …, and answers everything else by the script. */
export async function aTokenServer(script: Script) {
  return aScriptedServer((request, before) => {
    if (request.path !== '/cgi-bin/gettoken') return script(request, before);
    return { json: { errcode: 0, errmsg: 'ok', access_token: `token-${before + 1}`, expires_in: 7200 } };
  });
}

/** The usual good answer with some fields. */
export const ok = (fields: object = {}): Reply => ({ json: { errcode: 0, errmsg: 'ok', ...fields } });

/** A refusal worded as the real platform does. */
export const refused = (errcode: number, words = 'refused'): Reply => ({
  json: {
    errcode,
    errmsg: `${words}, hint: [1700000000312345], from ip: 203.0.113.7, more info at https://open.work.weixin.qq.com/devtool/query?e=${errcode}`,
  },
});
