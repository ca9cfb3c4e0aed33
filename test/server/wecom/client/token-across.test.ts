import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createMemoryShared, openRedisShared } from '../../../../server/store/db/shared.ts';
import type { SharedStore } from '../../../../server/store/db/shared.ts';
import { aScriptedServer } from '../../../support/scripted-server.ts';
import { openRedis, type TestRedis } from '../../../support/open-redis.ts';
import {
  aCaller,
  aPausingClock,
  aRealClock,
  aTokenServer,
  CORP,
  nothing,
  ok,
  refused,
} from '../../../support/wecom-parts.ts';

const PATH = '/cgi-bin/user/get';
const KEY = `token:${CORP.corpId}:agent`;
const aHundred = Array.from({ length: 100 });

const redis: { server: TestRedis | null } = { server: null };
beforeAll(async () => {
  redis.server = await openRedis();
});
afterAll(() => redis.server?.close());

/** Two views of one store, as two processes have them. */
const inMemory = async (): Promise<[SharedStore, SharedStore]> => {
  const shelf = createMemoryShared();
  return [shelf, shelf];
};
const onRedis = async (): Promise<[SharedStore, SharedStore]> => {
  const url = redis.server?.url ?? '';
  const stores: [SharedStore, SharedStore] = [await openRedisShared(url), await openRedisShared(url)];
  await stores[0].set(KEY, 'of the test before', 1);
  await expect.poll(() => stores[0].get(KEY), { interval: 5 }).toBeNull();
  onTestFinished(async () => void (await Promise.all(stores.map((store) => store.close()))));
  return stores;
};

describe.each([
  ['in memory', inMemory],
  ['on Redis', onRedis],
])('two processes that share their shelf %s', (_, open) => {
  const processes = async (origin: string) => {
    const [one, two] = await open();
    const clock = aRealClock();
    return [aCaller(origin, { shelf: one, clock }), aCaller(origin, { shelf: two, clock })] as const;
  };

  it('fetch one token for a hundred calls each at once', async () => {
    const server = await aTokenServer(() => ok());
    const callers = await processes(server.origin);
    await Promise.all(callers.flatMap(({ call }) => aHundred.map(() => call(PATH, { answer: nothing }))));
    expect(server.of('gettoken')).toHaveLength(1);
    expect(server.of(PATH)).toHaveLength(200);
  });

  it('renew it once when a hundred calls of each find out at the same time that it ran out', async () => {
    const isOver = { token: false };
    const server = await aTokenServer(({ query }) =>
      isOver.token && query['access_token'] === 'token-1' ? refused(42001) : ok(),
    );
    const callers = await processes(server.origin);
    for (const { call } of callers) await call(PATH, { answer: nothing });
    isOver.token = true;
    await Promise.all(callers.flatMap(({ call }) => aHundred.map(() => call(PATH, { answer: nothing }))));
    expect(server.of('gettoken')).toHaveLength(2);
  });

  it('try one after the other when the first gets no token', async () => {
    const server = await aTokenServer(() => ok());
    const failing = { now: true };
    const broken = await aScriptedServer(() => (failing.now ? 'cut' : ok()));
    const [[one], [, two]] = [await processes(broken.origin), await processes(server.origin)];
    const first = one.tokens.current();
    void first.catch(() => undefined);
    await vi.waitFor(() => expect(broken.of('gettoken')).not.toHaveLength(0), { interval: 1 });
    const tries = await Promise.allSettled([first, two.tokens.current()]);
    expect(tries[0]).toMatchObject({ reason: { name: 'WecomUnreachable' } });
    expect(tries[1]).toEqual({ status: 'fulfilled', value: 'token-1' });
  });
});

it('does not wait for ever for a process that died while it fetched', async () => {
  const server = await aTokenServer(() => ok());
  const { tokens, shelf, clock } = aCaller(server.origin);
  await shelf.setIfAbsent(`lock:${KEY}`, 'somebody who died', 12_000);
  const before = clock.now();
  expect(await tokens.current()).toBe('token-1');
  expect(clock.now() - before).toBeLessThanOrEqual(12_000);
});

it('tries itself when another holds the right to fetch and does not come back', async () => {
  const server = await aTokenServer(() => ok());
  const { tokens, shelf, clock } = aCaller(server.origin);
  await shelf.setIfAbsent(`lock:${KEY}`, 'somebody who hangs', 3_600_000);
  const before = clock.now();
  expect(await tokens.current()).toBe('token-1');
  expect(clock.now() - before).toBe(12_000);
});

it('takes the token that another process put there while it waited', async () => {
  const server = await aTokenServer(() => ok());
  const clock = aPausingClock();
  const shelf = createMemoryShared(clock.now);
  await shelf.setIfAbsent(`lock:${KEY}`, 'somebody', 12_000);
  const pause = async (ms: number) => {
    await clock.pause(ms);
    if (clock.pauses.length === 3) await shelf.set(KEY, 'theirs', 60_000);
  };
  expect(await aCaller(server.origin, { shelf, clock: { ...clock, pause } }).tokens.current()).toBe('theirs');
  expect(server.seen).toHaveLength(0);
});

it('does not take the refused token for the new one while it waits', async () => {
  const server = await aTokenServer(() => ok());
  const { tokens, shelf, clock } = aCaller(server.origin);
  await shelf.set(KEY, 'refused', 3_600_000);
  await shelf.setIfAbsent(`lock:${KEY}`, 'somebody who died', 12_000);
  expect(await tokens.renew('refused')).toBe('token-1');
  expect(clock.pauses.length).toBeGreaterThan(100);
});

it('that was asked for too often is not asked for again by any process for a minute', async () => {
  const server = await aScriptedServer(({ path }, before) => {
    if (path !== '/cgi-bin/gettoken') return ok();
    return before === 0 ? refused(45009) : ok({ access_token: 'good', expires_in: 7200 });
  });
  const clock = aPausingClock();
  const shelf = createMemoryShared(clock.now);
  const [one, another] = [0, 1].map(() => aCaller(server.origin, { shelf, clock }));
  const shut = { name: 'WecomShut', path: '/cgi-bin/gettoken', isUnsent: true };
  await expect(one?.call(PATH, { answer: nothing })).rejects.toMatchObject(shut);
  clock.pass(59_999);
  await expect(another?.tokens.current()).rejects.toMatchObject(shut);
  expect(server.of('gettoken')).toHaveLength(1);
  clock.pass(1);
  expect(await another?.tokens.current()).toBe('good');
  expect(await one?.tokens.current()).toBe('good');
  expect(server.of('gettoken')).toHaveLength(2);
});
