import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { WecomCall } from '../client/call.ts';
import { REAL_CLOCK, type WecomClock } from '../client/clock.ts';
import { WecomError } from '../client/error.ts';
import { createCredentialCache } from '../client/credential-cache.ts';
import type { CacheStore } from '../client/cache-store.ts';

/** What `ww.register` wants back; `timestamp` in seconds. */
export type JsSignature = { timestamp: number; nonceStr: string; signature: string };

/** The ticket cannot be had just now; asking once more gives another. Source: wecom.md §4.2. */
const TICKET_GONE = [42012, 40093];

const Ticket = z.object({ ticket: z.string().min(1), expires_in: z.number().default(7200) });

/** SHA-1 over the four values in this order, the url without `#…`. Source: wecom.md §5.4. */
export function jsSignature(
  ticket: string,
  { timestamp, nonceStr, url }: Omit<JsSignature, 'signature'> & { url: string },
): string {
  const page = url.split('#')[0];
  const text = `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${page}`;
  return createHash('sha1').update(text).digest('hex');
}

/** Whose pages are signed, and by which clock tickets are waited for. */
export type JsSdkSite = { corpId: string; agentId: string; clock?: WecomClock };

/**
 * Signatures for pages inside WeCom. The ticket is asked for once in two hours by all processes together: it may be asked for
 * 100 times an hour.
 *
 * @see https://developer.work.weixin.qq.com/document/path/90506
 */
export function createJsSdkApi(call: WecomCall, shelf: CacheStore, site: JsSdkSite) {
  const { corpId, agentId, clock = REAL_CLOCK } = site;
  const read = () => call('/cgi-bin/ticket/get', { query: { type: 'agent_config' }, answer: Ticket });
  const tickets = createCredentialCache({
    shelf,
    clock,
    key: `ticket:${corpId}:${agentId}`,
    async fetch() {
      const { ticket: value, expires_in: seconds } = await read().catch((error: unknown) => {
        if (error instanceof WecomError && TICKET_GONE.includes(error.errcode)) return read();
        throw error;
      });
      return { value, seconds };
    },
  });
  return {
    /** Signs `url` for `agentConfig`, with the app's own ticket (not the corp's). */
    agentConfig: async (url: string, now: Date): Promise<JsSignature> =>
      sign(await tickets.current(), url, now),
  };
}

function sign(ticket: string, url: string, now: Date): JsSignature {
  const timestamp = Math.floor(now.getTime() / 1000);
  const nonceStr = randomBytes(8).toString('hex');
  return { timestamp, nonceStr, signature: jsSignature(ticket, { timestamp, nonceStr, url }) };
}
