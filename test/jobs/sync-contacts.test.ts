import { expect, it } from 'vitest';
import { syncContactsJob, syncContactsJobWith } from '../../jobs/sync-contacts.ts';
import { aTeamCorp, type Following } from '../support/a-team-corp.ts';
import { aSyncedWorld, aWorld } from '../support/a-world.ts';

const thirty: Following[] = Array.from({ length: 30 }, (_, n) => ['anna', `wm${n}`, '公司']);

it('reads the tags in the same run, and their refusal does not stop the rest', async () => {
  const world = await aWorld({ corp: aTeamCorp(thirty.slice(0, 2)) });
  world.platform.faults.next('get_corp_tag_list', { errcode: 48002 });
  expect(await world.run(syncContactsJob)).toMatchObject({ rows: 2, placed: 2, failed: 1 });
  expect(await world.context.tagCatalog.read()).toBeNull();
  expect(await world.run(syncContactsJob)).toMatchObject({ failed: 0 });
  expect(await world.context.tagCatalog.read()).toMatchObject({ tier: { name: '客户分层' } });
});

it('keeps the report of the run', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(thirty) });
  expect(await world.context.syncs.latest()).toMatchObject({
    state: 'done',
    isFull: false,
    counts: { rows: 30, added: 30 },
    perStaff: [{ staffId: 'anna', added: 30 }],
    warning: null,
  });
});

it('is a good run again only when the losses are accepted', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(thirty) });
  const good = async () => (await world.context.runs.find('sync-contacts'))?.error === null;
  world.platform.state.corp.relations = world.platform.state.corp.relations.slice(20);
  expect(await world.run(syncContactsJob)).toMatchObject({ lost: 0, suspicious: 20 });
  expect(await good()).toBe(false);
  expect(await world.run(syncContactsJobWith({ acceptsLosses: true }))).toMatchObject({
    lost: 20,
    suspicious: 0,
  });
  expect(await good()).toBe(true);
});
