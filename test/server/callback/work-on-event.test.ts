import { expect, it } from 'vitest';
import { retryInboxJob } from '../../../jobs/retry-inbox.ts';
import { tidyInboxJob } from '../../../jobs/tidy-inbox.ts';
import { holdLease } from '../../../server/callback/hold-lease.ts';
import { workOnEvent } from '../../../server/callback/work-on-event.ts';
import type { Context } from '../../../server/context.ts';
import { listEvents } from '../../../server/flows/events/list-events.ts';
import { replayEvents } from '../../../server/flows/events/replay-events.ts';
import { aDoor } from '../../support/a-door.ts';
import { contactXml, deliver } from '../../support/a-callback.ts';
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
async function aTriedEvent(refusals: number, errcode = 41079): Promise<LivingWorld> {
  const world = await aWorld({ corp: aTeamCorp([['anna', 'wm1', '启明精密']]) });
  if (refusals > 0) world.platform.faults.next('externalcontact/get', { errcode }, refusals);
  await deliver(world.origin, ADDED);
  await world.settled();
  return world;
}

const theEvent = async ({ context }: LivingWorld) => (await context.inbox.list(null, 10))[0];
const contactOf = ({ context }: LivingWorld) => context.contacts.find('wm1');

const addUnknown = () => Promise.reject(new RangeError('shelf broken'));

/** The same rooms with a shelf that does not do what it should. */
function broken({ context }: LivingWorld): Context {
  return { ...context, contactPages: { ...context.contactPages, addUnknown } };
}

it('waits longer after every fault of ours, then parks the event with its reason', async () => {
  const world = await aTriedEvent(1);
  const id = (await theEvent(world))?._id ?? '';
  let clock = 5;
  world.setNow(at(clock));
  for (const [index, pause] of [5, 30, 120, 600, 3600].entries()) {
    expect(await workOnEvent(broken(world), id)).toBe('later');
    const dueAt = at(clock + pause);
    expect(await theEvent(world)).toMatchObject({ state: 'waiting', faults: index + 1, dueAt });
    world.setNow(at(clock + pause - 1));
    expect(await world.run(retryInboxJob)).toMatchObject({ seen: 0 });
    clock += pause;
    world.setNow(at(clock));
  }
  expect(await workOnEvent(broken(world), id)).toBe('failed');
  const error = 'RangeError: shelf broken';
  expect(await theEvent(world)).toMatchObject({ state: 'failed', tries: 7, error });
  world.setNow(at(1e6));
  expect(await world.run(retryInboxJob)).toMatchObject({ seen: 0 });
});

it('heals by itself when WeCom is back, however often it was busy', async () => {
  const world = await aTriedEvent(3);
  for (const [index, seconds] of [5, 15, 35].entries()) {
    expect(await theEvent(world)).toMatchObject({ tries: index + 1, faults: 0, dueAt: at(seconds) });
    world.setNow(at(seconds));
    await world.run(retryInboxJob);
  }
  expect(await theEvent(world)).toMatchObject({ state: 'done', tries: 4, error: null });
  expect(await contactOf(world)).toMatchObject({ isPlaced: true });
});

it('parks at once what WeCom refuses, without its contents in any list, and heals when it is replayed', async () => {
  const world = await aTriedEvent(1, 40058);
  const filter = { state: 'failed' as const, kind: null, limit: 5 };
  const [listed] = await listEvents(world.context, filter);
  const kind = 'change_external_contact.add_external_contact';
  expect(listed).toMatchObject({ tries: 1, kind, error: expect.stringContaining('40058') });
  expect(listed).not.toHaveProperty('fields');
  const ids = await replayEvents(world.context, 'failed');
  expect(ids).toEqual([listed?.id]);
  expect(await workOnEvent(world.context, ids[0] ?? '')).toBe('done');
  expect(await contactOf(world)).toMatchObject({ name: '客户wm1' });
});

