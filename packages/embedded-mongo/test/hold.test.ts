import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DatabaseInUseError, holdDirectory, type Hold } from '../src/hold.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'genjin-hold-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

it.each([2, 3, 8])('of %i that begin at once exactly one holds the directory', async (many) => {
  for (let round = 0; round < 5; round += 1) {
    const dir = mkdtempSync(join(root, 'many-'));
    const tried = await Promise.allSettled(Array.from({ length: many }, () => holdDirectory(dir)));
    const held = tried.filter((each): each is PromiseFulfilledResult<Hold> => each.status === 'fulfilled');
    const refused = tried.filter((each) => each.status === 'rejected').map(({ reason }) => reason);
    expect(held).toHaveLength(1);
    expect(refused.every((reason) => reason instanceof DatabaseInUseError)).toBe(true);
    held[0]?.value.release();
    expect(readdirSync(dir)).toEqual([]);
  }
});

it('removes the claims of processes that are gone', async () => {
  const dir = mkdtempSync(join(root, 'gone-'));
  writeFileSync(join(dir, 'hold-00000000000000aa.sock'), '');
  const hold = await holdDirectory(dir);
  expect(readdirSync(dir)).not.toContain('hold-00000000000000aa.sock');
  hold.release();
});

it('gives up waiting for somebody who is there and never answers', async () => {
  const dir = mkdtempSync(join(root, 'silent-'));
  const silent = createServer(() => undefined).listen(join(dir, 'hold-00000000000000aa.sock'));
  await once(silent, 'listening');
  const tried = holdDirectory(dir, 100);
  await expect(tried).rejects.toThrow(/a process that does not answer.*Stop that process/);
  silent.close();
});
