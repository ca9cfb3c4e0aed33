import { expect, it } from 'vitest';
import type { RelationFacts } from '../../../server/store/relation-model.ts';
import { aShelf } from '../../support/a-shelf.ts';

const day = (number: number) => new Date(Date.UTC(2026, 2, number));
const KEY = { staffId: 'anna', externalUserId: 'wm1' };
const facts = (more: Partial<RelationFacts> = {}): RelationFacts => ({
  ...KEY,
  remark: '',
  description: '',
  remarkCorpName: '甲',
  tagIds: [],
  addWay: 1,
  state: '',
  followedAt: day(1),
  ...more,
});
const NOT_TOLD = { addedAt: null };

it('keeps what WeCom tells, and the loss, side by side', async () => {
  const { relations } = await aShelf();
  await relations.saveFacts([facts()], NOT_TOLD);
  expect(await relations.lose(KEY, 'by_contact', day(5))).toBe(true);
  expect(await relations.lose(KEY, 'by_staff', day(6))).toBe(false);
  await relations.saveFacts([facts({ remark: '新备注' })], NOT_TOLD);
  expect(await relations.find(KEY)).toMatchObject({ remark: '新备注', lostBy: 'by_contact', lostAt: day(5) });
});

it.each([
  { by: 'by_staff', followedOn: 1, addedOn: null, lostBy: null },
  { by: 'gone', followedOn: 1, addedOn: null, lostBy: null },
  { by: 'by_contact', followedOn: 1, addedOn: null, lostBy: 'by_contact' },
  { by: 'by_contact', followedOn: 6, addedOn: null, lostBy: null },
  { by: 'by_contact', followedOn: 1, addedOn: 4, lostBy: 'by_contact' },
  { by: 'by_contact', followedOn: 1, addedOn: 5, lostBy: null },
] as const)(
  'lost $by on the 5th, told as followed since $followedOn and added on $addedOn: $lostBy',
  async ({ by, followedOn, addedOn, lostBy }) => {
    const { relations } = await aShelf();
    await relations.saveFacts([facts()], NOT_TOLD);
    await relations.lose(KEY, by, day(5));
    const told = facts({ followedAt: day(followedOn) });
    await relations.saveFacts([told], { addedAt: addedOn ? day(addedOn) : null });
    expect((await relations.find(KEY))?.lostBy).toBe(lostBy);
  },
);

it('loses nothing that began after the loss, and nothing it never knew', async () => {
  const { relations } = await aShelf();
  await relations.saveFacts([facts({ followedAt: day(6) })], NOT_TOLD);
  expect(await relations.lose(KEY, 'by_contact', day(5))).toBe(false);
  expect(await relations.lose({ ...KEY, staffId: 'ben' }, 'gone', day(9))).toBe(false);
  expect(await relations.ofContact('wm1')).toHaveLength(1);
});

it('lists followers from the earliest, and counts the active ones', async () => {
  const { relations } = await aShelf();
  await relations.saveFacts(
    [
      facts({ staffId: 'ben', followedAt: day(3) }),
      facts({ followedAt: day(9) }),
      facts({ staffId: 'carl' }),
    ],
    NOT_TOLD,
  );
  await relations.lose({ ...KEY, staffId: 'carl' }, 'gone', day(9));
  expect((await relations.ofContact('wm1')).map(({ staffId }) => staffId)).toEqual(['carl', 'ben', 'anna']);
  expect(await relations.countActive()).toBe(2);
  expect(await relations.countFollowedSince(['anna', 'ben'], day(5))).toBe(1);
  const active = [];
  for await (const { staffId } of relations.activeOf('ben')) active.push(staffId);
  expect(active).toEqual(['ben']);
});

it('keeps the same facts twice without a trace', async () => {
  const { relations } = await aShelf();
  await relations.saveFacts([facts({ tagIds: ['t'] })], NOT_TOLD);
  const before = await relations.find(KEY);
  await relations.saveFacts([facts({ tagIds: ['t'] })], NOT_TOLD);
  await relations.saveFacts([], NOT_TOLD);
  expect(await relations.find(KEY)).toEqual(before);
});

it('counts what each member follows now, and gives the keys of some', async () => {
  const { relations } = await aShelf();
  await relations.addMany([facts(), facts({ externalUserId: 'wm2' }), facts({ staffId: 'ben' })]);
  await relations.lose({ ...KEY, externalUserId: 'wm2' }, 'gone', day(9));
  expect([...(await relations.countActiveByStaff())].sort()).toEqual([
    ['anna', 1],
    ['ben', 1],
  ]);
  const keys = [];
  for await (const { staffId, externalUserId } of relations.activeKeysOf(['anna', 'carl']))
    keys.push([staffId, externalUserId]);
  expect(keys).toEqual([['anna', 'wm1']]);
});

it('adds what is new, and leaves what is there as it was', async () => {
  const { relations } = await aShelf();
  expect(await relations.addMany([])).toEqual([]);
  expect(await relations.addMany([facts()])).toEqual([]);
  expect(await relations.find(KEY)).toMatchObject({ remark: '', lostAt: null, lostBy: null });
  await relations.lose(KEY, 'by_staff', day(5));
  const another = facts({ externalUserId: 'wm2' });
  expect(await relations.addMany([facts({ remark: '新' }), another])).toMatchObject([{ remark: '新' }]);
  expect(await relations.find(KEY)).toMatchObject({ remark: '', lostBy: 'by_staff', lostAt: day(5) });
  expect(await relations.find({ ...KEY, externalUserId: 'wm2' })).toMatchObject(another);
});
