import { expect, it } from 'vitest';
import { createTtlCache, createTtlCaches } from '../../../../server/store/db/ttl-cache.ts';

const HOUR = 3_600_000;

function counted(ms: number) {
  let times = 0;
  const recall = createTtlCache(async () => (times += 1), ms);
  return recall;
}

it('reads once for all who ask in time, and again for who asks later', async () => {
  const long = counted(HOUR);
  expect([await long.get(), await long.get()]).toEqual([1, 1]);
  const none = counted(0);
  expect([await none.get(), await none.get()]).toEqual([1, 2]);
});

it('reads again after it was told to forget, also while the old reading is on its way', async () => {
  const recall = counted(HOUR);
  const [old] = [recall.get(), recall.forget()];
  expect([await old, await recall.get()]).toEqual([1, 2]);
});

it('does not remember a reading that failed', async () => {
  let times = 0;
  const recall = createTtlCache(async () => {
    times += 1;
    if (times === 1) throw new Error('the database was away');
    return times;
  }, HOUR);
  await expect(recall.get()).rejects.toThrow('the database was away');
  expect(await recall.get()).toBe(2);
});

it('remembers each thing by its own key, and forgets one or all', async () => {
  let times = 0;
  const recalls = createTtlCaches(async (key) => `${key}${(times += 1)}`, HOUR);
  expect([await recalls.get('a'), await recalls.get('b'), await recalls.get('a')]).toEqual([
    'a1',
    'b2',
    'a1',
  ]);
  recalls.forget('a');
  expect([await recalls.get('a'), await recalls.get('b')]).toEqual(['a3', 'b2']);
  recalls.forget();
  expect(await recalls.get('b')).toBe('b4');
});
