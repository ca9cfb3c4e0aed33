import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { WecomCall } from '../client/call.ts';
import { REAL_CLOCK, type WecomClock } from '../client/clock.ts';
import { WecomError } from '../client/error.ts';
import { createKeeper, type Keeper } from '../client/keeper.ts';
import type { WecomShelf } from '../client/shelf.ts';

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
 * Signatures for pages inside WeCom. The two tickets are asked for once in two hours by all processes together: each may be
 * asked for 100 times an hour.
 *
 * @see https://developer.work.weixin.qq.com/document/path/90506
 */
export function createJsSdkApi(call: WecomCall, shelf: WecomShelf, site: JsSdkSite) {
  const { corpId, agentId, clock = REAL_CLOCK } = site;
  const keep = (key: string, read: () => Promise<z.infer<typeof Ticket>>): Keeper =>
    createKeeper({
      shelf,
      clock,
      key,
      async fetch() {
        const { ticket: value, expires_in: seconds } = await read().catch((error: unknown) => {
          if (error instanceof WecomError && TICKET_GONE.includes(error.errcode)) return read();
          throw error;
        });
        return { value, seconds };
      },
    });
  const ofAgent = keep(`ticket:${corpId}:${agentId}`, () =>
    call('/cgi-bin/ticket/get', { query: { type: 'agent_config' }, answer: Ticket }),
  );
  const ofCorp = keep(`ticket:${corpId}:${agentId}:corp`, () =>
    call('/cgi-bin/get_jsapi_ticket', { answer: Ticket }),
  );
  return {
    /** Signs `url` for `agentConfig`, with the app's own ticket (not the corp's). */
    agentConfig: async (url: string, now: Date): Promise<JsSignature> =>
      sign(await ofAgent.current(), url, now),
    /** Signs `url` for `config`, with the corp's ticket. */
    corpConfig: async (url: string, now: Date): Promise<JsSignature> =>
      sign(await ofCorp.current(), url, now),
  };
}

function sign(ticket: string, url: string, now: Date): JsSignature {
  const timestamp = Math.floor(now.getTime() / 1000);
  const nonceStr = randomBytes(8).toString('hex');
  return { timestamp, nonceStr, signature: jsSignature(ticket, { timestamp, nonceStr, url }) };
}
