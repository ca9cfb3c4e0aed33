import { onTestFinished, expect, it } from 'vitest';
import { createEventWork } from '../../../server/callback/event-work.ts';
import { startPump } from '../../../server/callback/pump.ts';
import type { Context } from '../../../server/context.ts';
import { aDoor } from '../../support/a-door.ts';
import { aGate } from '../../support/a-gate.ts';
import { aTeamCorp, type Following } from '../../support/a-team-corp.ts';
import { aWorld, type LivingWorld } from '../../support/a-world.ts';

const START = Date.parse('2026-03-11T10:00:00+08:00');
const at = (seconds: number) => new Date(START + seconds * 1000);
const PATIENT = { timeout: 15_000, interval: 20 };

const aCorp = (customers: number) =>
  aTeamCorp(Array.from({ length: customers }, (_, n): Following => ['anna', `wm${n}`, `公司${n}`]));

/** Another process's hands on the same inbox; `looks` waits until it has looked into it so many times more. */
function aPump(context: Context) {
  const seen = { times: 0 };
  const due: Context['inbox']['due'] = async (...given) => {
    const found = await context.inbox.due(...given);
    seen.times += 1;
    return found;
  };
  const work = createEventWork(context);
  const pump = startPump({ ...context, inbox: { ...context.inbox, due } }, work);
  const stop = async () => {
    await pump.stop();
    await work.stop();
  };
  onTestFinished(stop);
  const looks = async (more: number) => {
    const before = seen.times;
    await expect.poll(() => seen.times, PATIENT).toBeGreaterThan(before + more);
    await work.idle();
  };
  return { stop, looks };
}

/** Keeps an event as another process would that died before it began. */
const keep = (
  { context }: LivingWorld,
  id: string,
  more: { customer: string; seconds?: number; kind?: string },
) =>
  context.inbox.keep({
    _id: id,
    kind: `change_external_contact.${more.kind ?? 'edit_external_contact'}`,
    subject: more.customer,
    fields: { staffId: 'anna', externalUserId: more.customer },
    happenedAt: at(more.seconds ?? 0),
    receivedAt: at(more.seconds ?? 0),
    state: 'waiting',
  });
const states = async ({ context }: LivingWorld) =>
  Object.fromEntries((await context.inbox.list(null, 100)).map(({ _id, state }) => [_id, state]));

type Watch = { name: string; steps: string[]; hold?: Promise<void> };

/** Which customers' events were begun and ended, in order, by whoever did it. */
function aWatched(context: Context, { name, steps, hold }: Watch): Context {
  const { get } = context.wecom.contacts;
  const contacts = {
    ...context.wecom.contacts,
    async get(externalUserId: string) {
      steps.push(`${name} begins ${externalUserId}`);
      await hold;
      const found = await get(externalUserId);
      steps.push(`${name} ends ${externalUserId}`);
      return found;
    },
  };
  return { ...context, wecom: { ...context.wecom, contacts } };
}

it('takes up what another process kept and did not begin', async () => {
  const world = await aWorld({ corp: aCorp(3) });
  for (const n of [0, 1, 2]) await keep(world, `${n}`, { customer: `wm${n}` });
  aPump(world.context);
  await expect.poll(() => world.context.inbox.count('done'), PATIENT).toBe(3);
});

it('waits for the time of a next try, and then does not wait for any job', async () => {
  const world = await aWorld({ corp: aCorp(1) });
  world.platform.faults.next('externalcontact/get', { errcode: 41079 });
  await keep(world, 'a', { customer: 'wm0' });
  const { looks } = aPump(world.context);
  await expect.poll(() => world.context.inbox.find('a'), PATIENT).toMatchObject({ tries: 1, dueAt: at(5) });
  world.setNow(at(4));
  await looks(2);
  expect(await world.context.inbox.find('a')).toMatchObject({ tries: 1, state: 'waiting' });
  world.setNow(at(5));
  await expect.poll(() => world.context.inbox.find('a'), PATIENT).toMatchObject({ tries: 2, state: 'done' });
});

