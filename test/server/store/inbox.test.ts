import { expect, it } from 'vitest';
import { aShelf, dyingProgram } from '../../support/a-shelf.ts';
import { runTypescript } from '../../support/run-typescript.ts';
import type { KeptEvent, NewEvent } from '../../../server/store/inbox.ts';

const at = (seconds: number) => new Date(1_773_194_400_000 + seconds * 1000);
const anEvent = (_id: string, more: Partial<NewEvent> = {}): NewEvent => ({
  _id,
  kind: 'change_external_contact.add_external_contact',
  subject: 'wm1',
  fields: { externalUserId: 'wm1' },
  happenedAt: at(0),
  receivedAt: at(0),
  state: 'waiting',
  ...more,
});

const held = (event: KeptEvent | null) => ({ _id: event?._id ?? '', owner: event?.owner ?? 'nobody' });

it('keeps an event once, and says which was new', async () => {
  const { inbox } = await aShelf();
  const kept = await Promise.all(['a', 'b', 'a', 'a'].map((id) => inbox.keep(anEvent(id))));
  expect(kept.filter(Boolean)).toHaveLength(2);
  expect(await inbox.keep(anEvent('b', { kind: 'another' }))).toBe(false);
  expect(await inbox.find('b')).toMatchObject({
    kind: 'change_external_contact.add_external_contact',
    tries: 0,
  });
});

it('says so when an event cannot be kept', async () => {
  const { inbox, connection } = await aShelf();
  await connection.close();
  await expect(inbox.keep(anEvent('a'))).rejects.toThrow('connected');
});

it('gives an event to one worker, until the lease runs out', async () => {
  const { inbox } = await aShelf();
  await inbox.keep(anEvent('a'));
  const taken = await Promise.all([1, 2, 3].map(() => inbox.take('a', at(0))));
  expect(taken.filter(Boolean)).toHaveLength(1);
  expect(await inbox.take('a', at(120))).toBeNull();
  const again = await inbox.take('a', at(121));
  expect(again).toMatchObject({ state: 'working', tries: 2, faults: 1 });
  await inbox.finish(held(again), at(122));
  expect(await inbox.take('a', at(999))).toBeNull();
});

it('gives the later event of a subject only when the earlier one is done or parked', async () => {
  const { inbox } = await aShelf();
  await inbox.keep(anEvent('a'));
  await inbox.keep(anEvent('b', { receivedAt: at(1) }));
  await inbox.keep(anEvent('other', { receivedAt: at(2), subject: 'wm2' }));
  await inbox.keep(anEvent('c', { receivedAt: at(3) }));
  expect(await inbox.take('b', at(5))).toBeNull();
  expect(await inbox.take('other', at(5))).toMatchObject({ _id: 'other' });
  const first = held(await inbox.take('a', at(5)));
  expect(await inbox.take('b', at(5))).toBeNull();
  await inbox.postpone(first, { dueAt: at(60), error: 'later', isFault: true });
  expect(await inbox.take('b', at(59))).toBeNull();
  await inbox.park({ _id: 'a', owner: null }, 'never');
  expect(await inbox.take('b', at(59))).toBeNull();
  const second = await inbox.take('b', at(60));
  expect(second).toMatchObject({ _id: 'b' });
  await inbox.finish(held(second), at(61));
  expect(await inbox.take('c', at(62))).toMatchObject({ _id: 'c' });
});

it('tells what is due: waiting ones whose time has come, and those whose worker went silent', async () => {
  const { inbox } = await aShelf();
  for (const [index, id] of ['now', 'later', 'silent', 'busy'].entries()) {
    await inbox.keep(anEvent(id, { subject: id, receivedAt: at(index) }));
  }
  await inbox.keep(anEvent('ignored', { state: 'ignored', subject: 'i' }));
  const later = held(await inbox.take('later', at(5)));
  await inbox.postpone(later, { dueAt: at(500), error: 'not yet', isFault: false });
  await inbox.take('silent', at(10));
  await inbox.take('busy', at(100));
  const ids = async (seconds: number) => (await inbox.due(at(seconds), 10)).map(({ _id }) => _id);
  expect(await ids(131)).toEqual(['now', 'silent']);
  expect(await ids(1000)).toEqual(['now', 'later', 'silent', 'busy']);
  expect((await inbox.due(at(1000), 2)).map(({ _id }) => _id)).toEqual(['now', 'later']);
});

