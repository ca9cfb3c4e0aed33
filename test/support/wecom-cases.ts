import { readFileSync } from 'node:fs';
import { create } from 'axios';
import { createMemoryShared } from '../../server/store/db/shared.ts';
import { createWecom, type Wecom } from '../../server/wecom/client/create-wecom.ts';
import { WecomError } from '../../server/wecom/client/error.ts';
import { WecomLimitError } from '../../server/wecom/client/limit.ts';
import type { Script } from './scripted-server.ts';
import { aPausingClock, aTokenServer, CORP, ok, refused } from './wecom-parts.ts';

/** Asks one method for something; generators are read to the end. */
export type Run = (wecom: Wecom) => unknown;

/** What one API gets and gives: the method, what goes over the line, the official sample, and what our side is told. */
export type ApiCase = [name: string, run: Run, sends: Sent, answer: object, tells: unknown];
/** `sent` is the body of a POST, the query (as text) of a GET; the path is below /cgi-bin/. */
type Sent = [method: 'GET' | 'POST', path: string, sent: object];

/** A field, the last size or value that WeCom takes, the first that it does not, and a request with `n` of it. */
export type LimitCase = [field: string, last: number, first: number, make: (n: number) => Run];

/** The whole client before a platform that answers by the script. */
export async function aWecom(script: Script) {
  const server = await aTokenServer(script);
  const clock = aPausingClock();
  const { corpId, agentId, secret } = CORP;
  const identity = { corpId, agentId, agentSecret: secret, contactSecret: secret, oauthUrl: 'https://oauth' };
  const http = create({ baseURL: server.origin, timeout: 5000 });
  const wecom = createWecom(http, createMemoryShared(clock.now), { ...identity, clock });
  const sent = () => server.seen.filter(({ path }) => path !== '/cgi-bin/gettoken');
  return { wecom, server, clock, sent };
}

/** The official sample answers of a family, by API. */
export function samples(family: string): Record<string, object> {
  const file = new URL(`../fixtures/wecom/${family}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, object>;
}

/** Plays one API against its sample: what went over the line, and what our side was told. */
export async function playCase([, run, , answer]: ApiCase) {
  const { wecom, sent } = await aWecom(() => ok(answer));
  const told = await read(run(wecom));
  return { sent: sent().map(asSent), told };
}

/** What playing a case should give: one request, and the answer by our names. */
export const asWritten = ([, , sends, , tells]: ApiCase) => ({ sent: [sends], told: tells });

/** Plays a limit: which field is named when it is broken, and how many requests went out beyond it and at it. */
export async function playLimit([, last, first, make]: LimitCase) {
  const { wecom, sent } = await aWecom(() => refused(SOMETHING_ELSE));
  const broken = await read(make(first)(wecom)).catch((error: unknown) => error);
  const beyond = sent().length;
  await read(make(last)(wecom)).catch(unlessRefused);
  const field = broken instanceof WecomLimitError ? broken.field : broken;
  return { field, sent: { beyond, atIt: sent().length } };
}

/** What playing a limit should give. */
export const asLimited = ([field]: LimitCase) => ({ field, sent: { beyond: 0, atIt: 1 } });

/** Reads a promise, or every page of a generator into one list. */
export async function read(told: unknown): Promise<unknown> {
  if (!isPages(told)) return told;
  const all: unknown[] = [];
  for await (const page of told) all.push(...(Array.isArray(page) ? (page as unknown[]) : [page]));
  return all;
}

const isPages = (told: unknown): told is AsyncIterable<unknown> =>
  typeof told === 'object' && told !== null && Symbol.asyncIterator in told;

/** Some text of `n` characters, each of which has three bytes. */
export const han = (n: number) => '跟'.repeat(n);
/** `n` ids. */
export const ids = (n: number) => Array.from({ length: n }, (_, index) => `id${index}`);

/** A limit is about the request; what WeCom says to it is another matter. */
const SOMETHING_ELSE = 40058;

function unlessRefused(error: unknown): void {
  if (!(error instanceof WecomError && error.errcode === SOMETHING_ELSE)) throw error;
}

type Line = Awaited<ReturnType<typeof aWecom>>['server']['seen'][number];

/** A POST has its token in the query and nothing else there. */
function asSent({ method, path, query, body }: Line) {
  const { access_token: token, ...rest } = query;
  if (token !== 'token-1') throw new Error(`${path} was called without the token`);
  if (method === 'POST' && Object.keys(rest).length > 0) throw new Error(`${path} has a query`);
  return [method, path.replace('/cgi-bin/', ''), method === 'POST' ? body : rest];
}
