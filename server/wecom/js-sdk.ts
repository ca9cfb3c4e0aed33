import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { WecomCall } from './call.ts';
import type { TokenShelf } from './token.ts';

/** What `ww.register` wants back; `timestamp` in seconds. */
export type JsSignature = { timestamp: number; nonceStr: string; signature: string };

const MARGIN_SECONDS = 300;

/** SHA-1 over the four values in this order, the url without `#…`. Source: wecom.md §5.4. */
export function jsSignature(
  ticket: string,
  { timestamp, nonceStr, url }: Omit<JsSignature, 'signature'> & { url: string },
): string {
  const page = url.split('#')[0];
  const text = `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${page}`;
  return createHash('sha1').update(text).digest('hex');
}

/** Signatures for pages inside WeCom. @see https://developer.work.weixin.qq.com/document/path/90506 */
export function createJsSdkApi(
  call: WecomCall,
  shelf: TokenShelf,
  corp: { corpId: string; agentId: string },
) {
  const key = `ticket:${corp.corpId}:${corp.agentId}`;
  let asking: Promise<string> | null = null;

  const fetchTicket = async () => {
    const answer = z.object({ ticket: z.string().min(1), expires_in: z.number().default(7200) });
    const { ticket, expires_in: seconds } = await call('/cgi-bin/ticket/get', {
      query: { type: 'agent_config' },
      answer,
    });
    await shelf.set(key, ticket, Math.max(seconds - MARGIN_SECONDS, 60) * 1000);
    return ticket;
  };

  return {
    /** Signs `url` with the app's own ticket (not the corp's). */
    async agentConfig(url: string, now: Date): Promise<JsSignature> {
      const ticket =
        (await shelf.get(key)) ?? (await (asking ??= fetchTicket().finally(() => (asking = null))));
      const timestamp = Math.floor(now.getTime() / 1000);
      const nonceStr = randomBytes(8).toString('hex');
      return { timestamp, nonceStr, signature: jsSignature(ticket, { timestamp, nonceStr, url }) };
    },
  };
}
