import { expect, it } from 'vitest';
import { classifyAccountsJob } from '../../../../jobs/classify-accounts.ts';
import { syncContactsJob } from '../../../../jobs/sync-contacts.ts';
import { tagAccount } from '../../../../server/flows/tags/tag-account.ts';
import { tagNames } from '../../../support/tag-names.ts';
import { aTeamCorp, type Following } from '../../../support/a-team-corp.ts';
import { aSyncedWorld, type LivingWorld } from '../../../support/a-world.ts';

const KEY = { userid: 'anna', externalUserId: 'wm1' };
const one: Following[] = [['anna', 'wm1', '启明精密']];
const accountId = async ({ context }: LivingWorld, name = '启明精密') =>
  (await context.accounts.findByKey(name))?._id ?? '';
const tag = async (world: LivingWorld) => tagAccount(world.context, await accountId(world));

/** Deletes our tag in WeCom's console. */
function deleteTag({ platform }: LivingWorld, name: string): void {
  for (const { tags } of platform.state.corp.tagGroups) {
    for (const each of tags.filter((candidate) => candidate.name === name)) {
      each.isDeleted = true;
      for (const row of platform.state.corp.relations) row.tagIds = row.tagIds.filter((id) => id !== each.id);
    }
  }
}

it('writes at most three relations at once', async () => {
  const crowd: Following[] = Array.from({ length: 12 }, (_, n) => ['anna', `wm${n}`, '启明精密']);
  const world = await aSyncedWorld({ corp: aTeamCorp(crowd), rules: { parallelWrites: 3, writeMs: 20 } });
  expect(await tag(world)).toBe(12);
  expect(world.callsOf('mark_tag').map(({ errcode }) => errcode)).toEqual(Array(12).fill(0));
});

it('makes the groups once even when two accounts are tagged for the first time at once', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp([...one, ['ben', 'wm2', '乙公司']]) });
  const ids = [await accountId(world), await accountId(world, '乙公司')];
  expect(await Promise.all(ids.map((id) => tagAccount(world.context, id)))).toEqual([1, 1]);
  expect(world.platform.state.corp.tagGroups.map(({ name, tags }) => [name, tags.length])).toEqual([
    ['客户分层', 3],
    ['客户阶段', 8],
  ]);
});

it('uses groups that are there already and adds only the tags they lack', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(one) });
  await tag(world);
  deleteTag(world, '猜想');
  await world.run(syncContactsJob);
  expect(await tag(world)).toBe(1);
  expect(tagNames(world.platform, KEY)).toEqual(['客户阶段/猜想']);
  const stage = world.platform.state.corp.tagGroups.filter(({ name }) => name === '客户阶段');
  expect(stage.map(({ tags }) => tags.filter(({ isDeleted }) => !isDeleted).length)).toEqual([8]);
});

it('heals a tag that was deleted in WeCom while another takes its place', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(one) });
  await tag(world);
  deleteTag(world, '猜想');
  const id = await accountId(world);
  await world.context.accounts.update(id, { stage: 'repeat', tier: 'head' });
  expect(await tag(world)).toBe(1);
  expect(world.callsOf('mark_tag').map(({ errcode }) => errcode)).toEqual([0, 40068, 0]);
  expect(tagNames(world.platform, KEY)).toEqual(['客户分层/头部', '客户阶段/重复购买']);
});

it('gives up on a tag that stays refused, for this run only', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(one) });
  world.platform.faults.next('mark_tag', { errcode: 40068 }, 4);
  expect(await world.run(classifyAccountsJob)).toMatchObject({ tagged: 0, failed: 1 });
  expect(await world.run(classifyAccountsJob)).toMatchObject({ tagged: 1, failed: 0 });
});

it('takes a lost relation for a loss, and writes the others', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp([...one, ['ben', 'wm1', '启明精密']]) });
  world.platform.state.corp.relations.splice(0, 1);
  expect(await tag(world)).toBe(1);
  expect(await world.context.relations.find({ staffId: 'anna', externalUserId: 'wm1' })).toMatchObject({
    lostBy: 'gone',
  });
  expect(tagNames(world.platform, { ...KEY, userid: 'ben' })).toEqual(['客户阶段/猜想']);
});