it('gives at once what a killed process held, and nothing else', async () => {
  const { inbox, uri } = await aShelf();
  await inbox.keep(anEvent('theirs', { subject: 'a' }));
  await inbox.keep(anEvent('mine', { subject: 'b' }));
  await inbox.take('mine', at(0));
  const work = `await stores.inbox.take('theirs', new Date(${at(0).getTime()}));`;
  await expect(runTypescript(dyingProgram(uri, work))).rejects.toMatchObject({ signal: 'SIGKILL' });
  expect((await inbox.due(at(1), 10)).map(({ _id }) => _id)).toEqual(['theirs']);
  expect(await inbox.take('mine', at(1))).toBeNull();
  expect(await inbox.take('theirs', at(1))).toMatchObject({ tries: 2, faults: 1 });
  expect(await inbox.due(at(1), 10)).toEqual([]);
});

it('starts replayed events afresh, but not those that are ignored or under way', async () => {
  const { inbox } = await aShelf();
  for (const id of ['parked', 'done', 'working']) await inbox.keep(anEvent(id, { subject: id }));
  await inbox.keep(anEvent('ignored', { state: 'ignored' }));
  await inbox.park({ _id: 'parked', owner: null }, 'no luck');
  await inbox.finish({ _id: 'done', owner: null }, at(1));
  await inbox.take('working', at(1));
  await inbox.replay(['parked', 'done', 'working', 'ignored'], at(9));
  const states = await Promise.all(['parked', 'done', 'working', 'ignored'].map((id) => inbox.find(id)));
  expect(states.map((event) => event?.state)).toEqual(['waiting', 'waiting', 'working', 'ignored']);
  expect(states[0]).toMatchObject({ tries: 0, error: null, dueAt: at(9) });
});

it('finds ids by their beginning, at most two', async () => {
  const { inbox } = await aShelf();
  for (const id of ['abc1', 'abc2', 'abc3', 'abd']) await inbox.keep(anEvent(id));
  expect(await inbox.idsLike('abd')).toEqual(['abd']);
  expect(await inbox.idsLike('abc')).toHaveLength(2);
  expect(await inbox.idsLike('b')).toEqual([]);
});

it.each([
  [59, true, 'waiting'],
  [60, false, 'done'],
])('a letter like one that was done %i s ago: worked on again %s', async (seconds, isAgain, state) => {
  const { inbox } = await aShelf();
  await inbox.keep(anEvent('a'));
  await inbox.finish(held(await inbox.take('a', at(0))), at(0));
  expect(await inbox.meetTwin('a', at(seconds))).toBe(isAgain);
  expect(await inbox.find('a')).toMatchObject({ state });
});

it('does an event once more when its like came while it was worked on, and not a third time', async () => {
  const { inbox } = await aShelf();
  await inbox.keep(anEvent('a'));
  const first = held(await inbox.take('a', at(1)));
  expect(await inbox.meetTwin('a', at(2))).toBe(false);
  expect(await inbox.finish(first, at(3))).toBe(true);
  const second = await inbox.take('a', at(3));
  expect(second).toMatchObject({ state: 'working', tries: 2 });
  await inbox.finish(held(second), at(4));
  expect(await inbox.find('a')).toMatchObject({ state: 'done' });
});

it('has nothing to do for the like of an event that still waits, or of one that nobody knows', async () => {
  const { inbox } = await aShelf();
  await inbox.keep(anEvent('a'));
  expect(await inbox.meetTwin('a', at(1))).toBe(false);
  expect(await inbox.meetTwin('b', at(1))).toBe(false);
  expect(await inbox.find('a')).toMatchObject({ state: 'waiting', isTwin: false });
});
