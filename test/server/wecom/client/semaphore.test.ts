import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createMemoryShared, openRedisShared, type SharedStore } from '../../../../server/store/db/shared.ts';
import { createSemaphore } from '../../../../server/wecom/client/semaphore.ts';
import { aGate } from '../../../support/a-gate.ts';
import { openRedis, type TestRedis } from '../../../support/open-redis.ts';
import { aPausingClock, aRealClock, CORP } from '../../../support/wecom-parts.ts';

const FOR_EVER = { path: '/cgi-bin/externalcontact/mark_tag', until: Infinity };

const redis: { server: TestRedis | null } = { server: null };
beforeAll(async () => {
  redis.server = await openRedis();
});
afterAll(() => redis.server?.close());

const inMemory = async (): Promise<[SharedStore, SharedStore]> => {
  const shelf = createMemoryShared();
  return [shelf, shelf];
};
const onRedis = async (): Promise<[SharedStore, SharedStore]> => {
  const url = redis.server?.url ?? '';
  const stores: [SharedStore, SharedStore] = [await openRedisShared(url), await openRedisShared(url)];
  onTestFinished(async () => void (await Promise.all(stores.map((store) => store.close()))));
  return stores;
};

/** Work that tells how much of it was done at once, and ends when the test lets it. */
function someWork() {
  const gate = aGate();
  const load = { now: 0, most: 0, done: 0 };
  const work = async () => {
    load.now += 1;
    load.most = Math.max(load.most, load.now);
    await gate.passed;
    load.now -= 1;
    load.done += 1;
  };
  return { load, work, finish: gate.open };
}

describe.each([
  ['in memory', inMemory],
  ['on Redis', onRedis],
])('two processes that share their shelf %s', (_, open) => {
  it('write at most three at once together, and finish everything', async () => {
    const shelves = await open();
    const processes = shelves.map((shelf) => createSemaphore({ shelf, clock: aRealClock(), ...CORP }));
    const { load, work, finish } = someWork();
    const all = processes.flatMap((lanes) =>
      Array.from({ length: 10 }, () => lanes('writes', FOR_EVER, work)),
    );
    await expect.poll(() => load.now, { interval: 5 }).toBe(3);
    finish();
    await Promise.all(all);
    expect(load).toEqual({ now: 0, most: 3, done: 20 });
  });
});

const aProcess = () => {
  const clock = aPausingClock();
  const shelf = createMemoryShared(clock.now);
  return { clock, shelf, lanes: createSemaphore({ shelf, clock, ...CORP }) };
};

describe('a lane', () => {
  it('does not hold up what has none', async () => {
    const { lanes } = aProcess();
    const { load, work, finish } = someWork();
    const all = Array.from({ length: 20 }, () => lanes(undefined, FOR_EVER, work));
    await expect.poll(() => load.now, { interval: 1 }).toBe(20);
    finish();
    await Promise.all(all);
  });

  it('gives the result, or what the work throws, and is free again after both', async () => {
    const { lanes } = aProcess();
    for (let n = 0; n < 10; n += 1) {
      expect(await lanes('writes', FOR_EVER, async () => n)).toBe(n);
      const failing = lanes('writes', FOR_EVER, () => Promise.reject(new RangeError('no')));
      await expect(failing).rejects.toThrow(RangeError);
    }
  });

  it('is free again when the process that held it died, after its lease', async () => {
    const { lanes, shelf, clock } = aProcess();
    for (const n of [0, 1, 2]) await shelf.setIfAbsent(`slot:${CORP.corpId}:writes:${n}`, 'dead', 30_000);
    const before = clock.now();
    expect(await lanes('writes', FOR_EVER, async () => 'done')).toBe('done');
    expect(clock.now() - before).toBeGreaterThanOrEqual(30_000);
  });

  it.each([
    [30_000, 'done'],
    [14_000, 'WecomShut'],
  ])('is waited for until the deadline: %i ms', async (ms, outcome) => {
    const { lanes, shelf, clock } = aProcess();
    for (const n of [0, 1, 2]) await shelf.setIfAbsent(`slot:${CORP.corpId}:writes:${n}`, 'busy', 14_900);
    const bounds = { ...FOR_EVER, until: clock.now() + ms };
    const told = lanes('writes', bounds, async () => 'done').catch((error: Error) => error.name);
    expect(await told).toBe(outcome);
  });

  it('is not waited for in the queue of the process when the time is up, and the work is never begun', async () => {
    const { lanes, clock } = aProcess();
    const { load, work, finish } = someWork();
    const all = Array.from({ length: 3 }, () => lanes('writes', FOR_EVER, work));
    await expect.poll(() => load.now, { interval: 1 }).toBe(3);
    const late = lanes('writes', { ...FOR_EVER, until: clock.now() }, work);
    await expect(late).rejects.toMatchObject({ name: 'WecomUnreachable', isUnsent: true });
    finish();
    await Promise.all(all);
    await lanes('writes', FOR_EVER, work);
    expect(load.done).toBe(4);
  });

  it('keeps the slot of another holder', async () => {
    const { lanes, shelf, clock } = aProcess();
    const { load, work, finish } = someWork();
    const slow = lanes('writes', FOR_EVER, work);
    await expect.poll(() => load.now, { interval: 1 }).toBe(1);
    clock.pass(30_000);
    const keys = [0, 1, 2].map((n) => `slot:${CORP.corpId}:writes:${n}`);
    for (const key of keys) expect(await shelf.setIfAbsent(key, 'next', 60_000)).toBe(true);
    finish();
    await slow;
    expect(await Promise.all(keys.map((key) => shelf.get(key)))).toEqual(['next', 'next', 'next']);
  });
});
