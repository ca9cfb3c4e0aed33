import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { expect, it } from 'vitest';
import { isGone, ownerId } from '../../../../server/store/db/owner.ts';

const [machine = '', pid] = ownerId.split('/');

it('knows that this process has not ended', () => {
  expect(isGone(ownerId)).toBe(false);
  expect(isGone(`${ownerId}/7`)).toBe(false);
});

it('knows that an earlier process with the same pid has ended', () => {
  expect(isGone(`${machine}/${pid}/1`)).toBe(true);
});

it('knows that a process of this machine has ended', async () => {
  const ended = spawn(process.execPath, ['-e', '']);
  await once(ended, 'exit');
  expect(isGone(`${machine}/${ended.pid}/1`)).toBe(true);
});

it.each([
  ['another machine', `elsewhere/${pid}/1`],
  ['another container of the same name', `${hostname()}pid:[1]/${pid}/1`],
])('never says so of a process of %s, though its pid is ours', (_, owner) => {
  expect(isGone(owner)).toBe(false);
});
