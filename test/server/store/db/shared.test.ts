import { randomUUID } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createMemoryShared, openRedisShared, type SharedStore } from '../../../../server/store/db/shared.ts';
import { aFreePort, openRedis, type TestRedis } from '../../../support/open-redis.ts';
import { runTypescript } from '../../../support/run-typescript.ts';

/** A store, and a way to let a short time to live run out: by the clock, or really. */
type Opened = { store: SharedStore; outlive: (isGone: () => Promise<boolean>) => Promise<void> };

const MINUTE = 60_000;
/** Runs out within the test. */
const SHORT = 40;

const server: { redis: TestRedis | null } = { redis: null };
beforeAll(async () => {
  server.redis = await openRedis();
});
afterAll(() => server.redis?.close());

const inProcess = async (): Promise<Opened> => {
  const clock = { ms: 1_000_000 };
  const store = createMemoryShared(() => clock.ms);
  const outlive = async () => void (clock.ms += SHORT);
  return { store, outlive };
};
const onRedis = async (): Promise<Opened> => ({
  store: await openRedisShared(server.redis?.url ?? ''),
  outlive: (isGone) => expect.poll(isGone, { interval: 10 }).toBe(true),
});

describe.each([
  ['in this process', inProcess],
  ['on Redis', onRedis],
])('a shared store %s', (_, open) => {
  /** A fresh store and a key that nobody else uses. */
  const opened = async () => {
    const it = await open();
    onTestFinished(() => it.store.close());
    return { ...it, key: `test:${randomUUID()}` };
  };

  it('knows nothing of a key that was never set', async () => {
    const { store, key } = await opened();
    expect(await store.get(key)).toBeNull();
  });

  it.each(['token', '', '0', '中文 🙂', 'a\nb\0c', 'x'.repeat(100_000)])(
    'gives back what was set: case %#',
    async (value) => {
      const { store, key } = await opened();
      await store.set(key, value, MINUTE);
      expect(await store.get(key)).toBe(value);
    },
  );

  it('keeps the later of two values', async () => {
    const { store, key } = await opened();
    await store.set(key, 'a', MINUTE);
    await store.set(key, 'b', MINUTE);
    expect(await store.get(key)).toBe('b');
  });

  it('forgets a value when its time is over', async () => {
    const { store, key, outlive } = await opened();
    await store.set(key, 'a', SHORT);
    await outlive(async () => (await store.get(key)) === null);
    expect(await store.get(key)).toBeNull();
  });

  it('gives a value that is set again its new time', async () => {
    const { store, key, outlive } = await opened();
    const other = `${key}:other`;
    await store.set(key, 'a', SHORT);
    await store.set(key, 'b', MINUTE);
    await store.set(other, 'x', SHORT);
    await outlive(async () => (await store.get(other)) === null);
    expect(await store.get(key)).toBe('b');
  });

  it('sets if absent once, until it is removed or over', async () => {
    const { store, key, outlive } = await opened();
    expect(await store.setIfAbsent(key, 'a', SHORT)).toBe(true);
    expect(await store.setIfAbsent(key, 'b', MINUTE)).toBe(false);
    expect(await store.get(key)).toBe('a');
    await outlive(async () => (await store.get(key)) === null);
    expect(await store.setIfAbsent(key, 'c', MINUTE)).toBe(true);
    expect(await store.get(key)).toBe('c');
  });

  it('lets one of many win who set if absent at once', async () => {
    const { store, key } = await opened();
    const wins = await Promise.all(
      Array.from({ length: 50 }, (_, n) => store.setIfAbsent(key, `${n}`, MINUTE)),
    );
    expect(wins.filter(Boolean)).toHaveLength(1);
    expect(await store.get(key)).toBe(`${wins.indexOf(true)}`);
  });

  it('removes only what holds the value: nobody frees another’s lock', async () => {
    const { store, key } = await opened();
    await store.set(key, 'mine', MINUTE);
    await store.removeIf(key, 'theirs');
    expect(await store.get(key)).toBe('mine');
    await store.removeIf(key, 'mine');
    expect(await store.get(key)).toBeNull();
    await expect(store.removeIf(key, 'mine')).resolves.toBeUndefined();
  });

  it('counts from one, each call once, even all at once', async () => {
    const { store, key } = await opened();
    const sums = await Promise.all(Array.from({ length: 50 }, () => store.count(key, MINUTE)));
    expect(sums.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
  });

  it('counts by any step, also back, without prolonging the window', async () => {
    const { store, key, outlive } = await opened();
    expect(await store.count(key, SHORT, 20)).toBe(20);
    expect(await store.count(key, MINUTE, -5)).toBe(15);
    await outlive(async () => (await store.get(key)) === null);
    expect(await store.count(key, MINUTE, 3)).toBe(3);
  });

  it('begins to count anew after the window, which later calls do not prolong', async () => {
    const { store, key, outlive } = await opened();
    await store.count(key, SHORT);
    await store.count(key, MINUTE);
    await outlive(async () => (await store.get(key)) === null);
    expect(await store.count(key, MINUTE)).toBe(1);
  });

  it('keeps keys apart', async () => {
    const { store, key } = await opened();
    await store.set(`${key}:a`, '1', MINUTE);
    await store.count(`${key}:b`, MINUTE);
    expect([await store.get(key), await store.get(`${key}:a`), await store.get(`${key}:b`)]).toEqual([
      null,
      '1',
      '1',
    ]);
  });

  it('says that it is there', async () => {
    const { store } = await opened();
    await expect(store.ping()).resolves.toBeUndefined();
  });
});

const openIn = (url: string) =>
  runTypescript(`
    const { openRedisShared } = await import('./server/store/db/shared.ts');
    await openRedisShared('${url}').then(() => console.log('opened'), (error) => console.log('refused:', error.message));`);

describe('Redis', () => {
  it('is shared by several processes, under keys that begin with genjin:', async () => {
    const [one, two] = [await onRedis(), await onRedis()];
    const raw = new Redis(server.redis?.url ?? '');
    onTestFinished(async () => {
      await Promise.all([one.store.close(), two.store.close()]);
      raw.disconnect();
    });
    const key = `test:${randomUUID()}`;
    expect(await one.store.setIfAbsent(key, 'a', MINUTE)).toBe(true);
    expect(await two.store.setIfAbsent(key, 'b', MINUTE)).toBe(false);
    await two.store.count(`${key}:n`, MINUTE);
    expect(await one.store.count(`${key}:n`, MINUTE)).toBe(2);
    expect(await raw.get(`genjin:${key}`)).toBe('a');
    for (const name of [key, `${key}:n`]) {
      expect(await raw.pttl(`genjin:${name}`)).toBeGreaterThan(0);
    }
  });

  it('that is gone makes calls fail instead of wait', async () => {
    const { store } = await onRedis();
    await store.close();
    await expect(store.ping()).rejects.toThrow('closed');
    await expect(store.get('x')).rejects.toThrow('closed');
  });

  it('that does not listen is told at once, and nothing keeps the process alive', async () => {
    const { stdout, stderr } = await openIn(`redis://127.0.0.1:${await aFreePort()}`);
    expect(stdout).toMatch(/^refused: .*ECONNREFUSED/);
    expect(stderr).not.toContain('Unhandled error event');
  });

  it('that hangs up is told within seconds, and nothing keeps the process alive', async () => {
    const rude = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void rude.close());
    const { stdout } = await openIn(`redis://127.0.0.1:${(rude.address() as AddressInfo).port}`);
    expect(stdout).toMatch(/^refused: ./);
  });
});
