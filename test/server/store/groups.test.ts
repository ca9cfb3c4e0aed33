import { expect, it } from 'vitest';
import type { GroupFacts } from '../../../server/store/groups.ts';
import { aShelf } from '../../support/a-shelf.ts';

const at = (seconds: number) => new Date(1_773_194_400_000 + seconds * 1000);
const facts = (more: Partial<GroupFacts> = {}): GroupFacts => ({
  _id: 'wr1',
  name: '启明',
  ownerId: 'anna',
  notice: '',
  createdAt: at(-100),
  memberCount: 1,
  staffCount: 1,
  version: 'v1',
  members: [{ id: 'anna', isStaff: true, joinedAt: at(-100), joinScene: 1, state: '' }],
  ...more,
});

it('keeps what was told last, not what came last', async () => {
  const { groups } = await aShelf();
  await groups.save(facts({ name: 'second' }), at(2));
  await groups.save(facts({ name: 'first' }), at(1));
  expect(await groups.find('wr1')).toMatchObject({
    ...facts({ name: 'second' }),
    dismissedAt: null,
    syncedAt: at(2),
  });
  await groups.save(facts({ name: 'same moment' }), at(2));
  await groups.save(facts({ name: 'third', members: [], memberCount: 0 }), at(3));
  expect(await groups.find('wr1')).toMatchObject({ name: 'third', members: [], syncedAt: at(3) });
});

it('marks a group dismissed once, and lists it no more, until WeCom tells of it again', async () => {
  const { groups } = await aShelf();
  await groups.save(facts(), at(1));
  await groups.save(facts({ _id: 'wr2' }), at(1));
  expect(await groups.dismiss('wr1', at(5))).toBe(true);
  expect(await groups.dismiss('wr1', at(6))).toBe(false);
  expect(await groups.dismiss('unknown', at(6))).toBe(false);
  expect(await groups.find('wr1')).toMatchObject({ dismissedAt: at(5) });
  expect(await groups.livingIds()).toEqual(['wr2']);
  await groups.save(facts(), at(9));
  expect((await groups.livingIds()).sort()).toEqual(['wr1', 'wr2']);
});
