import { expect, it } from 'vitest';
import { setDue } from '../../../support/due-world.ts';
import { aTeamCorp, type Following } from '../../../support/a-team-corp.ts';
import { aMember } from '../../../support/a-visitor.ts';
import { aSyncedWorld, type LivingWorld } from '../../../support/a-world.ts';

const dueOf = async (world: LivingWorld, staffId = 'anna', query = '') =>
  (await aMember(world.origin, staffId)).read(`/api/v1/due${query}`) as Promise<{
    total: number;
    items: { accountName: string }[];
  }>;

it('lists what is due by tier, then lateness, and nothing that is not', async () => {
  const names = ['甲', '乙', '丙', '丁', '戊'];
  const world = await aSyncedWorld({
    corp: aTeamCorp(names.map((name, n): Following => ['anna', `wm${n}`, name])),
  });
  await setDue(world, '甲', { tier: 'tail', dueOn: '2026-02-02' });
  await setDue(world, '乙', { tier: 'head', dueOn: '2026-03-11' });
  await setDue(world, '丙', { tier: 'head', dueOn: '2026-03-06' });
  await setDue(world, '丁', { tier: 'unrated', dueOn: '2026-01-05' });
  await setDue(world, '戊', { tier: 'head', dueOn: '2026-03-12' });
  const { total, items } = await dueOf(world);
  expect([total, items.map(({ accountName }) => accountName)]).toEqual([4, ['丙', '乙', '甲', '丁']]);
  expect(items[0]).toEqual({
    accountId: expect.any(String),
    accountName: '丙',
    externalUserId: 'wm2',
    contactName: '客户wm2',
    tier: 'head',
    dueOn: '2026-03-06',
    overdueWorkingDays: 3,
    state: 'overdue',
    reason: 'new_contact',
  });
  expect(await dueOf(world, 'ben')).toEqual({ total: 0, items: [] });
});

it('shows the first twenty, more to who asks for more, and counts all', async () => {
  const crowd = Array.from({ length: 60 }, (_, n): Following => ['anna', `wm${n}`, `公司${n}`]);
  const world = await aSyncedWorld({ corp: aTeamCorp(crowd) });
  const { total, items } = await dueOf(world);
  expect([total, items.length]).toEqual([60, 20]);
  const more = await dueOf(world, 'anna', '?limit=40');
  expect([more.total, more.items.length, more.items.slice(0, 20)]).toEqual([60, 40, items]);
  expect((await dueOf(world, 'anna', '?limit=200')).items).toHaveLength(60);
  const tooMany = await (await aMember(world.origin, 'anna')).go('/api/v1/due?limit=201');
  expect(tooMany.status).toBe(400);
});

it('names the contact whom the caller follows, and nobody when nobody is followed any more', async () => {
  const world = await aSyncedWorld({
    corp: aTeamCorp([
      ['ben', 'wm1', '甲'],
      ['anna', 'wm2', '甲'],
    ]),
  });
  await setDue(world, '甲', { ownerId: 'anna', dueOn: '2026-03-11' });
  const lose = (staffId: string, externalUserId: string) =>
    world.context.relations.lose({ staffId, externalUserId }, 'by_contact', world.context.now());
  expect((await dueOf(world)).items).toMatchObject([{ externalUserId: 'wm2' }]);
  await lose('anna', 'wm2');
  expect((await dueOf(world)).items).toMatchObject([{ externalUserId: 'wm1' }]);
  await lose('ben', 'wm1');
  expect((await dueOf(world)).items).toMatchObject([{ externalUserId: null, contactName: null }]);
});

it('shows a head account that is due today before six hundred others that are overdue', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp([]) });
  const knownSince = new Date('2026-03-01T00:00:00Z');
  const names = Array.from({ length: 600 }, (_, n) => `公司${n}`);
  const made = await world.context.accounts.findOrCreateMany(
    names.map((name) => ({ nameKey: name, beginning: { name, knownSince } })),
  );
  const overdue = { ownerId: 'anna', dueOn: '2026-01-05' };
  await world.context.accounts.updateMany(made.map(({ _id }) => ({ accountId: _id, fields: overdue })));
  await setDue(world, '公司599', { tier: 'head', dueOn: '2026-03-11' });
  const { total, items } = await dueOf(world);
  expect([total, items.length, items[0]?.accountName]).toEqual([600, 20, '公司599']);
});