it('tells administrators of a setting that keeps events waiting, until it is changed', async () => {
  const world = await aTriedEvent(1, 60011);
  expect(await theEvent(world)).toMatchObject({ state: 'waiting', faults: 0, dueAt: at(5) });
  const text = expect.stringContaining('60011');
  expect(await world.context.notices.open()).toMatchObject([{ kind: 'wecom-setting', text }]);
  world.setNow(at(5));
  await world.run(retryInboxJob);
  expect(await theEvent(world)).toMatchObject({ state: 'done' });
  expect(await world.context.notices.open()).toEqual([]);
});

it('gives up an event of which every worker died', async () => {
  const world = await aTriedEvent(1);
  const id = (await theEvent(world))?._id ?? '';
  for (let deaths = 0; deaths <= 6; deaths += 1) {
    world.setNow(at(1000 * (deaths + 1)));
    await world.context.inbox.take(id, world.context.now());
  }
  world.setNow(at(10_000));
  expect(await workOnEvent(world.context, id)).toBe('failed');
  expect(await theEvent(world)).toMatchObject({ faults: 7, error: 'every worker that took it died' });
});

it('keeps the lease of an event while it is worked on, and says so when it was lost', async () => {
  const world = await aTriedEvent(1);
  world.setNow(at(5));
  const event = await world.context.inbox.take((await theEvent(world))?._id ?? '', at(5));
  if (!event) throw new Error('not taken');
  const { context, lines } = await aDoor(world.context);
  const letGo = holdLease(context, event, 5);
  world.setNow(at(100));
  await expect.poll(async () => (await theEvent(world))?.leaseUntil).toEqual(at(220));
  expect(lines).toEqual([]);
  await world.context.inbox.park(event, 'taken from us');
  const lost = { level: 'warn', message: 'lease of an event lost', fields: { eventId: event._id } };
  await expect.poll(() => lines[0]).toEqual(lost);
  letGo();
});

it('changes nothing at the end of work when somebody else has taken over', async () => {
  const world = await aTriedEvent(1);
  const id = (await theEvent(world))?._id ?? '';
  const { inbox } = world.context;
  const slow = await inbox.take(id, at(5));
  const other = await inbox.take(id, at(126));
  if (!slow || !other) throw new Error('not taken');
  expect(await inbox.finish(slow, at(127))).toBe(false);
  expect(await theEvent(world)).toMatchObject({ state: 'working', owner: other.owner });
  expect(await inbox.finish(other, at(128))).toBe(true);
});

it('replays one event by the beginning of its id, and nothing when that fits several', async () => {
  const world = await aTriedEvent(0);
  const id = (await theEvent(world))?._id ?? '';
  expect(await replayEvents(world.context, { id: id.slice(0, 8) })).toEqual([id]);
  expect(await theEvent(world)).toMatchObject({ state: 'waiting', tries: 0 });
  for (const index of [1, 2]) {
    await deliver(world.origin, contactXml('something_new', { at: at(index).toISOString() }));
  }
  expect(await replayEvents(world.context, { id: '' })).toEqual([]);
  expect(await replayEvents(world.context, { id: 'ffffffffffff' })).toEqual([]);
});

it('replays the events of one customer in the order they came', async () => {
  const world = await aTriedEvent(1, 40058);
  world.setNow(at(10));
  world.platform.faults.next('externalcontact/get', { errcode: 40058 });
  const edited = { at: at(10).toISOString(), UserID: 'anna', ExternalUserID: 'wm1' };
  await deliver(world.origin, contactXml('edit_external_contact', edited));
  await world.settled();
  const ids = await replayEvents(world.context, 'failed');
  const worked = [];
  for (const id of ids) worked.push(await workOnEvent(world.context, id));
  expect(worked).toEqual(['done', 'done']);
});

it('does not replay what lost its contents', async () => {
  const world = await aTriedEvent(0);
  world.setNow(at(8 * 86_400));
  expect(await world.run(tidyInboxJob)).toEqual({ stripped: 1 });
  const event = await theEvent(world);
  expect(await replayEvents(world.context, { id: event?._id ?? '' })).toEqual([]);
  expect(await theEvent(world)).toMatchObject({ state: 'done', fields: null });
});

it('gives an event to one worker at a time', async () => {
  const world = await aTriedEvent(1);
  const id = (await theEvent(world))?._id ?? '';
  world.setNow(at(5));
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
