import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createWecomCall } from '../../../../server/wecom/client/call.ts';
import { WecomError } from '../../../../server/wecom/client/error.ts';
import { createMemoryShared } from '../../../../server/store/db/shared.ts';
import { aGate } from '../../../support/a-gate.ts';
import type { Reply } from '../../../support/scripted-server.ts';
import {
  CORP,
  aRealClock,
  aCaller,
  aPausingClock,
  aTokenServer,
  nothing,
  ok,
  refused,
} from '../../../support/wecom-parts.ts';

const PATH = '/cgi-bin/user/get';
const OTHER = '/cgi-bin/department/list';
const MINUTE = 60_000;
const named = z.object({ name: z.string() });

/** Two processes with one shelf, and a platform whose PATH answers as `reply` says, which the test may change. */
async function twoProcesses(first: Reply = refused(45009)) {
  const script: { reply: () => Reply | Promise<Reply> } = { reply: () => first };
  const server = await aTokenServer(({ path }) => (path === PATH ? script.reply() : ok({ name: 'x' })));
  const clock = aPausingClock();
  const shelf = createMemoryShared(clock.now);
  const shuts: [string, Date | null][] = [];
  const outcomes: string[] = [];
  const watch = {
    shut: (path: string, until: Date | null) => void shuts.push([path, until]),
    called: ({ path, outcome }: { path: string; outcome: string }) =>
      void (path === PATH && outcomes.push(outcome)),
  };
  const [one, two] = [1, 2].map(() => aCaller(server.origin, { shelf, clock, watch }));
  if (!one || !two) throw new Error('there are two');
  const ask = (caller: typeof one, path = PATH) => caller.call(path, { answer: nothing });
  return { server, script, clock, one, two, ask, shuts, outcomes, tries: () => server.of(PATH).length };
}

const at = (ms: number) => new Date(ms);

describe('an API that WeCom says was called too often', () => {
  it('is shut for a minute, for every process, and no request leaves', async () => {
    const { clock, one, two, ask, tries, outcomes } = await twoProcesses();
    const until = at(clock.now() + MINUTE);
    await expect(ask(one)).rejects.toMatchObject({ name: 'WecomShut', path: PATH, until });
    await expect(ask(one)).rejects.toMatchObject({ name: 'WecomShut', until });
    await expect(ask(two)).rejects.toMatchObject({ name: 'WecomShut', until, isUnsent: true });
    expect([tries(), clock.pauses.filter((ms) => ms > 0)]).toEqual([1, []]);
    expect(outcomes).toEqual(['45009', 'shut', 'shut', 'shut']);
  });

  it('does not shut the others', async () => {
    const { one, ask } = await twoProcesses();
    await expect(ask(one)).rejects.toThrow('shut');
    await expect(ask(one, OTHER)).resolves.toBeDefined();
  });

  it.each([
    [MINUTE - 15_000, 1],
    [MINUTE - 14_800, 2],
    [MINUTE, 2],
  ])('%i ms later has been asked %i times, by somebody who waits no longer than 15 s', async (ms, times) => {
    const { clock, one, two, ask, tries } = await twoProcesses();
    await expect(ask(one)).rejects.toThrow('shut');
    clock.pass(ms);
    await expect(ask(two)).rejects.toThrow('shut');
    expect(tries()).toBe(times);
  });

  it('is waited for when there is time', async () => {
    const { script, clock, one, two, ask, tries } = await twoProcesses();
    await expect(ask(one)).rejects.toThrow('shut');
    script.reply = () => ok();
    const waiting = two.gate.deadlines.within(2 * MINUTE, () => ask(two));
    await expect(waiting).resolves.toBeDefined();
    expect(clock.pauses.some((ms) => ms >= MINUTE)).toBe(true);
    expect(tries()).toBe(2);
  });

  it('is not waited for when the deadline is nearer', async () => {
    const { one, two, ask, clock, tries } = await twoProcesses();
    await expect(ask(one)).rejects.toThrow('shut');
    const before = clock.now();
    await expect(two.gate.deadlines.within(MINUTE, () => ask(two))).rejects.toThrow('shut');
    expect([clock.now() - before, tries()]).toEqual([0, 1]);
  });

  it.each([['a minute, then two, four, … and never more than an hour', [1, 2, 4, 8, 16, 32, 60, 60]]])(
    'stays shut for %s, when it refuses each time',
    async (_, minutes) => {
      const { clock, one, ask } = await twoProcesses();
      for (const each of minutes) {
        await expect(ask(one)).rejects.toMatchObject({ until: at(clock.now() + each * MINUTE) });
        clock.pass(each * MINUTE);
      }
    },
  );

  it.each([
    [10 * MINUTE - 1, 2],
    [10 * MINUTE, 1],
  ])('that was open for %i ms is shut for %i min by the next refusal', async (open, minutes) => {
    const { script, clock, one, ask } = await twoProcesses();
    await expect(ask(one)).rejects.toThrow('shut');
    clock.pass(MINUTE);
    script.reply = () => ok();
    await ask(one);
    clock.pass(open);
    script.reply = () => refused(45009);
    await expect(ask(one)).rejects.toMatchObject({ until: at(clock.now() + minutes * MINUTE) });
  });

  it('is shut once by a hundred refusals of the same moment', async () => {
    const { clock, one, two, ask, shuts } = await twoProcesses();
    const sent = Array.from({ length: 100 }, (_, n) => ask(n % 2 ? one : two));
    await Promise.allSettled(sent);
    const untils = new Set(shuts.map(([, until]) => until?.getTime()));
    expect(untils).toEqual(new Set([clock.now() + MINUTE]));
  });

  it('is not shut when it is the token that was asked for too often', async () => {
    const { one, two, ask, tries, shuts } = await twoProcesses(ok());
    const tokens = { current: () => Promise.reject(new WecomError(45009, '', '/cgi-bin/gettoken')) };
    const call = createWecomCall(one.gate, { ...tokens, renew: tokens.current });
    await one.gate.deadlines.within(0, () =>
      expect(call(PATH, { answer: nothing })).rejects.toThrow('45009'),
    );
    await ask(two);
    expect([tries(), shuts]).toEqual([1, []]);
  });
});

