import { expect, it } from 'vitest';
import { createCoalescer } from '../../../../server/store/db/coalescer.ts';

const HOUR = 3_600_000;

it('is over for all who wait when it is ended, and the next who come wait anew', async () => {
  const pause = createCoalescer(HOUR);
  const over: string[] = [];
  const first = [pause.wait().then(() => over.push('one')), pause.wait().then(() => over.push('two'))];
  pause.end();
  const late = pause.wait().then(() => over.push('late'));
  await Promise.all(first);
  expect(over).toEqual(['one', 'two']);
  pause.end();
  await late;
  expect(over).toEqual(['one', 'two', 'late']);
});

it('is over by itself', async () => {
  const pause = createCoalescer(1);
  expect(await Promise.all([pause.wait(), pause.wait()])).toHaveLength(2);
  expect(await pause.wait()).toBeUndefined();
});
