import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createGroupCommit } from '../../../../server/store/db/group-commit.ts';
import { aGate } from '../../../support/a-gate.ts';

/** A commit whose writes are noted; the first one waits for the gate. */
function aCommit() {
  const gate = aGate();
  const batches: number[][] = [];
  const commit = createGroupCommit(async (entries: number[]) => {
    batches.push(entries);
    if (batches.length === 1) await gate.passed;
    return entries.map((entry) => `answer ${entry}`);
  });
  return { gate, batches, commit };
}
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

it('writes a lone entry at once and gives its answer', async () => {
  const { gate, batches, commit } = aCommit();
  gate.open();
  expect(await commit(7)).toBe('answer 7');
  expect(batches).toEqual([[7]]);
});

it('gathers what comes while a write is on its way, in the order it came', async () => {
  const { gate, batches, commit } = aCommit();
  const answers = upTo(100).map((n) => commit(n));
  gate.open();
  expect(await Promise.all(answers)).toEqual(upTo(100).map((n) => `answer ${n}`));
  expect(batches).toEqual([[0], upTo(100).slice(1)]);
});

it('writes at most 500 at once', async () => {
  const { gate, batches, commit } = aCommit();
  const answers = upTo(1202).map((n) => commit(n));
  gate.open();
  await Promise.all(answers);
  expect(batches.map((batch) => batch.length)).toEqual([1, 500, 500, 201]);
});

it('never has two writes under way', async () => {
  const load = { now: 0, most: 0 };
  const commit = createGroupCommit(async (entries: number[]) => {
    load.now += 1;
    load.most = Math.max(load.most, load.now);
    await new Promise(setImmediate);
    load.now -= 1;
    return entries;
  });
  for (const _ of upTo(5)) await Promise.all(upTo(20).map((n) => commit(n)));
  expect(load.most).toBe(1);
});

it('tells everybody of a batch that it failed, and goes on with the next', async () => {
  const gate = aGate();
  const written: number[] = [];
  const commit = createGroupCommit(async (entries: number[]) => {
    await gate.passed;
    if (entries.includes(2)) throw new Error('disk full');
    written.push(...entries);
    return entries;
  });
  const first = commit(1);
  const second = Promise.allSettled([commit(2), commit(3)]);
  gate.open();
  expect(await first).toBe(1);
  expect((await second).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await commit(4)).toBe(4);
  expect(written).toEqual([1, 4]);
});

it('does not leave anybody waiting when a write gives too few answers', async () => {
  const commit = createGroupCommit(async (entries: number[]) => entries.slice(1));
  await expect(commit(1)).rejects.toThrow(RangeError);
  await expect(commit(2)).rejects.toThrow(RangeError);
});

/** Commits all, each after some ticks, through writes that fail for multiples of 7; true when nobody got another's answer. */
const isRight = async (all: { entry: number; pause: number }[]) => {
  const commit = createGroupCommit(async (entries: number[]) => {
    await Promise.resolve();
    if (entries.some((entry) => entry % 7 === 0)) throw new Error('unlucky');
    return entries.map((entry) => entry * 2);
  });
  const results = all.map(async ({ entry, pause }) => {
    for (let n = 0; n < pause; n += 1) await Promise.resolve();
    return { entry, answer: await commit(entry).catch(() => null) };
  });
  return (await Promise.all(results)).every(({ entry, answer }) =>
    entry % 7 === 0 ? answer === null : answer === null || answer === entry * 2,
  );
};

it('gives everybody his own answer, however calls and failures fall together', async () => {
  const calls = fc.array(fc.record({ entry: fc.nat(1000), pause: fc.nat(3) }), { maxLength: 60 });
  const outcome = await fc.check(fc.asyncProperty(calls, isRight));
  expect(outcome.counterexample).toBeNull();
});
