import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSealed, signatureOf } from '../../../../server/wecom/client/crypto.ts';
import { createProbeRequest } from '../../../../server/wecom/client/probe-request.ts';
import { createProbe, type ProbeParts } from '../../../../server/wecom/client/probe.ts';
import { corpKeys } from '../../../support/a-callback.ts';
import { aFreePort } from '../../../support/open-redis.ts';
import { aScriptedServer, type Script } from '../../../support/scripted-server.ts';
import { CORP, ok, refused } from '../../../support/wecom-parts.ts';

const now = () => new Date('2026-03-11T02:00:00Z');

/** A server that answers everything with this status, headers and text. */
async function aStubbornServer(
  status: number,
  headers: Record<string, string>,
  text: string,
): Promise<string> {
  const server: Server = createServer((_request, response) => response.writeHead(status, headers).end(text));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function aProbe(script: Script, parts: Partial<ProbeParts> = {}) {
  const server = await aScriptedServer(script);
  const identity = {
    corpId: CORP.corpId,
    agentId: CORP.agentId,
    agentSecret: CORP.secret,
    contactSecret: 'the-contact-secret',
    oauthUrl: server.origin,
  };
  const common = { hear: createProbeRequest(now), identity, keys: corpKeys(), now };
  return {
    server,
    probe: createProbe({ apiUrl: server.origin, publicUrl: server.origin, ...common, ...parts }),
  };
}

/** Tokens named after the secret; the rest by `answer`. */
const platform =
  (answer: Script): Script =>
  (request, before) =>
    request.path === '/cgi-bin/gettoken'
      ? ok({ access_token: `token of ${request.query['corpsecret']}` })
      : answer(request, before);

describe('listening', () => {
  it('tells what came back, whatever it is, and follows no redirect', async () => {
    const date = 'Wed, 11 Mar 2026 02:00:05 GMT';
    const origin = await aStubbornServer(302, { location: 'https://elsewhere.example/', date }, 'moved');
    expect(await createProbeRequest(now)(`${origin}/x`)).toEqual({
      is: 'answer',
      status: 302,
      date,
      location: 'https://elsewhere.example/',
      text: 'moved',
      at: now(),
      ms: expect.any(Number),
    });
  });

  it('reads JSON and errors as plain text', async () => {
    const origin = await aStubbornServer(500, { 'content-type': 'application/json' }, '{"a":1}');
    expect(await createProbeRequest(now)(origin)).toMatchObject({ status: 500, text: '{"a":1}' });
  });

  it('tells why nothing came back', async () => {
    const hear = createProbeRequest(now);
    const cutting = await aScriptedServer(() => 'cut');
    expect(await hear(`http://127.0.0.1:${await aFreePort()}`)).toMatchObject({ fault: 'refused' });
    expect(await hear('http://nobody.invalid')).toMatchObject({ fault: 'dns' });
    expect(await hear(cutting.origin)).toMatchObject({ is: 'silence', fault: 'cut', word: 'ECONNRESET' });
    expect(await hear(cutting.origin.replace('http:', 'https:'))).toMatchObject({ is: 'silence' });
  });
});

describe('asking an API', () => {
  it('asks each thing once, with the token of the secret that is meant', async () => {
    const { server, probe } = await aProbe(platform(() => ok({ follow_user: [] })));
    await Promise.all([probe.api('/cgi-bin/list'), probe.api('/cgi-bin/list'), probe.token('app')]);
    await probe.api('/cgi-bin/list', {}, 'contact');
    await probe.api('/cgi-bin/list', { id: '7' });
    expect(server.of('gettoken')).toHaveLength(2);
    expect(server.of('list').map(({ query }) => query)).toEqual([
      { access_token: `token of ${CORP.secret}` },
      { access_token: 'token of the-contact-secret' },
      { id: '7', access_token: `token of ${CORP.secret}` },
    ]);
  });

  it('asks afresh at the next examination', async () => {
    const first = await aProbe(platform(() => ok()));
    const again = createProbe({
      hear: createProbeRequest(now),
      apiUrl: first.server.origin,
      publicUrl: first.server.origin,
      identity: { corpId: '', agentId: '', agentSecret: 'new', contactSecret: '', oauthUrl: '' },
      keys: corpKeys(),
      now,
    });
    await first.probe.token('app');
    await again.token('app');
    expect(first.server.of('gettoken')).toHaveLength(2);
  });

  it('gives the refusal of the token where there is none, and asks nothing more', async () => {
    const { server, probe } = await aProbe(() => refused(40013, 'invalid corpid'));
    expect(await probe.api('/cgi-bin/list')).toMatchObject({
      is: 'refused',
      errcode: 40013,
      errmsg: 'invalid corpid',
      seenIp: '203.0.113.7',
    });
    expect(server.of('list')).toEqual([]);
  });

  it('knocks without credentials', async () => {
    const { server, probe } = await aProbe(() => ok());
    await probe.knock();
    expect(server.seen).toMatchObject([{ path: '/cgi-bin/gettoken', query: {} }]);
  });
});

it('seals a fresh number as the admin console does', async () => {
  const { server, probe } = await aProbe(() => ({ status: 200, text: 'x' }));
  const [one, two] = [await probe.echo(), await probe.echo()];
  const { msg_signature: signature, timestamp = '', nonce = '', echostr = '' } = server.seen[0]?.query ?? {};
  expect(server.seen[0]?.path).toBe('/wecom/callback');
  expect(signature).toBe(signatureOf(corpKeys().token, timestamp, nonce, echostr));
  expect(openSealed(corpKeys(), echostr)).toBe(one.expected);
  expect(one.expected).toMatch(/^1\d{9}$/);
  expect(two.expected).not.toBe(one.expected);
});

it('asks for the page where visitors are recognised, without its fragment', async () => {
  const { server, probe } = await aProbe(() => ({ status: 200, text: '' }));
  await probe.authorize('/auth/callback');
  expect(server.seen).toMatchObject([
    {
      path: '/connect/oauth2/authorize',
      query: { appid: CORP.corpId, redirect_uri: `${server.origin}/auth/callback`, state: 'genjindoctor' },
    },
  ]);
});
