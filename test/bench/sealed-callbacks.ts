import { randomBytes } from 'node:crypto';
import { sealMessage, signatureOf, type CallbackKeys } from '../../server/wecom/client/crypto.ts';

/** Keys that no platform uses. */
export const KEYS: CallbackKeys = {
  token: 'benchToken',
  aesKey: randomBytes(32).toString('hex').slice(0, 43),
  receiveId: 'wwbench',
};

/** A sealed delivery as WeCom would post it. */
export type SealedCallback = { path: string; body: string };

/** `count` different clicks on a link of the app's menu, a kind that is kept and not acted on, so that keeping alone is measured. */
export function sealCallbacks(count: number, keys: CallbackKeys): SealedCallback[] {
  return Array.from({ length: count }, (_, index) => {
    const page = `https://example.com/${randomBytes(12).toString('hex')}${index}`;
    const xml = `<xml><ToUserName><![CDATA[${keys.receiveId}]]></ToUserName><FromUserName><![CDATA[zhangsan]]></FromUserName><CreateTime>${1_760_000_000 + index}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[view]]></Event><EventKey><![CDATA[${page}]]></EventKey><AgentID>1</AgentID></xml>`;
    const sealed = sealMessage(keys, xml);
    const [timestamp, nonce] = [String(1_760_000_000 + index), String(index)];
    const signature = signatureOf(keys.token, timestamp, nonce, sealed);
    const path = `/wecom/callback?msg_signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`;
    return {
      path,
      body: `<xml><ToUserName>${keys.receiveId}</ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`,
    };
  });
}
