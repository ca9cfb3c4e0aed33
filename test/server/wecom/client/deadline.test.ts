import { describe, expect, it } from 'vitest';
import { createDeadlines, endBy } from '../../../../server/wecom/client/deadline.ts';
import type { Reply } from '../../../support/scripted-server.ts';
import {
  aCaller,
  aPausingClock,
  aRealClock,
  aTokenServer,
  nothing,
  ok,
  refused,
} from '../../../support/wecom-parts.ts';

const PATH = '/cgi-bin/user/get';
const SECOND = 1000;
const MINUTE = 60 * SECOND;

describe('a deadline', () => {
  it('is known to everything inside, however deep, and to nothing outside', async () => {
    const clock = aPausingClock();
    const { within, current } = createDeadlines(clock);
    const deep = async () => {
      await Promise.resolve();
      return current();
    };
    const inside = within(MINUTE, deep);
    expect(await deep()).toBeNull();
    expect(await inside).toBe(clock.now() + MINUTE);
    expect(current()).toBeNull();
  });

  it.each([
    [MINUTE, 2 * MINUTE, MINUTE],
    [2 * MINUTE, MINUTE, MINUTE],
  ])('of %i ms around one of %i ms: the nearer holds', async (outer, inner, nearer) => {
    const clock = aPausingClock();
    const { within, current } = createDeadlines(clock);
    expect(await within(outer, () => within(inner, async () => current()))).toBe(clock.now() + nearer);
  });

  it('is not that of another client', async () => {
    const clock = aPausingClock();
    const [one, other] = [createDeadlines(clock), createDeadlines(clock)];
    const seen = await one.within(MINUTE, () =>
      other.within(2 * MINUTE, async () => [one.current(), other.current()]),
    );
    expect(seen).toEqual([clock.now() + MINUTE, clock.now() + 2 * MINUTE]);
    expect(await one.within(MINUTE, async () => other.current())).toBeNull();
  });

  it('gives the result of the work, or what it throws', async () => {
    const { within } = createDeadlines(aPausingClock());
    expect(await within(MINUTE, async () => 7)).toBe(7);
    await expect(within(MINUTE, () => Promise.reject(new RangeError('no')))).rejects.toThrow(RangeError);
  });
});

it.each([Infinity, 2 ** 31, 30_000])('something with %d ms left is waited for', async (ms) => {
  expect(await endBy(PATH, ms, Promise.resolve('done'))).toBe('done');
});

/** Calls a platform that answers like this for ever, within so many ms. */
async function within(ms: number, ...replies: Reply[]) {
  const server = await aTokenServer((_, before) => replies[Math.min(before, replies.length - 1)] ?? 'cut');
  const { call, gate, clock, pauses } = aCaller(server.origin);
  const startedAt = clock.now();
  const sent = gate.deadlines.within(ms, () => call(PATH, { answer: nothing }));
  const outcome = await sent.then(
    () => 'done',
    (error: { errcode?: number; name: string }) => error.errcode ?? error.name,
  );
  return { outcome, pauses, lastedMs: clock.now() - startedAt, tries: server.of(PATH).length };
}

describe('a call with a deadline', () => {
  it.each([-1, 6000, 45033, 41096, 41063, 41079])(
    'goes on as long as WeCom answers %i and there is time',
    async (errcode) => {
      const { outcome, tries, lastedMs } = await within(5 * MINUTE, refused(errcode));
      expect(outcome).toBe(errcode);
      expect(tries).toBeGreaterThan(4);
      expect(lastedMs).toBeLessThan(5 * MINUTE);
      expect(lastedMs).toBeGreaterThan(3 * MINUTE);
    },
  );

  it('waits tens of seconds while a mass message is being dispatched', async () => {
    const { outcome, pauses } = await within(MINUTE, refused(41063), ok());
    expect([outcome, pauses.length]).toEqual(['done', 1]);
    expect(pauses[0]).toBeGreaterThanOrEqual(20 * SECOND);
    expect(pauses[0]).toBeLessThanOrEqual(30 * SECOND);
  });

  it('never pauses for longer than a minute and a half, so that it sees when WeCom is back', async () => {
    const { pauses } = await within(3_600_000, refused(-1));
    expect(Math.max(...pauses)).toBeLessThanOrEqual(1.5 * MINUTE);
  });

  it('does not begin a pause that it cannot live to the end of', async () => {
    expect(await within(999, refused(-1))).toMatchObject({ outcome: -1, tries: 1, lastedMs: 0, pauses: [] });
  });

  it.each<[string, Reply, number]>([
    ['nothing usable comes', 'cut', 8],
    ['WeCom has a fault of its own', { status: 503, text: '' }, 8],
    ['the address is wrong', { status: 404, text: '' }, 4],
    ['a redirect comes', { status: 302, text: '' }, 4],
    ['the answer says nothing', { json: { errcode: 'x' } }, 8],
  ])('tries again when %s, but not for hours', async (_, reply, tries) => {
    expect(await within(6 * 3_600_000, reply)).toMatchObject({ outcome: 'WecomUnreachable', tries });
  });

  it('is not sent when it has passed', async () => {
    const server = await aTokenServer(() => ok());
    const { call, gate, clock } = aCaller(server.origin);
    await call(PATH, { answer: nothing });
    const late = gate.deadlines.within(MINUTE, async () => {
      clock.pass(MINUTE);
      return call(PATH, { answer: nothing, isRepeatable: false });
    });
    await expect(late).rejects.toMatchObject({ name: 'WecomUnreachable', isUnsent: true });
    expect(server.of(PATH)).toHaveLength(1);
  });

  it('ends by then although WeCom says nothing', async () => {
    const server = await aTokenServer(() => 'hang');
    const { call, gate } = aCaller(server.origin, { clock: aRealClock(), timeout: 60_000 });
    const sent = gate.deadlines.within(200, () => call(PATH, { answer: nothing }));
    await expect(sent).rejects.toMatchObject({ name: 'WecomUnreachable', reason: 'time-out' });
  });

  it('ends by then although there is no token; those who have time get it', async () => {
    const server = await aTokenServer(() => ok());
    const { call, gate, tokens, shelf } = aCaller(server.origin, { clock: aRealClock() });
    await shelf.set('lock:token:ww00000000000000ab:agent', 'somebody', 400);
    const sent = gate.deadlines.within(100, () => call(PATH, { answer: nothing }));
    await expect(sent).rejects.toMatchObject({ name: 'WecomUnreachable', isUnsent: true });
    expect(await tokens.current()).toBe('token-1');
  });
});
