import { createHmac } from 'node:crypto';
import { lookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPrivateAddress } from './private-address.ts';

/** One message to a webhook; `id` is the same for every try. */
export type OutgoingMessage = { url: string; secret: string; id: string; event: string; body: string };

/** `allowsPrivate`: also http, and addresses of our own network. */
type OutgoingOptions = { allowsPrivate: boolean; timeoutMs?: number; lookupAll?: Lookup };

/** How names become addresses: all of them. */
type Lookup = (
  host: string,
  options: LookupAllOptions,
  done: (error: Error | null, found: LookupAddress[]) => void,
) => void;

export type Outgoing = ReturnType<typeof createOutgoing>;

const TIMEOUT_MS = 10_000;

/** Our requests to other people's servers: signed, limited in time, never redirected, and never into our own network unless allowed. */
export function createOutgoing(options: OutgoingOptions) {
  const { allowsPrivate, timeoutMs = TIMEOUT_MS, lookupAll = lookup } = options;
  return {
    /** What is wrong with an address, for people; null for nothing. Names are looked up only when something is sent. */
    problemOf: (url: string) => problemOf(url, allowsPrivate),
    /** Posts a message as JSON. @returns the status; @throws {Error} when no answer came in time, or nobody may be asked there */
    async post(message: OutgoingMessage, at: Date): Promise<number> {
      const problem = problemOf(message.url, allowsPrivate);
      if (problem) throw new Error(problem);
      return send(message, { at, timeoutMs, ...(allowsPrivate ? {} : { lookup: publicOnly(lookupAll) }) });
    },
  };
}

function problemOf(text: string, allowsPrivate: boolean): string | null {
  if (!URL.canParse(text) || !/^https?:/i.test(text)) return '地址应以 https:// 开头';
  const url = new URL(text);
  if (url.username || url.password) return '地址里不能有用户名和密码';
  return allowsPrivate ? null : openNetProblem(url);
}

function openNetProblem(url: URL): string | null {
  if (url.protocol !== 'https:') return '只能用 https；内网地址请先设置 WEBHOOKS_TO_PRIVATE=on';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isOurs = isIP(host) > 0 ? isPrivateAddress(host) : /(^|\.)localhost\.?$/.test(host);
  return isOurs ? '不能发往内网地址；确有需要请设置 WEBHOOKS_TO_PRIVATE=on' : null;
}

/** The signature covers the moment, too, so that an old message cannot be sent again: `t=<unix seconds>,v1=<hex of HMAC-SHA256>`. */
export function signatureOf(secret: string, at: Date, body: string): string {
  const seconds = Math.floor(at.getTime() / 1000);
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${mac}`;
}

type Sending = { at: Date; timeoutMs: number; lookup?: LookupFunction };

function send({ url, secret, id, event, body }: OutgoingMessage, { at, timeoutMs, ...rest }: Sending) {
  const request = url.startsWith('https:') ? requestHttps : requestHttp;
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'Genjin-Webhook/1',
    'x-genjin-event': event,
    'x-genjin-delivery': id,
    'x-genjin-signature': signatureOf(secret, at, body),
  };
  const signal = AbortSignal.timeout(timeoutMs);
  return new Promise<number>((resolve, reject) => {
    const asked = request(url, { method: 'POST', headers, signal, agent: false, ...rest }, (answer) => {
      resolve(answer.statusCode ?? 0);
      answer.destroy(); // nobody reads what they say
    });
    asked.on('error', (error) => reject(signal.aborted ? new Error('no answer in time') : error));
    asked.end(body);
  });
}

/** Looks a name up, and refuses it when any of its addresses is private: the address that was checked is the one that is asked. */
const publicOnly =
  (lookupAll: Lookup): LookupFunction =>
  (host, options, done) => {
    lookupAll(host, { ...options, all: true }, (error, found) => {
      const [first] = found ?? [];
      if (error || !first) return done(error ?? new Error(`${host} has no address`), '');
      if (found.some(({ address }) => isPrivateAddress(address)))
        return done(new Error(`${host} has a private address`), '');
      return options.all ? done(null, found) : done(null, first.address, first.family);
    });
  };
