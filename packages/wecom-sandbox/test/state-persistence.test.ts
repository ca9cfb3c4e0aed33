import { expect, it, vi } from 'vitest';
import { createStateFile } from '../src/state-file.ts';

/** A keeper whose writes claim to have taken so long. */
function aKeeper(ms: number) {
  const write = vi.fn<() => number>(() => ms);
  return { write, keeper: createStateFile(write) };
}

it('writes every change of a small book at once', () => {
  const { write, keeper } = aKeeper(19);
  for (let n = 0; n < 5; n += 1) keeper.save();
  expect(write).toHaveBeenCalledTimes(5);
});

it('writes a large book once for many changes, and nothing is left out at the end', () => {
  const { write, keeper } = aKeeper(60_000);
  for (let n = 0; n < 50; n += 1) keeper.save();
  expect(write).toHaveBeenCalledTimes(1);
  keeper.close();
  expect(write).toHaveBeenCalledTimes(2);
  keeper.close();
  expect(write).toHaveBeenCalledTimes(2);
});

it('writes a large book by itself when the interval is over', async () => {
  const { write, keeper } = aKeeper(20);
  keeper.save();
  keeper.save();
  expect(write).toHaveBeenCalledTimes(1);
  await vi.waitFor(() => expect(write).toHaveBeenCalledTimes(2), { interval: 5, timeout: 10_000 });
});

it('writes once for everybody who must know that it is kept', async () => {
  const { write, keeper } = aKeeper(60_000);
  keeper.save();
  keeper.save();
  await Promise.all([keeper.kept(), keeper.kept(), keeper.kept()]);
  expect(write).toHaveBeenCalledTimes(2);
  await keeper.kept();
  expect(write).toHaveBeenCalledTimes(2);
});

it('tells those who wait when the disk is full, and tries again', async () => {
  const write = vi.fn<() => number>(() => 60_000);
  const keeper = createStateFile(write);
  keeper.save();
  keeper.save();
  write.mockImplementationOnce(() => {
    throw new Error('ENOSPC');
  });
  await expect(keeper.kept()).rejects.toThrow('ENOSPC');
  await keeper.kept();
  expect(write).toHaveBeenCalledTimes(3);
});
