import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createMemoryShared } from '../../../../server/store/db/shared.ts';
import { WecomError, WecomUnreachable } from '../../../../server/wecom/client/error.ts';
import { aScriptedServer, type Reply } from '../../../support/scripted-server.ts';
import { aCaller, aTokenServer, CORP, nothing, ok, refused } from '../../../support/wecom-parts.ts';
import { openSmall } from '../../../../packages/wecom-sandbox/test/support/open-small.ts';

const PATH = '/cgi-bin/user/get';
const named = z.object({ name: z.string() });

/** Calls a platform that answers every call, or the first few, like this. */
async function against(...replies: Reply[]) {
  const server = await aTokenServer((_, before) => replies[Math.min(before, replies.length - 1)] ?? 'cut');
  const { call, pauses } = aCaller(server.origin, { timeout: replies.includes('hang') ? 100 : 5000 });
  const send = (request: { body?: object; isRepeatable?: boolean } = {}) =>
    call(PATH, { ...request, answer: named });
  return { send, pauses, tries: () => server.of(PATH).length, server };
}

/** Busy for so short that somebody who waits may wait for it. */
const TRANSIENT = [-1, 6000, 45033, 41096];
const BROKEN: [string, Reply][] = [
  ['HTTP 500', { status: 500, text: 'oops' }],
  ['HTTP 502 with a page', { status: 502, text: '<html>bad gateway</html>' }],
  ['silence until the time-out', 'hang'],
  ['a cut connection', 'cut'],
  ['half a JSON text', { status: 200, text: '{"errcode":0,"errmsg":"o' }],
  ['a page instead of JSON', { status: 200, text: '<html>login</html>' }],
  ['a JSON list', { json: [] }],
  ['null', { json: null }],
  ['an errcode that is no number', { json: { errcode: 'none' } }],
  ['JSON of a proxy, without errcode', { json: { code: 503, msg: 'service unavailable', name: 'x' } }],
  ['another shape than documented', { json: { errcode: 0, errmsg: 'ok', name: 7 } }],
];

describe('a call', () => {
  it('carries query and body, with the token beside them, and gives the checked answer', async () => {
    const server = await aTokenServer(() => ok({ name: '张三', unheardOf: { deep: [1] } }));
    const { call } = aCaller(server.origin);
    const got = await call(PATH, { query: { userid: 'a b&c', n: 3 }, answer: named });
    const posted = await call(PATH, { body: { x: 1 }, answer: named });
    expect([got, posted]).toEqual([{ name: '张三' }, { name: '张三' }]);
    const [first, second] = server.of(PATH);
    expect(first).toMatchObject({
      method: 'GET',
      query: { userid: 'a b&c', n: '3', access_token: 'token-1' },
    });
    expect(second).toMatchObject({ method: 'POST', query: { access_token: 'token-1' }, body: { x: 1 } });
  });

  it.each(TRANSIENT)('is tried four times when WeCom answers %i, then gives the refusal', async (errcode) => {
    const { send, tries, pauses } = await against(refused(errcode));
    await expect(send()).rejects.toMatchObject({ name: 'WecomError', errcode, path: PATH });
    expect(tries()).toBe(4);
    expect(pauses).toHaveLength(3);
  });

  it.each(BROKEN)('is tried four times at %s, then says that there is no usable answer', async (_, reply) => {
    const { send, tries, pauses } = await against(reply);
    await expect(send()).rejects.toThrow(WecomUnreachable);
    expect(tries()).toBe(4);
    expect(pauses).toHaveLength(3);
  });

  it.each([...BROKEN, ['a busy platform', refused(-1)] as [string, Reply]])(
    'gets through after %s and another',
    async (_, reply) => {
      const { send, tries } = await against(reply, reply, ok({ name: 'x' }));
      expect(await send()).toEqual({ name: 'x' });
      expect(tries()).toBe(3);
    },
  );

  it.each([
    [-1, [1000, 2000, 4000]],
    [6000, [1000, 2000, 4000]],
    [45033, [100, 200, 330]],
    [41096, [1000, 1000, 1000]],
  ])(
    'after %i waits at least so many ms before each try, and at most half as much again',
    async (...[code, least]) => {
      const { send, pauses } = await against(refused(code));
      await expect(send()).rejects.toThrow(WecomError);
      expect(pauses).toHaveLength(least.length);
      pauses.forEach((pause, n) => {
        expect(pause).toBeGreaterThanOrEqual(least[n] ?? 0);
        expect(pause).toBeLessThanOrEqual((least[n] ?? 0) * 1.5);
      });
    },
  );

  it.each([41063, 41079])(
    'does not make somebody wait when WeCom answers %i, which takes tens of seconds',
    async (errcode) => {
      const { send, tries, pauses } = await against(refused(errcode));
      await expect(send()).rejects.toMatchObject({ errcode, isTransient: true });
      expect([tries(), pauses.length]).toEqual([1, 0]);
    },
  );

  it.each([40003, 40058, 40096, 48002, 60011, 60020, 81013, 84061, 99999])(
    'is not repeated when WeCom answers %i, which will not change',
    async (errcode) => {
      const { send, tries, pauses } = await against(refused(errcode));
      await expect(send()).rejects.toMatchObject({ errcode });
      expect([tries(), pauses.length]).toEqual([1, 0]);
    },
  );
});

