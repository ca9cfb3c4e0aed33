import { expect, it } from 'vitest';
import { retryInboxJob } from '../../../jobs/retry-inbox.ts';
import { workOnEvent } from '../../../server/callback/work-on-event.ts';
import { listEvents } from '../../../server/flows/events/list-events.ts';
import { replayEvents } from '../../../server/flows/events/replay-events.ts';
import { contactXml, deliver } from '../../support/a-letter.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aWorld, type LivingWorld } from '../../support/a-world.ts';

const START = Date.parse('2026-03-11T10:00:00+08:00');
const at = (seconds: number) => new Date(START + seconds * 1000);
const ADDED = contactXml('add_external_contact', {
  at: at(0).toISOString(),
  UserID: 'anna',
  ExternalUserID: 'wm1',
});

/** A world whose platform refuses to tell of customers so many times; one event has been tried. */
async function aTriedEvent(refusals: number): Promise<LivingWorld> {
  const world = await aWorld({ corp: aTeamCorp([['anna', 'wm1', '启明精密']]) });
  if (refusals > 0) world.platform.faults.next('externalcontact/get', { errcode: 40058 }, refusals);
  await deliver(world.origin, ADDED);
  await world.settled();
  return world;
}

const theEvent = async ({ context }: LivingWorld) => (await context.inbox.list(null, 10))[0];
const contactOf = ({ context }: LivingWorld) => context.contacts.find('wm1');

it('waits longer after every failed try, then parks the event with its reason', async () => {
  const world = await aTriedEvent(6);
  const dues = [5, 30, 120, 600, 3600];
  let clock = 0;
  for (const [index, pause] of dues.entries()) {
    expect(await theEvent(world)).toMatchObject({
      state: 'waiting',
      tries: index + 1,
      dueAt: at(clock + pause),
    });
    world.setNow(at(clock + pause - 1));
    expect(await world.run(retryInboxJob)).toMatchObject({ seen: 0 });
    clock += pause;
    world.setNow(at(clock));
    expect(await world.run(retryInboxJob)).toMatchObject({ seen: 1, done: 0 });
  }
  expect(await theEvent(world)).toMatchObject({
    state: 'failed',
    tries: 6,
    error: expect.stringContaining('40058'),
  });
  world.setNow(at(1e6));
  expect(await world.run(retryInboxJob)).toMatchObject({ seen: 0 });
  expect(await contactOf(world)).toBeNull();
});

it('heals by itself when WeCom is back', async () => {
  const world = await aTriedEvent(2);
  for (const seconds of [5, 35]) {
    world.setNow(at(seconds));
    await world.run(retryInboxJob);
  }
  expect(await theEvent(world)).toMatchObject({ state: 'done', tries: 3, error: null });
  expect(await contactOf(world)).toMatchObject({ isPlaced: true });
});

it('lists a parked event without its contents, and heals it when it is replayed', async () => {
  const world = await aTriedEvent(6);
  for (const seconds of [5, 35, 155, 755, 4355]) {
    world.setNow(at(seconds));
    await world.run(retryInboxJob);
  }
  const [listed] = await listEvents(world.context, { state: 'failed', limit: 5 });
  expect(listed).toMatchObject({ tries: 6, kind: 'change_external_contact.add_external_contact' });
  expect(listed).not.toHaveProperty('fields');
  const ids = await replayEvents(world.context, 'failed');
  expect(ids).toEqual([listed?.id]);
  expect(await workOnEvent(world.context, ids[0] ?? '')).toBe('done');
  expect(await contactOf(world)).toMatchObject({ name: '客户wm1' });
});

it('replays one event by the beginning of its id, and nothing when that fits several', async () => {
  const world = await aTriedEvent(0);
  const id = (await theEvent(world))?._id ?? '';
  expect(await replayEvents(world.context, { id: id.slice(0, 8) })).toEqual([id]);
  expect(await theEvent(world)).toMatchObject({ state: 'waiting', tries: 0 });
  for (const index of [1, 2]) {
    const xml = contactXml('transfer_fail', {
      at: at(index).toISOString(),
      UserID: 'a',
      ExternalUserID: 'b',
    });
    await deliver(world.origin, xml);
  }
  expect(await replayEvents(world.context, { id: '' })).toEqual([]);
  expect(await replayEvents(world.context, { id: 'ffffffffffff' })).toEqual([]);
});

it('replays the events of one customer in the order they came', async () => {
  const world = await aTriedEvent(1);
  await world.context.inbox.park((await theEvent(world))?._id ?? '', 'given up');
  world.setNow(at(10));
  world.platform.faults.next('externalcontact/get', { errcode: 40058 });
  const edited = { at: at(10).toISOString(), UserID: 'anna', ExternalUserID: 'wm1' };
  await deliver(world.origin, contactXml('edit_external_contact', edited));
  await world.settled();
  await world.context.inbox.park((await theEvent(world))?._id ?? '', 'given up');
  const ids = await replayEvents(world.context, 'failed');
  const worked = [];
  for (const id of ids) worked.push(await workOnEvent(world.context, id));
  expect(worked).toEqual(['done', 'done']);
});

it('gives an event to one worker at a time', async () => {
  const world = await aTriedEvent(1);
  const id = (await theEvent(world))?._id ?? '';
  const worked = await Promise.all([workOnEvent(world.context, id), workOnEvent(world.context, id)]);
  expect(worked.sort()).toEqual(['done', 'taken']);
});

it('takes over from a worker who is not heard of any more', async () => {
  const world = await aTriedEvent(1);
  const id = (await theEvent(world))?._id ?? '';
  await world.context.inbox.take(id, at(10));
  world.setNow(at(60));
  expect(await world.run(retryInboxJob)).toMatchObject({ seen: 0 });
  world.setNow(at(131));
  expect(await world.run(retryInboxJob)).toMatchObject({ seen: 1, done: 1 });
  expect(await theEvent(world)).toMatchObject({ state: 'done', tries: 3 });
});

it('does not call a letter understood that still is not, however often it is replayed', async () => {
  const world = await aWorld();
  await deliver(world.origin, 'not even XML');
  const [id] = await replayEvents(world.context, 'failed');
  expect(await workOnEvent(world.context, id ?? '')).toBe('later');
  expect(await theEvent(world)).toMatchObject({ kind: 'unreadable', error: expect.stringContaining('XML') });
});
