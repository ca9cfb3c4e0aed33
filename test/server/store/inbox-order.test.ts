import { expect, it } from 'vitest';
import { aShelf } from '../../support/a-shelf.ts';
import type { KeptEvent, NewEvent } from '../../../server/store/inbox.ts';

const at = (seconds: number) => new Date(1_773_194_400_000 + seconds * 1000);
const anEvent = (_id: string, more: Partial<NewEvent> = {}): NewEvent => ({
  _id,
  kind: 'change_external_contact.edit_external_contact',
  subject: 'wm1',
  fields: { externalUserId: 'wm1' },
  happenedAt: at(0),
  receivedAt: at(0),
  state: 'waiting',
  ...more,
});
const held = (event: KeptEvent | null) => ({ _id: event?._id ?? '', owner: event?.owner ?? 'nobody' });

it('orders events that came in the same millisecond by their ids', async () => {
  const { inbox } = await aShelf();
  for (const id of ['b', 'c', 'a']) await inbox.keep(anEvent(id));
  expect(await inbox.take('c', at(1))).toBeNull();
  expect(await inbox.take('b', at(1))).toBeNull();
  expect((await inbox.due(at(1), 9)).map(({ _id }) => _id)).toEqual(['a', 'b', 'c']);
  await inbox.finish(held(await inbox.take('a', at(1))), at(1));
  expect(await inbox.take('c', at(1))).toBeNull();
  expect(await inbox.take('b', at(1))).toMatchObject({ _id: 'b' });
});

it('gives one event of a customer to one of many who try at the same moment', async () => {
  const { inbox } = await aShelf();
  const ids = Array.from({ length: 12 }, (_, n) => String(n).padStart(2, '0'));
  for (const [n, id] of ids.entries()) await inbox.keep(anEvent(id, { receivedAt: at(n) }));
  const done: string[] = [];
  while (done.length < ids.length) {
    const tried = await Promise.all([...ids, ...ids.toReversed()].map((id) => inbox.take(id, at(60))));
    const taken = tried.filter((event) => event !== null);
    expect(taken).toHaveLength(1);
    for (const event of taken) {
      done.push(event._id);
      await inbox.finish(event, at(60));
    }
  }
  expect(done).toEqual(ids);
});

it('lets nobody begin an earlier event that comes back while a later one is worked on', async () => {
  const { inbox } = await aShelf();
  await inbox.keep(anEvent('first'));
  await inbox.keep(anEvent('second', { receivedAt: at(1) }));
  await inbox.park({ _id: 'first', owner: null }, 'refused');
  const second = await inbox.take('second', at(2));
  expect(await inbox.replay(['first'], at(3))).toBe(1);
  expect(await inbox.take('first', at(3))).toBeNull();
  await inbox.finish(held(second), at(4));
  expect(await inbox.take('first', at(4))).toMatchObject({ _id: 'first', tries: 1 });
});

it('does not offer again and again what waits behind the next try of another', async () => {
  const { inbox } = await aShelf();
  await inbox.keep(anEvent('first'));
  await inbox.keep(anEvent('second', { receivedAt: at(1) }));
  const next = { dueAt: at(600), error: 'busy', isFault: false };
  await inbox.postpone(held(await inbox.take('first', at(2))), next);
  expect((await inbox.due(at(2), 9)).map(({ _id }) => _id)).toEqual(['second']);
  expect(await inbox.take('second', at(2))).toBeNull();
  expect(await inbox.due(at(599), 9)).toEqual([]);
  expect((await inbox.due(at(600), 9)).map(({ _id }) => _id)).toEqual(['first', 'second']);
});

it('does not give an event before its time, whoever asks for it', async () => {
  const { inbox } = await aShelf();
  await inbox.keep(anEvent('a', { dueAt: at(10) }));
  expect(await inbox.take('a', new Date(at(10).getTime() - 1))).toBeNull();
  expect(await inbox.take('a', at(10))).toMatchObject({ tries: 1, faults: 0 });
});

it('makes a lease last for who holds it, and for nobody else', async () => {
  const { inbox } = await aShelf();
  await inbox.keep(anEvent('a'));
  const mine = held(await inbox.take('a', at(0)));
  expect(await inbox.renew({ ...mine, owner: 'another' }, at(100))).toBe(false);
  expect(await inbox.renew(mine, at(100))).toBe(true);
  expect(await inbox.take('a', at(220))).toBeNull();
  expect(await inbox.take('a', at(221))).toMatchObject({ tries: 2 });
  expect(await inbox.renew(mine, at(222))).toBe(false);
  expect(await inbox.postpone(mine, { dueAt: at(0), error: '', isFault: true })).toBe(false);
  expect(await inbox.park(mine, '')).toBe(false);
});
