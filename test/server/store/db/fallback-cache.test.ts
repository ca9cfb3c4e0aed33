import { describe, expect, it, onTestFinished } from 'vitest';
import { createMemoryShared, openRedisShared, type SharedStore } from '../../../../server/store/db/shared.ts';
import { createFallbackCache } from '../../../../server/store/db/fallback-cache.ts';
import { openRedis } from '../../../support/open-redis.ts';
import { aCaller, aRealClock, aTokenServer, nothing, ok } from '../../../support/wecom-parts.ts';

const MINUTE = 60_000;

/** A store over one that can be switched off, and what came of it. */
function aSteady() {
  const [clock, far] = [{ ms: 1_000_000 }, { isAway: false, calls: 0 }];
  const real = createMemoryShared(() => clock.ms);
  const failures: unknown[] = [];
  const throughout = <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) => {
    return async (...args: Args) => {
      far.calls += 1;
      if (far.isAway) throw new Error('away');
      return work(...args);
    };
  };
  const shared: SharedStore = {
    ...real,
    get: throughout(real.get),
    set: throughout(real.set),
    setIfAbsent: throughout(real.setIfAbsent),
    removeIf: throughout(real.removeIf),
    count: throughout(real.count),
  };
  const now = () => clock.ms;
  const own = createMemoryShared(now);
  const store = createFallbackCache({ shared, own, now, onFailure: (error) => void failures.push(error) });
  return { store, real, clock, far, failures };
}

describe('a steady store', () => {
  it('is the shared one while that answers', async () => {
    const { store, real, failures } = aSteady();
    await store.set('a', '1', MINUTE);
    expect(await real.get('a')).toBe('1');
    expect(await store.setIfAbsent('b', '2', MINUTE)).toBe(true);
    expect(await real.setIfAbsent('b', '3', MINUTE)).toBe(false);
    await real.count('n', MINUTE);
    expect(await store.count('n', MINUTE, 5)).toBe(6);
    await store.removeIf('b', '2');
    expect([await real.get('b'), failures]).toEqual([null, []]);
  });

  it('remembers for itself while that is away, and tells once', async () => {
    const { store, far, failures } = aSteady();
    await store.set('before', '1', MINUTE);
    far.isAway = true;
    expect(await store.get('before')).toBe('1');
    await store.set('a', '2', MINUTE);
    expect(await store.get('a')).toBe('2');
    expect([await store.setIfAbsent('b', 'x', MINUTE), await store.setIfAbsent('b', 'y', MINUTE)]).toEqual([
      true,
      false,
    ]);
    await store.removeIf('b', 'x');
    expect(await store.setIfAbsent('b', 'z', MINUTE)).toBe(true);
    expect([await store.count('n', MINUTE, 3), await store.count('n', MINUTE)]).toEqual([3, 4]);
    expect(failures).toEqual([new Error('away')]);
  });

  it('tells once when a hundred calls find out at the same time', async () => {
    const { store, far, failures } = aSteady();
    far.isAway = true;
    await Promise.all(Array.from({ length: 100 }, () => store.get('a')));
    expect(failures).toHaveLength(1);
  });

  it.each([
    [4999, 1],
    [5000, 2],
  ])('asks the shared one again after 5 s: at %i ms it was asked %i times', async (ms, asked) => {
    const { store, far, clock } = aSteady();
    far.isAway = true;
    await store.get('a');
    clock.ms += ms;
    await store.get('a');
    expect(far.calls).toBe(asked);
  });

  it('is the shared one again when that is back', async () => {
    const { store, real, far, clock } = aSteady();
    far.isAway = true;
    await store.get('a');
    far.isAway = false;
    clock.ms += 5000;
    await store.set('a', '1', MINUTE);
    expect(await real.get('a')).toBe('1');
  });

  it('does not wait for one that says nothing', async () => {
    const own = createMemoryShared();
    const mute = { ...own, get: () => new Promise<string | null>(() => undefined) };
    const failures: unknown[] = [];
    const onFailure = (error: unknown) => void failures.push(error);
    const store = createFallbackCache({ shared: mute, own, onFailure, patienceMs: 20 });
    expect(await store.get('a')).toBeNull();
    expect(String(failures)).toContain('late');
  });
});

it('lets calls of WeCom go on when Redis dies, with the token that is at hand', async () => {
  const server = await aTokenServer(() => ok());
  const redis = await openRedis();
  const shared = await openRedisShared(redis.url);
  onTestFinished(() => shared.close());
  const failures: unknown[] = [];
  const onFailure = (error: unknown) => void failures.push(error);
  const shelf = createFallbackCache({ shared, own: createMemoryShared(), onFailure });
  const { call } = aCaller(server.origin, { shelf, clock: aRealClock() });
  const ask = () => call('/cgi-bin/externalcontact/mark_tag', { body: {}, answer: nothing, lane: 'writes' });
  await ask();
  await redis.close();
  await Promise.all(Array.from({ length: 20 }, ask));
  expect(server.of('mark_tag')).toHaveLength(21);
  expect(server.of('gettoken')).toHaveLength(1);
  expect(failures.length).toBeGreaterThan(0);
});
