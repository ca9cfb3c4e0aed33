import { expect, it } from 'vitest';
import { createMemoryShared } from '../../../server/store/db/shared.ts';

it('keeps so many counts and no more, and forgets first what was counted longest ago', async () => {
  const store = createMemoryShared(() => 0, 10);
  await store.count('caller', 60_000);
  for (let n = 0; n < 1000; n += 1) {
    expect(await store.count(`invented-${n}`, 60_000)).toBe(1);
    expect(await store.count('caller', 60_000)).toBe(n + 2);
  }
  expect(await store.count('invented-0', 60_000)).toBe(1);
  expect(await store.count('invented-999', 60_000)).toBe(2);
});