it('shares the work with another process, each event once', async () => {
  const world = await aWorld({ corp: aCorp(24) });
  const steps: string[] = [];
  for (let n = 0; n < 24; n += 1) await keep(world, String(n).padStart(2, '0'), { customer: `wm${n}` });
  const gate = aGate();
  for (const name of ['one', 'two']) aPump(aWatched(world.context, { name, steps, hold: gate.passed }));
  await expect
    .poll(() => new Set(steps.map((step) => step.split(' ')[0])), PATIENT)
    .toEqual(new Set(['one', 'two']));
  gate.open();
  await expect.poll(() => world.context.inbox.count('done'), PATIENT).toBe(24);
  expect(steps.filter((step) => step.includes('begins'))).toHaveLength(24);
  expect((await world.context.inbox.list('done', 50)).map(({ tries }) => tries)).toEqual(Array(24).fill(1));
});

it('works on the events of one customer one after the other, whoever does it', async () => {
  const world = await aWorld({ corp: aCorp(2) });
  const steps: string[] = [];
  for (let n = 0; n < 6; n += 1) await keep(world, `${n}`, { customer: 'wm0', seconds: n });
  await keep(world, 'other', { customer: 'wm1', seconds: 9 });
  world.setNow(at(60));
  for (const name of ['one', 'two', 'three']) aPump(aWatched(world.context, { name, steps }));
  await expect.poll(() => world.context.inbox.count('done'), PATIENT).toBe(7);
  const mine = steps.filter((step) => step.endsWith('wm0')).map((step) => step.split(' ')[1]);
  expect(mine).toEqual(Array.from({ length: 6 }, () => ['begins', 'ends']).flat());
});

it('does not begin a later event of a customer while the first waits for its next try', async () => {
  const world = await aWorld({ corp: aCorp(1) });
  world.platform.faults.next('externalcontact/get', { errcode: 41079 });
  await keep(world, 'first', { customer: 'wm0' });
  aPump(world.context);
  await expect
    .poll(() => world.context.inbox.find('first'), PATIENT)
    .toMatchObject({ tries: 1, state: 'waiting' });
  await keep(world, 'second', { customer: 'wm0', seconds: 1, kind: 'del_follow_user' });
  world.setNow(at(2));
  await expect
    .poll(() => world.context.inbox.find('second'), PATIENT)
    .toMatchObject({ tries: 0, dueAt: at(5) });
  world.setNow(at(6));
  await expect.poll(() => states(world), PATIENT).toEqual({ first: 'done', second: 'done' });
  const relation = await world.context.relations.find({ staffId: 'anna', externalUserId: 'wm0' });
  expect(relation).toMatchObject({ lostBy: 'by_contact' });
});

it('takes over what a process held that went silent, when its lease ends', async () => {
  const world = await aWorld({ corp: aCorp(1) });
  await keep(world, 'a', { customer: 'wm0' });
  await world.context.inbox.take('a', at(0));
  const { looks } = aPump(world.context);
  world.setNow(at(120));
  await looks(2);
  expect(await world.context.inbox.find('a')).toMatchObject({ state: 'working', tries: 1 });
  world.setNow(at(121));
  await expect.poll(() => world.context.inbox.find('a'), PATIENT).toMatchObject({ state: 'done', tries: 2 });
});

it('goes on when the inbox could not be read for a while', async () => {
  const world = await aWorld({ corp: aCorp(1) });
  await keep(world, 'a', { customer: 'wm0' });
  let isAway = true;
  const due: Context['inbox']['due'] = (now, limit) =>
    isAway ? Promise.reject(new Error('away')) : world.context.inbox.due(now, limit);
  const { context, lines } = await aDoor({ ...world.context, inbox: { ...world.context.inbox, due } });
  aPump(context);
  await expect.poll(() => lines.map(({ message }) => message), PATIENT).toContain('inbox not read');
  isAway = false;
  await expect.poll(() => world.context.inbox.find('a'), PATIENT).toMatchObject({ state: 'done' });
});

it('ends what is under way when it stops, and leaves the rest for others', async () => {
  const world = await aWorld({ corp: aCorp(12) });
  for (let n = 0; n < 12; n += 1) await keep(world, String(n).padStart(2, '0'), { customer: `wm${n}` });
  const steps: string[] = [];
  const gate = aGate();
  const { stop } = aPump(aWatched(world.context, { name: 'one', steps, hold: gate.passed }));
  await expect.poll(() => steps.length, PATIENT).toBe(8);
  const stopped = stop();
  gate.open();
  await stopped;
  expect([await world.context.inbox.count('done'), await world.context.inbox.count('waiting')]).toEqual([
    8, 4,
  ]);
});