describe('an API that may be open again', () => {
  it('is tried by one call; the others of all processes wait, but not for ever', async () => {
    const { script, clock, one, two, ask, tries } = await twoProcesses();
    await expect(ask(one)).rejects.toThrow('shut');
    clock.pass(MINUTE);
    const answer = aGate();
    script.reply = () => answer.passed.then(() => ok());
    const tried = ask(one);
    await expect.poll(tries, { interval: 1 }).toBe(2);
    const others = await Promise.allSettled([ask(one), ask(two), ask(two)]);
    expect(others).toMatchObject(Array.from({ length: 3 }, () => ({ reason: { name: 'WecomShut' } })));
    expect(tries()).toBe(2);
    answer.open();
    await tried;
    await Promise.all([ask(one), ask(two)]);
    expect(tries()).toBe(4);
  });

  it('lets those who waited in when the one that tried got an answer', async () => {
    const answer = aGate();
    const server = await aTokenServer(() => answer.passed.then(() => ok()));
    const shelf = createMemoryShared();
    await shelf.set(`shut:${CORP.corpId}:${PATH}`, `${Date.now() - 1}|1`, MINUTE);
    const [one, two] = [1, 2].map(() => aCaller(server.origin, { shelf, clock: aRealClock() }));
    const sent = [one, two, one, two].map((caller) => caller?.call(PATH, { answer: nothing }));
    await expect.poll(() => server.of(PATH).length, { interval: 1 }).toBe(1);
    answer.open();
    await Promise.all(sent);
    expect(server.of(PATH)).toHaveLength(4);
  });

  it.each<[string, Reply]>([
    ['a good answer', ok({ name: 'x' })],
    ['another refusal', refused(60011)],
  ])('is open after %s', async (_, reply) => {
    const { script, clock, one, two, ask, shuts, tries } = await twoProcesses();
    await expect(ask(one)).rejects.toThrow('shut');
    clock.pass(MINUTE);
    script.reply = () => reply;
    await ask(one).catch(String);
    await Promise.allSettled([ask(two), ask(two)]);
    expect(tries()).toBe(4);
    expect(shuts.at(-1)).toEqual([PATH, null]);
  });

  it('is tried again by the next one when the answer got lost', async () => {
    const { script, clock, one, two, ask, tries } = await twoProcesses();
    await expect(ask(one)).rejects.toThrow('shut');
    clock.pass(MINUTE);
    const replies: Reply[] = ['cut', ok({ name: 'x' })];
    script.reply = () => replies.shift() ?? 'cut';
    const once = { answer: named, isRepeatable: false };
    await expect(one.call(PATH, once)).rejects.toMatchObject({ name: 'WecomUnreachable' });
    await expect(ask(two)).resolves.toBeDefined();
    expect(tries()).toBe(3);
  });
});
