import { expect, it } from 'vitest';
import { syncContactsJob } from '../../../../jobs/sync-contacts.ts';
import { listSyncs } from '../../../../server/flows/syncs/list-syncs.ts';
import { aTeamCorp } from '../../../support/a-team-corp.ts';
import { aSyncedWorld, aWorld } from '../../../support/a-world.ts';

it('names the customers that differed, but for a first load, which nobody missed', async () => {
  const world = await aSyncedWorld({
    corp: aTeamCorp([
      ['anna', 'wm1', '公司'],
      ['anna', 'wm2', '公司'],
    ]),
  });
  const { corp } = world.platform.state;
  corp.relations = corp.relations.filter(({ externalUserId }) => externalUserId !== 'wm2');
  await world.run(syncContactsJob);
  const { runs } = await listSyncs(world.context, 10);
  const name = corp.customers.find(({ externalUserId }) => externalUserId === 'wm2')?.name;
  expect(
    runs.map(({ isFirst, named }) => [isFirst, named.map((each) => [each.what, each.contactName])]),
  ).toEqual([
    [false, [['lost', name]]],
    [true, []],
  ]);
});

it.each([
  ['get_follow_user_list', 48002, '可调用接口的应用'],
  ['batch/get_by_user', 60020, '企业可信 IP'],
])('tells of a run that %s refused with %i that it failed, and what to do', async (path, errcode, cure) => {
  const world = await aWorld({ corp: aTeamCorp([['anna', 'wm1', '公司']]) });
  world.platform.faults.next(path, { errcode });
  await world.run(syncContactsJob).catch(() => null);
  const { runs, isUnderWay } = await listSyncs(world.context, 10);
  expect(isUnderWay).toBe(false);
  expect(runs).toMatchObject([{ state: 'failed', warning: expect.stringContaining(cure), endedAt: null }]);
  expect(runs[0]?.warning).toContain(String(errcode));
});

it('says of a run that was cut short by a stop that it did not end', async () => {
  const world = await aWorld({ corp: aTeamCorp([['anna', 'wm1', '公司']]) });
  await world.context.syncs.begin({ isFull: false, isFirst: true }, world.context.now());
  expect((await listSyncs(world.context, 1)).runs).toMatchObject([
    { state: 'failed', warning: expect.stringContaining('下次同步会接着做') },
  ]);
  const listed = await world.context.locks.hold('job:sync-contacts', () => listSyncs(world.context, 1));
  expect(listed?.result).toMatchObject({ isUnderWay: true, runs: [{ state: 'running' }] });
});
