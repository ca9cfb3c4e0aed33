import { randomBytes, randomInt } from 'node:crypto';
import { apiAnswerOf, type ApiAnswer, type ProbeResponse } from '../../domain/doctor/doctor-answers.ts';
import type { WecomIdentity } from './create-wecom.ts';
import { sealMessage, signatureOf, type CallbackKeys } from './crypto.ts';
import type { ProbeRequest } from './probe-request.ts';
import { jsSignature } from '../api/js-sdk.ts';
import { authorizeUrl } from '../api/oauth.ts';

/** Where to look, and as whom. */
export type ProbeParts = {
  hear: ProbeRequest;
  apiUrl: string;
  publicUrl: string;
  identity: WecomIdentity;
  keys: CallbackKeys;
  now: () => Date;
};

/** Whose secret: the app's, or the old one of 客户联系. */
export type SecretKind = 'app' | 'contact';

type OwnToken = { access_token: string };

export type Probe = ReturnType<typeof createProbe>;

/**
 * Looks at WeCom and at our own public address from outside, raw and without repeating anything. Each thing is asked once
 * and remembered, so that all checks judge the same answer. Secrets go in and never come out. Nothing is thrown.
 */
export function createProbe({ hear, apiUrl, publicUrl, identity, keys, now }: ProbeParts) {
  const once = createMemory();
  const secretOf = (kind: SecretKind) => (kind === 'app' ? identity.agentSecret : identity.contactSecret);
  const ask = async (path: string, query: Record<string, string>, body?: object) =>
    apiAnswerOf(await hear(`${apiUrl}${path}?${new URLSearchParams(query)}`, {}, body));

  /** A new access token: one on the shelf would hide that a secret has changed. */
  const token = (kind: SecretKind): Promise<ApiAnswer> =>
    once(`token:${kind}`, () =>
      ask('/cgi-bin/gettoken', { corpid: identity.corpId, corpsecret: secretOf(kind) }),
    );
  const withToken = async (kind: SecretKind, run: (own: OwnToken) => Promise<ApiAnswer>) => {
    const found = await token(kind);
    if (found.is !== 'good') return found;
    return run({ access_token: String(found.fields['access_token'] ?? '') });
  };
  /** One API with the token of `kind`; the refusal of the token where there is none. */
  const api = (path: string, query: Record<string, string> = {}, kind: SecretKind = 'app') =>
    once(`${kind} ${path}?${new URLSearchParams(query)}`, () =>
      withToken(kind, (own) => ask(path, { ...query, ...own })),
    );
  /** The same with a body. */
  const post = (path: string, body: object) =>
    once(`post ${path}`, () => withToken('app', (own) => ask(path, own, body)));

  return {
    token,
    api,
    post,
    /** Without any credentials: WeCom refuses that in JSON, everybody else betrays themselves. */
    knock: (): Promise<ProbeResponse> => once('knock', () => hear(`${apiUrl}/cgi-bin/gettoken`)),
    /** A page below PUBLIC_URL. */
    page: (path: string): Promise<ProbeResponse> => once(`page:${path}`, () => hear(`${publicUrl}${path}`)),
    /** What the admin console does when the callback URL is saved: a sealed number is wanted back opened. Source: wecom.md §1.2. */
    echo: (): Promise<{ heard: ProbeResponse; expected: string }> => echo({ hear, publicUrl, keys, now }),
    /** The page where a visitor is recognised before coming back to `path`. */
    authorize: (path: string): Promise<ProbeResponse> =>
      hear(authorizeUrl(identity, `${publicUrl}${path}`, 'genjindoctor').split('#')[0] ?? ''),
    /** The JS-SDK signature of a page of ours at `timestamp` (seconds). */
    sign: (ticket: string, path: string, timestamp: number): string =>
      jsSignature(ticket, { timestamp, nonceStr: 'genjindoctor', url: `${publicUrl}${path}` }),
  };
}

/** Runs the work of a key once and gives its result to everybody. */
function createMemory() {
  const known = new Map<string, Promise<unknown>>();
  return <Result>(key: string, work: () => Promise<Result>): Promise<Result> => {
    const mine = (known.get(key) as Promise<Result> | undefined) ?? work();
    known.set(key, mine);
    return mine;
  };
}

async function echo({ hear, publicUrl, keys, now }: Pick<ProbeParts, 'hear' | 'publicUrl' | 'keys' | 'now'>) {
  const expected = String(randomInt(1_000_000_000, 2_000_000_000));
  const echostr = sealMessage(keys, expected);
  const timestamp = String(Math.floor(now().getTime() / 1000));
  const nonce = randomBytes(8).toString('hex');
  const signature = signatureOf(keys.token, timestamp, nonce, echostr);
  const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce, echostr });
  return { heard: await hear(`${publicUrl}/wecom/callback?${query}`), expected };
}
