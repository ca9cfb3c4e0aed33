import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { listen } from '../../../server/boot/listen.ts';
import { aGate } from '../../support/a-gate.ts';

/** Less than Node keeps an idle connection by itself, and than draining may take at most. */
const LIMIT = { timeout: 5000 };

/** A door on a free port, closed at the end of the test unless the test closes it. */
async function aDoor() {
  const door = await listen('127.0.0.1', 0);
  onTestFinished(() => door.close());
  return { door, origin: `http://127.0.0.1:${door.port}` };
}

/** Asks over a connection that stays open afterwards, as a proxy does. */
async function askKeepingAlive(url: string) {
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  return new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const sent = request(url, { agent }, (answer) => {
      text(answer).then((body) => resolve({ status: answer.statusCode, body }), reject);
    });
    sent.once('error', reject);
    sent.end();
  });
}

it('answers 503 and when to come again, until there is somebody to answer', async () => {
  const { door, origin } = await aDoor();
  const early = await fetch(origin);
  expect([early.status, early.headers.get('retry-after')]).toEqual([503, '2']);
  door.handle((_, response) => void response.end('open'));
  const late = await fetch(origin);
  expect([late.status, await late.text()]).toEqual([200, 'open']);
});

it('says which port was free', async () => {
  const { door } = await aDoor();
  expect(door.port).toBeGreaterThan(0);
});

it('fails when the port is taken', async () => {
  const { door } = await aDoor();
  await expect(listen('127.0.0.1', door.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

it(
  'finishes what is in hand before it closes, also over connections that would stay open',
  LIMIT,
  async () => {
    const { door, origin } = await aDoor();
    const [begun, work] = [aGate(), aGate()];
    door.handle(async (_, response) => {
      begun.open();
      response.write('first half, ');
      await work.passed;
      response.end('second half');
    });
    const answer = askKeepingAlive(origin);
    await begun.passed;
    const state = { isClosed: false };
    const closed = door.close().then(() => void (state.isClosed = true));
    await expect(fetch(origin)).rejects.toThrow('fetch failed');
    expect(state.isClosed).toBe(false);
    work.open();
    expect(await answer).toEqual({ status: 200, body: 'first half, second half' });
    await closed;
  },
);

it('does not wait for connections on which nothing happens', LIMIT, async () => {
  const { door, origin } = await aDoor();
  door.handle((_, response) => void response.end('x'));
  await askKeepingAlive(origin);
  const silent = connect(door.port, '127.0.0.1');
  await new Promise((resolve) => silent.once('connect', resolve));
  const ended = new Promise((resolve) => silent.once('close', resolve));
  await door.close();
  expect(await ended).toBe(false); // closed without error
});

it('may be closed twice', async () => {
  const { door } = await aDoor();
  await door.close();
  await expect(door.close()).resolves.toBeUndefined();
});
