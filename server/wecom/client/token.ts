import { z } from 'zod';
import type { Ask } from './ask.ts';
import type { Breaker } from './breaker.ts';
import type { WecomClock } from './clock.ts';
import { createCredentialCache, type CredentialCache } from './credential-cache.ts';
import type { CacheStore } from './cache-store.ts';

/** `name` tells the apps of one corp apart. */
export type TokenParts = {
  ask: Ask;
  breaker: Breaker;
  shelf: CacheStore;
  clock: WecomClock;
  corpId: string;
  secret: string;
  name: string;
};

const GetToken = z.object({ access_token: z.string().min(1), expires_in: z.number().default(7200) });

const PATH = '/cgi-bin/gettoken';

/**
 * Keeps the access token of one app.
 *
 * @throws {WecomError} 40001, 40013 or 40091 when corp id or secret are wrong. @throws {WecomShut} when it was asked for too often.
 * @see https://developer.work.weixin.qq.com/document/path/91039
 */
export function createTokenCache({
  ask,
  breaker,
  shelf,
  clock,
  corpId,
  secret,
  name,
}: TokenParts): CredentialCache {
  const query = { corpid: corpId, corpsecret: secret };
  return createCredentialCache({
    shelf,
    clock,
    key: `token:${corpId}:${name}`,
    async fetch() {
      const { access_token: value, expires_in: seconds } = await breaker(PATH, () =>
        ask(PATH, { query, answer: GetToken }),
      );
      return { value, seconds };
    },
  });
}
