import { sealMessage, signatureOf, type CallbackKeys } from '../../server/wecom/client/crypto.ts';
import { aSmallCorp } from '../../packages/wecom-sandbox/test/support/small-corp.ts';

/** The callback keys of the small corp and of every corp built on it. */
export function corpKeys(): CallbackKeys {
  const { callbackToken: token, callbackAesKey: aesKey, corpId: receiveId } = aSmallCorp();
  return { token, aesKey, receiveId };
}

const cdata = (text: string) => `<![CDATA[${text}]]>`;

/** The plain event `change_external_contact`; `at` in ISO 8601 is its CreateTime. */
export function contactXml(
  change: string,
  { at, ...fields }: Record<string, string> & { at: string },
): string {
  const nodes = Object.entries(fields).map(([name, value]) => `<${name}>${cdata(value)}</${name}>`);
  return (
    `<xml><ToUserName>${cdata(corpKeys().receiveId)}</ToUserName><FromUserName>${cdata('sys')}</FromUserName>` +
    `<CreateTime>${Math.floor(Date.parse(at) / 1000)}</CreateTime><MsgType>${cdata('event')}</MsgType>` +
    `<Event>${cdata('change_external_contact')}</Event><ChangeType>${cdata(change)}</ChangeType>${nodes.join('')}</xml>`
  );
}

let sent = 0;

/** A sealed delivery: fresh nonce and ciphertext each time. `encrypted` and `body` replace what would be made of the XML. */
export function aCallback(
  xml: string,
  { keys = corpKeys(), encrypted = sealMessage(keys, xml) }: { keys?: CallbackKeys; encrypted?: string } = {},
) {
  sent += 1;
  const [timestamp, nonce] = ['1773194400', `nonce${sent}`];
  const query = { msg_signature: signatureOf(keys.token, timestamp, nonce, encrypted), timestamp, nonce };
  return {
    query,
    body: `<xml><ToUserName>${cdata(keys.receiveId)}</ToUserName><Encrypt>${cdata(encrypted)}</Encrypt></xml>`,
  };
}

/** Posts a letter to the callback URL of the server at `origin`. */
export function post(
  origin: string,
  { query, body }: { query: Record<string, string>; body: string | Buffer },
): Promise<Response> {
  const url = `${origin}/wecom/callback?${new URLSearchParams(query)}`;
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'text/xml' },
    body: new Uint8Array(Buffer.from(body)),
  });
}

/** Seals and posts a plain event. */
export const deliver = (origin: string, xml: string) => post(origin, aCallback(xml));
