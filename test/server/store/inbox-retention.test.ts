import { expect, it } from 'vitest';
import { tidyInboxJob } from '../../../jobs/tidy-inbox.ts';
import type { NewEvent } from '../../../server/store/inbox.ts';
import { aShelf } from '../../support/a-shelf.ts';
import { aWorld } from '../../support/a-world.ts';

const DAY_MS = 86_400_000;
const NOW = new Date('2026-03-11T10:00:00+08:00');
const ago = (days: number, ms = 0) => new Date(NOW.getTime() - days * DAY_MS - ms);
const anEvent = (_id: string, more: Partial<NewEvent> = {}): NewEvent => ({
  _id,
  kind: 'message.text',
  subject: _id,
  fields: { content: 'hello' },
  happenedAt: NOW,
  receivedAt: NOW,
  state: 'ignored',
  ...more,
});

it('forgets at night what was in events that were done or ignored a week ago', async () => {
  const { context, run } = await aWorld();
  const { inbox } = context;
  await inbox.keep(anEvent('old', { receivedAt: ago(7, 1) }));
  await inbox.keep(anEvent('old and done', { receivedAt: ago(20), state: 'waiting' }));
  await inbox.finish({ _id: 'old and done', owner: null }, NOW);
  await inbox.keep(anEvent('young', { receivedAt: ago(7) }));
  await inbox.keep(anEvent('failed', { receivedAt: ago(20), state: 'failed' }));
  await inbox.keep(anEvent('waiting', { receivedAt: ago(20), state: 'waiting' }));
  expect(await run(tidyInboxJob)).toEqual({ stripped: 2 });
  const kept = (await inbox.list(null, 9)).filter(({ fields }) => fields !== null);
  expect(kept.map(({ _id }) => _id).sort()).toEqual(['failed', 'waiting', 'young']);
  expect(await run(tidyInboxJob)).toEqual({ stripped: 0 });
});

it('still knows an event without its contents for the same', async () => {
  const { inbox } = await aShelf();
  await inbox.keep(anEvent('a', { receivedAt: ago(8) }));
  expect(await inbox.removeFields(ago(7))).toBe(1);
  expect(await inbox.keep(anEvent('a'))).toBe(false);
  expect(await inbox.find('a')).toMatchObject({ fields: null, state: 'ignored', kind: 'message.text' });
  expect(await inbox.replay(['a'], NOW)).toBe(0);
});

it('removes more than one batch', async () => {
  const { inbox } = await aShelf();
  await Promise.all(
    Array.from({ length: 1200 }, (_, n) => inbox.keep(anEvent(`${n}`, { receivedAt: ago(9) }))),
  );
  expect(await inbox.removeFields(ago(7))).toBe(1200);
  expect(await inbox.removeFields(ago(7))).toBe(0);
});

it('lets the database forget the event itself 35 days after it was kept, by the real clock', async () => {
  const { inbox, connection } = await aShelf();
  const before = new Date();
  await inbox.keep(anEvent('a', { receivedAt: new Date(0) }));
  expect((await inbox.find('a'))?.keptAt.getTime()).toBeGreaterThanOrEqual(before.getTime());
  const indexes = await connection.collection('events').indexes();
  expect(indexes.find(({ key }) => 'keptAt' in key)).toMatchObject({ expireAfterSeconds: 35 * 86_400 });
});

it('looks into few events to find those that are due, or before another, however many are kept', async () => {
  const { inbox, connection } = await aShelf();
  await Promise.all(
    Array.from({ length: 300 }, (_, n) => inbox.keep(anEvent(`old ${n}`, { subject: 'wm1' }))),
  );
  await inbox.keep(anEvent('a', { subject: 'wm1', state: 'waiting' }));
  const examined = async (filter: object, sort: object): Promise<unknown> => {
    const shown = connection
      .collection('events')
      .find(filter)
      .sort({ ...sort });
    return (await shown.explain('executionStats'))['executionStats'].totalDocsExamined;
  };
  expect(await examined({ state: 'waiting', dueAt: { $lte: NOW } }, { dueAt: 1 })).toBe(1);
  expect(await examined({ state: 'working' }, {})).toBe(0);
  expect(await examined({ state: 'waiting' }, { receivedAt: 1 })).toBe(1);
  const unfinished = { state: { $in: ['waiting', 'working'] }, subject: 'wm1' };
  const isEarlier = { $or: [{ receivedAt: { $lt: NOW } }, { receivedAt: NOW, _id: { $lt: 'b' } }] };
  expect(await examined({ ...unfinished, ...isEarlier }, {})).toBe(1);
});
