import { describe, expect, it } from 'vitest';
import { createMemoryShared } from '../../../../server/store/db/shared.ts';
import { WecomShut } from '../../../../server/wecom/client/error.ts';
import { createPace, documentedCaps, type Cap } from '../../../../server/wecom/client/pace.ts';
import type { CacheStore } from '../../../../server/wecom/client/cache-store.ts';
import { aCaller, aPausingClock, aTokenServer, CORP, nothing, ok } from '../../../support/wecom-parts.ts';

const PATH = '/cgi-bin/user/get';
const TICKET = '/cgi-bin/ticket/get';
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Processes with one shelf, whose use is counted, and a clock that the test moves; it begins with a slice of every cap. */
function processes(number: number, capsOf?: (path: string) => Cap[]) {
  const clock = aPausingClock(Date.parse('2026-03-11T02:00:00Z'));
  const store = createMemoryShared(clock.now);
  const asked = { times: 0 };
  const count: CacheStore['count'] = (...given) => {
    asked.times += 1;
    return store.count(...given);
  };
  const shelf = { ...store, count };
  const all = Array.from({ length: number }, (_, n) =>
    createPace({ shelf, clock, ...CORP, agentId: `${n}`, ...(capsOf && { capsOf }) }),
  );
  const [pace] = all;
  if (!pace) throw new Error('one at least');
  return { clock, pace, all, asked };
}

type Process = ReturnType<typeof processes>['pace'];

/** How many calls get through at this moment, of so many tried by all processes in turn. */
async function passing(all: Process[], path: string, tried: number): Promise<number> {
  let passed = 0;
  for (let n = 0; n < tried; n += 1) {
    await all[n % all.length]?.(path).then(
      () => (passed += 1),
      (error: unknown) => expect(error).toBeInstanceOf(WecomShut),
    );
  }
  return passed;
}

describe('the budget of an API', () => {
  it('is nine tenths of what WeCom allows in a minute', async () => {
    const { pace, clock } = processes(1);
    expect(await passing([pace], PATH, 9001)).toBe(9000);
    await expect(pace(PATH)).rejects.toMatchObject({
      path: PATH,
      until: new Date(clock.now() + 10 * SECOND),
    });
  });

  it('is another one for another API', async () => {
    const { pace } = processes(1);
    await passing([pace], PATH, 9001);
    await expect(pace('/cgi-bin/department/list')).resolves.toBeUndefined();
  });

  it('is common to all processes', async () => {
    const { all } = processes(3);
    const passed = await passing(all, PATH, 9200);
    expect(passed).toBeLessThanOrEqual(9000);
    expect(passed).toBeGreaterThan(9000 - 3 * 20);
  });

  it('is kept when a hundred processes’ worth of calls come at the same moment', async () => {
    const { all } = processes(4, () => [{ most: 100, perMs: MINUTE }]);
    const sent = Array.from({ length: 400 }, (_, n) => all[n % 4]?.(PATH));
    const passed = (await Promise.allSettled(sent)).filter(({ status }) => status === 'fulfilled');
    expect(passed).toHaveLength(90);
  });

  it.each([
    [MINUTE + 10 * SECOND - 1, 0],
    [MINUTE + 10 * SECOND, 90],
  ])('that was used up at once is, %i ms later, %i again', async (ms, again) => {
    const { pace, clock } = processes(1, () => [{ most: 100, perMs: MINUTE }]);
    expect(await passing([pace], PATH, 200)).toBe(90);
    clock.pass(ms);
    expect(await passing([pace], PATH, 200)).toBe(again);
  });

  it('holds in any minute, wherever it begins', async () => {
    const { pace, clock } = processes(1, () => [{ most: 100, perMs: MINUTE }]);
    const passedAt: number[] = [];
    for (let second = 0; second < 600; second += 1) {
      const passed = await passing([pace], PATH, second % 7);
      passedAt.push(...Array.from({ length: passed }, () => clock.now()));
      clock.pass(SECOND);
    }
    const inMinuteFrom = (start: number) =>
      passedAt.filter((at) => at >= start && at < start + MINUTE).length;
    expect(Math.max(...passedAt.map(inMinuteFrom))).toBe(90);
  });

  it('for tickets is 90 an hour, for each app its own', async () => {
    const { all } = processes(2);
    expect(await passing(all.slice(0, 1), TICKET, 100)).toBe(90);
    expect(await passing(all.slice(1), TICKET, 100)).toBe(90);
  });

  it.each([
    [PATH, [10_000, MINUTE], [150_000, HOUR]],
    [TICKET, [100, HOUR]],
    ['/cgi-bin/get_jsapi_ticket', [100, HOUR]],
    ['/cgi-bin/externalcontact/add_moment_task', [10, MINUTE]],
  ])('of %s is what WeCom documents', (path, ...caps) => {
    expect(documentedCaps(path)).toEqual(caps.map(([most, perMs]) => ({ most, perMs })));
  });

  it('of an hour is kept too when each minute is within its own', async () => {
    const { pace, clock } = processes(1, () => [
      { most: 100, perMs: MINUTE },
      { most: 200, perMs: HOUR },
    ]);
    let passed = 0;
    for (let minute = 0; minute < 50; minute += 2) {
      passed += await passing([pace], PATH, 90);
      clock.pass(2 * MINUTE);
    }
    expect(passed).toBe(180);
  });

  it('is asked for once for twenty calls', async () => {
    const { pace, asked } = processes(1);
    await passing([pace], PATH, 200);
    expect(asked.times).toBe(20);
  });
});

/** One call a minute. */
const capsOf = (path: string) => (path === PATH ? [{ most: 2, perMs: MINUTE }] : []);

describe('a call over the budget', () => {
  it('waits for room when there is time, and is then sent', async () => {
    const server = await aTokenServer(() => ok());
    const { call, gate, clock } = aCaller(server.origin, { capsOf });
    const ask = () => call(PATH, { answer: nothing });
    await ask();
    await gate.deadlines.within(10 * MINUTE, ask);
    expect(server.of(PATH)).toHaveLength(2);
    expect(clock.pauses.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(MINUTE);
  });

  it('is refused without a request when the deadline is nearer', async () => {
    const server = await aTokenServer(() => ok());
    const { call, gate } = aCaller(server.origin, { capsOf });
    const ask = () => call(PATH, { answer: nothing });
    await ask();
    await expect(gate.deadlines.within(5 * SECOND, ask)).rejects.toMatchObject({
      name: 'WecomShut',
      path: PATH,
    });
    expect(server.of(PATH)).toHaveLength(1);
  });
});
