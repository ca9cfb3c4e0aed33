import type { AxiosInstance } from 'axios';
import { z } from 'zod';
import { ask, type TokenSource } from './call.ts';

/** What the keeper needs of the shared store; see store/shared.ts. */
export type TokenShelf = {
  get: (key: string) => Promise<string | null>;
  set: (key: string, value: string, ttlMs: number) => Promise<void>;
};

export type TokenParts = {
  http: AxiosInstance;
  shelf: TokenShelf;
  corpId: string;
  secret: string;
  name: string;
};

/** A token is renewed so long before it ends. */
const MARGIN_SECONDS = 300;

const GetToken = z.object({ access_token: z.string().min(1), expires_in: z.number().default(7200) });

/**
 * Keeps the access token of one app on the shelf, and asks for a new one at most once at a time.
 *
 * @throws {WecomError} 40001, 40013 or 40091 when corp id or secret are wrong.
 * @see https://developer.work.weixin.qq.com/document/path/91039
 */
export function createTokenKeeper({ http, shelf, corpId, secret, name }: TokenParts): TokenSource {
  const key = `token:${corpId}:${name}`;
  let asking: Promise<string> | null = null;

  const fetchToken = async () => {
    const query = { corpid: corpId, corpsecret: secret };
    const { access_token: token, expires_in: seconds } = await ask(http, '/cgi-bin/gettoken', {
      query,
      answer: GetToken,
    });
    await shelf.set(key, token, Math.max(seconds - MARGIN_SECONDS, 60) * 1000);
    return token;
  };
  const once = () => (asking ??= fetchToken().finally(() => (asking = null)));

  return {
    current: async () => (await shelf.get(key)) ?? once(),
    renew: async (refused) => {
      const kept = await shelf.get(key);
      return kept && kept !== refused ? kept : once();
    },
  };
}
