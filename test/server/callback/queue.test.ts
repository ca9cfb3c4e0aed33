import { expect, it } from 'vitest';
import { createEventQueue } from '../../../server/callback/queue.ts';
import { aGate } from '../../support/a-gate.ts';

/** A queue whose work waits for the gate; `begun` and `ended` tell in what order. */
function aQueue() {
  const gate = aGate();
  const begun: string[] = [];
  const ended: string[] = [];
  const queue = createEventQueue(async (id) => {
    begun.push(id);
    await gate.passed;
    ended.push(id);
  });
  return { queue, gate, begun, ended };
}

it('works on the events of one subject one by one, in the order they came', async () => {
  const { queue, gate, begun, ended } = aQueue();
  for (const id of ['1', '2', '3']) queue.push({ _id: id, subject: 'wm1' });
  await expect.poll(() => begun).toEqual(['1']);
  gate.open();
  await queue.idle();
  expect(ended).toEqual(['1', '2', '3']);
});

it('works on eight subjects at once and no more', async () => {
  const { queue, gate, begun } = aQueue();
  for (let n = 0; n < 20; n += 1) queue.push({ _id: `${n}`, subject: `subject ${n}` });
  await expect.poll(() => begun.length).toBe(8);
  gate.open();
  await queue.idle();
  expect(begun).toHaveLength(20);
});

it('does not let one busy subject take the places of others', async () => {
  const { queue, gate, begun } = aQueue();
  for (let n = 0; n < 20; n += 1) queue.push({ _id: `busy ${n}`, subject: 'wm1' });
  queue.push({ _id: 'other', subject: 'wm2' });
  await expect.poll(() => begun).toEqual(['busy 0', 'other']);
  gate.open();
  await queue.idle();
  expect(begun).toHaveLength(21);
});

it('is idle at once when nothing was pushed', async () => {
  await expect(createEventQueue(async () => null).idle()).resolves.toBeUndefined();
});

it('is idle only when what came meanwhile is done too', async () => {
  const done: string[] = [];
  const queue = createEventQueue(async (id) => {
    if (id === 'first') queue.push({ _id: 'second', subject: 'wm2' });
    await Promise.resolve();
    done.push(id);
  });
  queue.push({ _id: 'first', subject: 'wm1' });
  await queue.idle();
  expect(done).toEqual(['first', 'second']);
});

it('takes a subject up again after it was idle', async () => {
  const { queue, gate, ended } = aQueue();
  gate.open();
  queue.push({ _id: '1', subject: 'wm1' });
  await queue.idle();
  queue.push({ _id: '2', subject: 'wm1' });
  await queue.idle();
  expect(ended).toEqual(['1', '2']);
});

it('does not queue an event twice, but takes it again once it was begun', async () => {
  const { queue, gate, begun } = aQueue();
  for (const id of ['1', '2', '2', '1']) queue.push({ _id: id, subject: 'wm1' });
  expect(queue.size()).toBe(2);
  await expect.poll(() => begun).toEqual(['1']);
  queue.push({ _id: '1', subject: 'wm1' });
  gate.open();
  await queue.idle();
  expect(begun).toEqual(['1', '2', '1']);
});

it('goes on after work that failed, and tells of it', async () => {
  const failures: string[] = [];
  const done: string[] = [];
  const queue = createEventQueue(
    async (id) => {
      if (id === '1') throw new Error('database away');
      done.push(id);
    },
    (error, id) => failures.push(`${id}: ${String(error)}`),
  );
  for (const id of ['1', '2']) queue.push({ _id: id, subject: 'wm1' });
  await queue.idle();
  expect([failures, done]).toEqual([['1: Error: database away'], ['2']]);
});

it('begins nothing more when it stops, and ends what it has begun', async () => {
  const { queue, gate, begun, ended } = aQueue();
  for (const id of ['1', '2']) queue.push({ _id: id, subject: 'wm1' });
  await expect.poll(() => begun).toEqual(['1']);
  const stopped = queue.stop();
  queue.push({ _id: '3', subject: 'wm2' });
  gate.open();
  await stopped;
  expect(ended).toEqual(['1']);
  expect(queue.size()).toBe(0);
});
