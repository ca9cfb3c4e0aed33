import { z } from 'zod';
import type { Ask } from './ask.ts';
import type { WecomClock } from './clock.ts';
import { createKeeper, type Keeper } from './keeper.ts';
import type { WecomShelf } from './shelf.ts';

/** `name` tells the apps of one corp apart. */
export type TokenParts = {
  ask: Ask;
  shelf: WecomShelf;
  clock: WecomClock;
  corpId: string;
  secret: string;
  name: string;
};

const GetToken = z.object({ access_token: z.string().min(1), expires_in: z.number().default(7200) });

/**
 * Keeps the access token of one app.
 *
 * @throws {WecomError} 40001, 40013 or 40091 when corp id or secret are wrong.
 * @see https://developer.work.weixin.qq.com/document/path/91039
 */
export function createTokenKeeper({ ask, shelf, clock, corpId, secret, name }: TokenParts): Keeper {
  const query = { corpid: corpId, corpsecret: secret };
  return createKeeper({
    shelf,
    clock,
    key: `token:${corpId}:${name}`,
    async fetch() {
      const { access_token: value, expires_in: seconds } = await ask('/cgi-bin/gettoken', {
        query,
        answer: GetToken,
      });
      return { value, seconds };
    },
  });
}