describe('a call whose repetition would reach people twice', () => {
  const once = { body: { touser: 'x' }, isRepeatable: false };

  it.each(BROKEN)('is not repeated after %s: it may have arrived', async (_, reply) => {
    const { send, tries } = await against(reply);
    await expect(send(once)).rejects.toMatchObject({ name: 'WecomUnreachable', isUnsent: false });
    expect(tries()).toBe(1);
  });

  it.each(TRANSIENT.slice(1))('is repeated after %i: a refusal certainly did not arrive', async (errcode) => {
    const { send, tries } = await against(refused(errcode), ok({ name: 'sent' }));
    expect(await send(once)).toEqual({ name: 'sent' });
    expect(tries()).toBe(2);
  });

  it('is not repeated after -1: who was too busy to answer may have done the work', async () => {
    const { send, tries } = await against(refused(-1), ok({ name: 'twice' }));
    await expect(send(once)).rejects.toMatchObject({ errcode: -1, isUnsent: false });
    expect(tries()).toBe(1);
  });

  it('stops at the first doubtful failure, even after certain ones', async () => {
    const { send, tries } = await against(refused(6000), refused(45033), 'cut', ok({ name: 'twice' }));
    await expect(send(once)).rejects.toMatchObject({ isUnsent: false });
    expect(tries()).toBe(3);
  });

  it('is repeated when nobody listens, and the failure says that nothing was sent', async () => {
    const { call, pauses } = aCaller(`http://127.0.0.1:${await aClosedPort()}`);
    const sent = call('/cgi-bin/message/send', { ...once, answer: nothing });
    await expect(sent).rejects.toMatchObject({ name: 'WecomUnreachable', isUnsent: true });
    expect(pauses).toHaveLength(3);
  });

  it.each<[string, Reply]>([
    ['the connection was cut', 'cut'],
    ['the time ran out', 'hang'],
    ['a gateway answered', { status: 502, text: 'gateway' }],
    ['WeCom was busy', refused(-1)],
    ['a proxy answered', { json: { code: 503 } }],
  ])('is repeated when %s while asking for the token: the message never left', async (_, trouble) => {
    const server = await aScriptedServer(({ path }, before) => {
      if (path === PATH) return ok({ name: 'sent' });
      return before < 2 ? trouble : ok({ access_token: 'at-last', expires_in: 7200 });
    });
    const { call } = aCaller(server.origin, { timeout: 250 });
    expect(await call(PATH, { ...once, answer: named })).toEqual({ name: 'sent' });
    expect(server.of(PATH)).toHaveLength(1);
  });

  it('says that nothing was sent when there is no token at all', async () => {
    const server = await aScriptedServer(() => ({ status: 503, text: 'away' }));
    const { call } = aCaller(server.origin);
    const sent = call(PATH, { ...once, answer: named });
    await expect(sent).rejects.toMatchObject({ name: 'WecomUnreachable', isUnsent: true });
    expect(server.of(PATH)).toHaveLength(0);
    expect(server.of('gettoken')).toHaveLength(4);
  });

  it.each([-1, 40001, 60020, 45009])(
    'says that nothing was sent when the token is refused: %i',
    async (errcode) => {
      const server = await aScriptedServer(() => refused(errcode));
      const sent = aCaller(server.origin).call(PATH, { ...once, answer: named });
      await expect(sent).rejects.toMatchObject({ isUnsent: true });
      expect(server.of(PATH)).toHaveLength(0);
    },
  );
});

it('takes no slot of a lane while the token is fetched, which may take longer than a slot is lent', async () => {
  const taken: (string | null)[] = [];
  const shelf = createMemoryShared();
  const server = await aScriptedServer(async ({ path }) => {
    const slots = [0, 1, 2].map((n) => shelf.get(`slot:${CORP.corpId}:writes:${n}`));
    taken.push((await Promise.all(slots)).some((slot) => slot !== null) ? path : null);
    return ok({ access_token: 'good', expires_in: 7200 });
  });
  await aCaller(server.origin, { shelf }).call(PATH, { body: {}, answer: nothing, lane: 'writes' });
  expect(taken).toEqual([null, PATH]);
});

const member = (call: ReturnType<typeof aCaller>['call']) =>
  call(PATH, { query: { userid: 'lisi' }, answer: named });

describe('against the sandbox platform', () => {
  it.each([{ errcode: -1 }, { status: 503 }, { isCut: true }, { isGarbage: true }, { errcode: 45033 }])(
    'gets over two faults %j in a row',
    async (fault) => {
      const { platform } = await openSmall();
      platform.faults.next('user/get', fault, 2);
      const { call, pauses } = aCaller(platform.origin);
      expect(await member(call)).toEqual({ name: 'lisi' });
      expect(pauses).toHaveLength(2);
    },
  );

  it('keeps secrets, ids and the hint out of every error', async () => {
    const { platform } = await openSmall();
    const { call } = aCaller(platform.origin);
    for (const fault of [{ errcode: 60011 }, { errcode: -1 }, { status: 500 }, { isCut: true }]) {
      platform.faults.next('user/get', fault, 4);
      const error = await call(PATH, { query: { userid: 'lisi' }, answer: named }).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(Error);
      const shown = JSON.stringify([String(error), Object.entries(error as object)]);
      expect(shown).not.toMatch(/lisi|the-agent-secret|hint|127\.0\.0\.1|access_token=/);
      platform.faults.clear();
    }
  });
});

async function aClosedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
