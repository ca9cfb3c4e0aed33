import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createTokenCache } from '../../../../server/wecom/client/token.ts';
import { aScriptedServer } from '../../../support/scripted-server.ts';
import { aCaller, aTokenServer, CORP, nothing, ok, refused } from '../../../support/wecom-parts.ts';
import { aGate } from '../../../support/a-gate.ts';
import { openSmall } from '../../../../packages/wecom-sandbox/test/support/open-small.ts';

const PATH = '/cgi-bin/user/get';
const aHundred = Array.from({ length: 100 });
const named = z.object({ name: z.string() });

describe('the access token', () => {
  it('is fetched once for a hundred calls at once, with corp id and secret', async () => {
    const server = await aTokenServer(() => ok());
    const { call } = aCaller(server.origin);
    await Promise.all(aHundred.map(() => call(PATH, { answer: nothing })));
    await call(PATH, { answer: nothing });
    expect(server.of('gettoken').map(({ method, query }) => ({ method, query }))).toEqual([
      { method: 'GET', query: { corpid: CORP.corpId, corpsecret: CORP.secret } },
    ]);
    expect(new Set(server.of(PATH).map(({ query }) => query['access_token']))).toEqual(new Set(['token-1']));
  });

  it('is shared with another process through the shelf', async () => {
    const server = await aTokenServer(() => ok());
    const { call, shelf } = aCaller(server.origin);
    await call(PATH, { answer: nothing });
    const { tokens: other } = aCaller(server.origin, { shelf });
    expect(await other.current()).toBe('token-1');
    expect(server.of('gettoken')).toHaveLength(1);
  });

  it('of another app is another one', async () => {
    const server = await aTokenServer(() => ok());
    const { call, shelf, gate } = aCaller(server.origin);
    await call(PATH, { answer: nothing });
    const other = createTokenCache({ ...gate, shelf, corpId: CORP.corpId, secret: 's2', name: 'contact' });
    expect(await other.current()).toBe('token-2');
  });

  it.each([
    [7200, 6900],
    [600, 300],
    [30, 60],
    [undefined, 6900],
  ])(
    'that lives %s s is kept for %i s, so that it is renewed before it ends',
    async (...[life, keptSeconds]) => {
      const server = await aScriptedServer(() => ok({ access_token: 't', expires_in: life }));
      const { tokens, clock } = aCaller(server.origin);
      await tokens.current();
      clock.pass(keptSeconds * 1000 - 1);
      await tokens.current();
      expect(server.of('gettoken')).toHaveLength(1);
      clock.pass(1);
      await tokens.current();
      expect(server.of('gettoken')).toHaveLength(2);
    },
  );

  it('is asked for again after a failure, which every waiting call hears of', async () => {
    const server = await aScriptedServer(({ path }, before) => {
      if (path === PATH) return ok();
      return before === 0 ? refused(40001) : ok({ access_token: 'good', expires_in: 7200 });
    });
    const { call } = aCaller(server.origin);
    const tries = await Promise.allSettled([1, 2, 3].map(() => call(PATH, { answer: nothing })));
    expect(tries.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await call(PATH, { answer: nothing });
    expect(server.of('gettoken')).toHaveLength(2);
  });

  it.each([40001, 40013, 40091, 60020])('refused with %i is not asked for again at once', async (errcode) => {
    const server = await aScriptedServer(() => refused(errcode));
    const { call, pauses } = aCaller(server.origin);
    await expect(call(PATH, { answer: nothing })).rejects.toMatchObject({
      errcode,
      path: '/cgi-bin/gettoken',
    });
    expect([server.seen.length, pauses.length]).toEqual([1, 0]);
  });

  it('refused three times in a row is not asked for again for half a minute: too many wrong calls block the corp', async () => {
    const server = await aScriptedServer((_, before) =>
      before < 3 ? refused(40091) : ok({ access_token: 'good', expires_in: 7200 }),
    );
    const { tokens, clock } = aCaller(server.origin);
    for (let n = 0; n < 50; n += 1) await expect(tokens.current()).rejects.toMatchObject({ errcode: 40091 });
    expect(server.seen).toHaveLength(3);
    clock.pass(29_999);
    await expect(tokens.current()).rejects.toMatchObject({ errcode: 40091 });
    clock.pass(1);
    expect(await tokens.current()).toBe('good');
  });

  it.each([
    ['without token', { expires_in: 7200 }],
    ['with an empty token', { access_token: '', expires_in: 7200 }],
  ])('answered %s is no token', async (_, fields) => {
    const server = await aScriptedServer(() => ok(fields));
    const { call } = aCaller(server.origin);
    await expect(call(PATH, { answer: nothing })).rejects.toThrow('gettoken');
    expect(server.of(PATH)).toHaveLength(0);
  });
});

/** Refuses every token but the newest. */
const aForgetfulServer = (errcode: number) => {
  const current = { token: 'token-1' };
  const server = aTokenServer(({ query }) =>
    query['access_token'] === current.token ? ok({ name: 'x' }) : refused(errcode),
  );
  return server.then((it) => ({ ...it, drop: (next: string) => void (current.token = next) }));
};

describe('a stale token', () => {
  it.each([40001, 40014, 42001])(
    'refused with %i is renewed once, and the call repeated',
    async (errcode) => {
      const server = await aForgetfulServer(errcode);
      const { call, pauses } = aCaller(server.origin);
      await call(PATH, { answer: named });
      server.drop('token-2');
      expect(await call(PATH, { answer: named })).toEqual({ name: 'x' });
      expect(server.of('gettoken')).toHaveLength(2);
      expect([server.of(PATH).length, pauses.length]).toEqual([3, 0]);
    },
  );

  it('is renewed once for a hundred calls that find out at the same time', async () => {
    const server = await aForgetfulServer(42001);
    const { call } = aCaller(server.origin);
    await call(PATH, { answer: named });
    server.drop('token-2');
    await Promise.all(aHundred.map(() => call(PATH, { answer: named })));
    expect(server.of('gettoken')).toHaveLength(2);
  });

  it('is not renewed by a call that finds out late: the new one is already there', async () => {
    const others = aGate();
    const server = await aTokenServer(async ({ query }) => {
      if (query['userid'] === 'slow' && query['access_token'] === 'token-1') await others.passed;
      return query['access_token'] === 'token-1' ? refused(40014) : ok({ name: 'x' });
    });
    const { call } = aCaller(server.origin);
    const slow = call(PATH, { query: { userid: 'slow' }, answer: named });
    await call(PATH, { answer: named });
    others.open();
    expect(await slow).toEqual({ name: 'x' });
    expect(server.of('gettoken')).toHaveLength(2);
  });

  it('that is refused even after renewal is a refusal, not a loop', async () => {
    const server = await aTokenServer(() => refused(42001));
    const { call } = aCaller(server.origin);
    await expect(call(PATH, { answer: nothing })).rejects.toMatchObject({ errcode: 42001 });
    expect([server.of(PATH).length, server.of('gettoken').length]).toEqual([2, 2]);
  });

  it('is renewed for a message too: the refused one never arrived', async () => {
    const server = await aForgetfulServer(42001);
    server.drop('token-2');
    const { call } = aCaller(server.origin);
    const request = { body: { touser: 'x' }, answer: named, isRepeatable: false };
    expect(await call('/cgi-bin/message/send', request)).toEqual({ name: 'x' });
    expect(server.of('message/send')).toHaveLength(2);
  });

  it('of the sandbox platform, dropped or run out, is not noticed by the caller', async () => {
    const { platform, clock } = await openSmall();
    const { call } = aCaller(platform.origin);
    const ask = () => call(PATH, { query: { userid: 'lisi' }, answer: named });
    await ask();
    platform.faults.dropTokens();
    expect(await ask()).toEqual({ name: 'lisi' });
    clock.pass(7201);
    expect(await ask()).toEqual({ name: 'lisi' });
  });

  it('cannot be had with a wrong secret: the message names the API and nothing else', async () => {
    const { platform } = await openSmall();
    const { call } = aCaller(platform.origin, { secret: 'a-wrong-secret' });
    const error = await call(PATH, { answer: nothing }).catch(String);
    expect(error).toBe('WecomError: /cgi-bin/gettoken answered 40001: invalid credential');
  });
});
