import { onTestFinished } from 'vitest';
import { openPlatform } from '../../src/open-platform.ts';
import type { PlatformOptions } from '../../src/open-platform.ts';
import { aSmallCorp } from './small-corp.ts';

export type Answer = Record<string, unknown> & { errcode: number; errmsg: string };

/** A clock that stands still until it is pushed. */
export function aClock(start = '2026-03-10T02:00:00.000Z') {
  let at = new Date(start).getTime();
  return {
    now: () => new Date(at),
    pass: (seconds: number) => {
      at += seconds * 1000;
    },
  };
}

/** The small corp's platform, closed at the end of the test, and a way to call its API with a token. */
export async function openSmall(options: Partial<PlatformOptions> = {}) {
  const clock = aClock();
  const platform = await openPlatform({
    corp: aSmallCorp(),
    now: clock.now,
    rules: { retryDelayMs: 1 },
    ...options,
  });
  onTestFinished(() => platform.close());
  const { corpId, agentSecret } = platform.credentials;
  const get = async (path: string, query: Record<string, string> = {}): Promise<Answer> => {
    const answer = await fetch(`${platform.origin}/cgi-bin/${path}?${new URLSearchParams(query)}`);
    return answer.json();
  };
  const token = async () =>
    (await get('gettoken', { corpid: corpId, corpsecret: agentSecret }))['access_token'] as string;
  return {
    platform,
    clock,
    get,
    token,
    read: async (path: string, query: Record<string, string> = {}) =>
      get(path, { access_token: await token(), ...query }),
    write: async (path: string, body: unknown): Promise<Answer> => {
      const url = `${platform.origin}/cgi-bin/${path}?access_token=${await token()}`;
      const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
      return answer.json();
    },
    control: (path: string, init: { body?: unknown; cookie?: string } = {}) =>
      fetch(`${platform.origin}/sandbox/control/${path}`, {
        headers: { 'content-type': 'application/json', ...(init.cookie && { cookie: init.cookie }) },
        ...(init.body !== undefined && { method: 'POST', body: JSON.stringify(init.body) }),
      }),
  };
}