it("never touches other people's tags", async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(one) });
  world.platform.state.corp.tagGroups.push({
    id: 'etConsole',
    name: '后台标签',
    createdAt: 1,
    order: 0,
    madeBy: 'console',
    isDeleted: false,
    tags: [{ id: 'etHot', name: '重点', createdAt: 1, order: 0, isDeleted: false }],
  });
  world.platform.actions.editTags({ ...KEY, addTagIds: ['etHot'] });
  await world.settled();
  await world.context.accounts.update(await accountId(world), { stage: 'partner' });
  await tag(world);
  expect(tagNames(world.platform, KEY)).toEqual(['后台标签/重点', '客户阶段/合伙人']);
});

it('mends our tag when a member took it off by hand or put another of ours on', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(one) });
  await tag(world);
  const catalog = await world.context.tagCatalog.read();
  const idOf = (stage: string) => catalog?.stage.tags[stage]?.tagId ?? '';
  const [guess, partner] = [idOf('suspect'), idOf('partner')];
  world.platform.actions.editTags({ ...KEY, addTagIds: [partner], removeTagIds: [guess] });
  await world.settled();
  expect(tagNames(world.platform, KEY)).toEqual(['客户阶段/猜想']);
});

it('writes nothing for an account that nobody follows any more, or that was merged', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(one) });
  const id = await accountId(world);
  await world.context.accounts.update(id, { mergedInto: 'another' });
  expect(await tag(world)).toBe(0);
  await world.context.accounts.update(id, { mergedInto: null });
  await world.context.relations.lose(
    { staffId: 'anna', externalUserId: 'wm1' },
    'by_staff',
    world.context.now(),
  );
  expect(await tag(world)).toBe(0);
  expect(await tagAccount(world.context, 'nobody')).toBe(0);
  expect(world.callsOf('mark_tag')).toEqual([]);
});

it('keeps what was written when one relation of several fails', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp([...one, ['ben', 'wm1', '启明精密']]) });
  await world.context.tagCatalog.read();
  world.platform.faults.next('mark_tag', { errcode: 40058 });
  await expect(tag(world)).rejects.toThrow('40058');
  expect(await tag(world)).toBe(1);
  const tagged = [tagNames(world.platform, KEY), tagNames(world.platform, { ...KEY, userid: 'ben' })];
  expect(tagged).toEqual([['客户阶段/猜想'], ['客户阶段/猜想']]);
});

it('leaves exactly one tag of each group, and takes away what is retired', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(one) });
  await tag(world);
  const catalog = await world.context.tagCatalog.read();
  if (!catalog) throw new Error('no catalogue');
  const doubled = ['etOld', 'etKeep'].map((id) => ({
    id,
    name: id,
    createdAt: 1,
    order: 0,
    isDeleted: false,
  }));
  world.platform.state.corp.tagGroups.push({
    id: 'etDouble',
    name: '客户阶段',
    createdAt: 1,
    order: 0,
    madeBy: 'console',
    isDeleted: false,
    tags: doubled,
  });
  const stage = { ...catalog.stage, retiredIds: ['etOld'] };
  await world.context.tagCatalog.save({ ...catalog, stage }, world.context.now());
  const ids = [...Object.values(catalog.tier.tags), ...Object.values(catalog.stage.tags)];
  const all = [...ids.map(({ tagId }) => tagId), 'etOld', 'etKeep'];
  for (const row of world.platform.state.corp.relations) row.tagIds = all;
  await world.context.relations.setTags({ staffId: 'anna', externalUserId: 'wm1' }, all);
  expect(await tag(world)).toBe(1);
  expect(tagNames(world.platform, KEY)).toEqual(['客户阶段/etKeep', '客户阶段/猜想']);
});

it('follows a name that was changed in WeCom, and goes on without a tag for which there is no room', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp(one) });
  for (const { tags } of world.platform.state.corp.tagGroups)
    for (const each of tags) if (each.name === '猜想') each.name = '线索';
  await tag(world);
  expect(tagNames(world.platform, KEY)).toEqual(['客户阶段/线索']);
  const catalog = await world.context.tagCatalog.read();
  if (!catalog) throw new Error('no catalogue');
  const { partner: _, ...tags } = catalog.stage.tags;
  await world.context.tagCatalog.save({ ...catalog, stage: { ...catalog.stage, tags } }, world.context.now());
  await world.context.accounts.update(await accountId(world), { stage: 'partner' });
  expect(await tag(world)).toBe(1);
  expect(tagNames(world.platform, KEY)).toEqual([]);
});
