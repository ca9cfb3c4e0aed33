import { expect, it } from 'vitest';
import { aGate } from '../../support/a-gate.ts';
import { aShelf, dyingProgram } from '../../support/a-shelf.ts';
import { runTypescript } from '../../support/run-typescript.ts';

it('lets one in at a time, of many who come at once', async () => {
  const { locks } = await aShelf();
  let [inside, most] = [0, 0];
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise(setImmediate);
    inside -= 1;
    return 'worked';
  };
  const held = await Promise.all(Array.from({ length: 20 }, () => locks.hold('a', work)));
  expect(most).toBe(1);
  expect(held.filter(Boolean).length).toBeGreaterThan(0);
});

it('turns others away while it is held, and no longer', async () => {
  const { locks } = await aShelf();
  const [begun, gate] = [aGate(), aGate()];
  const first = locks.hold('a', async () => {
    begun.open();
    await gate.passed;
    return 1;
  });
  await begun.passed;
  expect(await locks.hold('a', async () => 2)).toBeNull();
  expect(await locks.hold('b', async () => 3)).toEqual({ result: 3 });
  gate.open();
  expect(await first).toEqual({ result: 1 });
  expect(await locks.hold('a', async () => 2)).toEqual({ result: 2 });
});

it('is given back when the work fails', async () => {
  const { locks } = await aShelf();
  await expect(locks.hold('a', () => Promise.reject(new Error('no luck')))).rejects.toThrow('no luck');
  expect(await locks.hold('a', async () => 1)).toEqual({ result: 1 });
});

it('is taken from a holder whose lease ran out', async () => {
  const { locks, connection } = await aShelf();
  const lock = { owner: 'another-host/1/1/1', until: new Date(Date.now() + 60_000) };
  await connection.collection<{ _id: string }>('locks').insertOne({ _id: 'a', ...lock });
  expect(await locks.hold('a', async () => 1)).toBeNull();
  await connection.collection('locks').updateMany({}, { $set: { until: new Date(Date.now() - 1) } });
  expect(await locks.hold('a', async () => 1)).toEqual({ result: 1 });
});

it('does not wait for the lease of a process that was killed', async () => {
  const { locks, uri, connection } = await aShelf();
  const work = `await stores.locks.hold('a', () => process.kill(process.pid, 'SIGKILL'));`;
  await expect(runTypescript(dyingProgram(uri, work))).rejects.toMatchObject({ signal: 'SIGKILL' });
  expect(await connection.collection('locks').countDocuments()).toBe(1);
  expect(await locks.hold('a', async () => 1)).toEqual({ result: 1 });
});
