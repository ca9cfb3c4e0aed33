import { expect, it } from 'vitest';
import { NO_DRIFT } from '../../../server/domain/sync/drift.ts';
import { aShelf } from '../../support/a-shelf.ts';

const day = (number: number) => new Date(Date.UTC(2026, 2, number));
const key = (externalUserId: string, staffId = 'anna') => ({ staffId, externalUserId });
const ENDED = { state: 'done' as const, warning: null, perStaff: [], aside: [] };

it('lists runs from the latest, also those of one moment', async () => {
  const { syncs } = await aShelf();
  expect([await syncs.latest(), await syncs.hasEnded()]).toEqual([null, false]);
  const first = await syncs.begin({ isFull: false, isFirst: false }, day(1));
  const second = await syncs.begin({ isFull: true, isFirst: false }, day(1));
  expect((await syncs.list(9)).map(({ _id }) => _id)).toEqual([second._id, first._id]);
  expect(await syncs.latest()).toMatchObject({
    _id: second._id,
    state: 'running',
    isFull: true,
    endedAt: null,
  });
  expect(await syncs.list(1)).toHaveLength(1);
});

it('keeps the latest ninety', async () => {
  const { syncs } = await aShelf();
  for (let number = 1; number <= 91; number += 1)
    await syncs.begin({ isFull: false, isFirst: false }, day(number));
  const runs = await syncs.list(1000);
  expect([runs.length, runs.at(-1)?.startedAt]).toEqual([90, day(2)]);
});

it('adds up the report, and keeps each finished member once', async () => {
  const { syncs } = await aShelf();
  const { _id } = await syncs.begin({ isFull: false, isFirst: false }, day(1));
  const drift = { ...NO_DRIFT, staffId: 'anna', rows: 3, added: 2 };
  await syncs.note(_id, { doneStaff: ['anna', 'ben'], counts: { rows: 3, added: 2 }, perStaff: [drift] });
  await syncs.note(_id, { doneStaff: ['ben'], counts: { rows: 1, groups: 4 } });
  await syncs.note(_id, {});
  expect(await syncs.find(_id)).toMatchObject({
    doneStaff: ['anna', 'ben'],
    counts: { rows: 4, added: 2, changed: 0, lost: 0, suspicious: 0, groups: 4 },
    perStaff: [drift],
  });
});

it('gives what is missing contact by contact, and forgets it with the run', async () => {
  const { syncs } = await aShelf();
  const { _id } = await syncs.begin({ isFull: false, isFirst: false }, day(1));
  await syncs.keepMissing(_id, [key('wm2'), key('wm1'), key('wm2', 'ben')]);
  await syncs.keepMissing(_id, [key('wm1')]);
  await syncs.keepMissing(_id, []);
  const missing = [];
  for await (const each of syncs.missing(_id)) missing.push([each.externalUserId, each.staffId]);
  expect(missing).toEqual([
    ['wm1', 'anna'],
    ['wm2', 'anna'],
    ['wm2', 'ben'],
  ]);
  await syncs.end(_id, ENDED, day(2));
  expect([await syncs.countMissing(_id), await syncs.hasEnded()]).toEqual([0, true]);
});

it('keeps thousands of missing relations, and none of an earlier run', async () => {
  const { syncs } = await aShelf();
  const first = await syncs.begin({ isFull: false, isFirst: false }, day(1));
  const many = Array.from({ length: 2001 }, (_, n) => key(`wm${n}`));
  await syncs.keepMissing(first._id, many);
  expect(await syncs.countMissing(first._id)).toBe(2001);
  await syncs.begin({ isFull: false, isFirst: false }, day(2));
  expect(await syncs.countMissing(first._id)).toBe(0);
});
