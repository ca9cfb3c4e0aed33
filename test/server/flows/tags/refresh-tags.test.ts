import { expect, it } from 'vitest';
import { refreshTags } from '../../../../server/flows/tags/refresh-tags.ts';
import type { SandboxTagGroup } from '@genjin/wecom-sandbox';
import { aGate } from '../../../support/a-gate.ts';
import { aTeamCorp } from '../../../support/a-team-corp.ts';
import { aWorld, type LivingWorld } from '../../../support/a-world.ts';

const TIERS = ['头部', '腰部', '尾部'];

/** A group that somebody made in the admin console: this app may mark its tags, but not edit them. */
const aConsoleGroup = (id: string, tags: string[], more: Partial<SandboxTagGroup> = {}): SandboxTagGroup => ({
  id,
  name: '客户分层',
  createdAt: 1_700_000_000,
  order: 0,
  madeBy: 'console',
  isDeleted: false,
  tags: tags.map((name) => ({ id: `${id}-${name}`, name, createdAt: 1, order: 0, isDeleted: false })),
  ...more,
});
const aTagWorld = (tagGroups: SandboxTagGroup[] = []) => aWorld({ corp: aTeamCorp([], { tagGroups }) });
const tierOf = async ({ context }: LivingWorld) => (await context.tagCatalog.read())?.tier;
const groupsOf = ({ platform }: LivingWorld) =>
  platform.state.corp.tagGroups
    .filter(({ isDeleted }) => !isDeleted)
    .map(({ name, tags }) => [name, tags.filter(({ isDeleted }) => !isDeleted).length]);
const groupOf = ({ platform }: LivingWorld, name: string) => {
  const group = platform.state.corp.tagGroups.find((each) => each.name === name);
  if (!group) throw new Error(`no ${name}`);
  return group;
};
const notices = async ({ context }: LivingWorld) => (await context.notices.open()).map(({ kind }) => kind);

it('makes our two groups once, and one reading serves many calls at once', async () => {
  const world = await aTagWorld();
  await Promise.all(Array.from({ length: 30 }, () => refreshTags(world.context)));
  expect(groupsOf(world)).toEqual([
    ['客户分层', 3],
    ['客户阶段', 8],
  ]);
  expect(world.callsOf('get_corp_tag_list')).toHaveLength(1);
  await refreshTags(world.context);
  expect([world.callsOf('get_corp_tag_list').length, world.callsOf('add_corp_tag').length]).toEqual([2, 2]);
});

it('follows group and tags that people rename', async () => {
  const world = await aTagWorld();
  await refreshTags(world.context);
  const before = await tierOf(world);
  const group = groupOf(world, '客户分层');
  group.name = '价值等级';
  for (const tag of group.tags) if (tag.name === '头部') tag.name = 'A类';
  await refreshTags(world.context);
  const after = await tierOf(world);
  expect(after).toMatchObject({ name: '价值等级', groupId: before?.groupId });
  expect(after?.tags['head']).toEqual({ tagId: before?.tags['head']?.tagId, name: 'A类' });
  expect(groupsOf(world)).toEqual([
    ['价值等级', 3],
    ['客户阶段', 8],
  ]);
});

it('makes a deleted tag again, and a deleted group', async () => {
  const world = await aTagWorld();
  await refreshTags(world.context);
  const group = groupOf(world, '客户分层');
  for (const tag of group.tags) tag.isDeleted = tag.name === '腰部';
  await refreshTags(world.context);
  expect(Object.keys((await tierOf(world))?.tags ?? {}).sort()).toEqual(['head', 'tail', 'waist']);
  const id = (await tierOf(world))?.groupId;
  Object.assign(group, { isDeleted: true });
  for (const tag of group.tags) tag.isDeleted = true;
  await refreshTags(world.context);
  expect((await tierOf(world))?.groupId).not.toBe(id);
  expect(groupsOf(world)).toContainEqual(['客户分层', 3]);
});

it("takes over a complete group of the console's making", async () => {
  const world = await aTagWorld([aConsoleGroup('etC', [...TIERS, '重点'])]);
  await refreshTags(world.context);
  expect(await tierOf(world)).toMatchObject({ groupId: 'etC', tags: { head: { tagId: 'etC-头部' } } });
  expect(groupsOf(world)).toEqual([
    ['客户分层', 4],
    ['客户阶段', 8],
  ]);
});

it('makes a group of our own where the console’s lacks something and may not be edited', async () => {
  const world = await aTagWorld([aConsoleGroup('etC', ['头部', '重点'])]);
  await refreshTags(world.context);
  const tier = await tierOf(world);
  expect(tier).toMatchObject({ name: '客户分层·跟进', retiredIds: [] });
  expect(Object.values(tier?.tags ?? {}).map(({ name }) => name)).toEqual(TIERS);
  await refreshTags(world.context);
  expect(await tierOf(world)).toEqual(tier);
  expect(groupsOf(world)).toEqual([
    ['客户分层', 2],
    ['客户分层·跟进', 3],
    ['客户阶段', 8],
  ]);
});

it.each([301002, 81011, 40071])('does so after %i, too', async (errcode) => {
  const world = await aTagWorld([aConsoleGroup('etC', ['头部'], { madeBy: 'app' })]);
  world.platform.faults.next('add_corp_tag', { errcode });
  await refreshTags(world.context);
  expect((await tierOf(world))?.name).toBe('客户分层·跟进');
  expect(groupsOf(world)[0]).toEqual(['客户分层', 1]);
});

it('finds the tag that somebody else made in the same moment', async () => {
  const world = await aTagWorld([aConsoleGroup('etC', ['头部', '腰部'], { madeBy: 'app' })]);
  const { add } = world.context.wecom.tags;
  const tags = {
    ...world.context.wecom.tags,
    add: async (...asked: Parameters<typeof add>) => {
      const group = groupOf(world, '客户分层');
      if (group.tags.length === 2) group.tags.push(...aConsoleGroup('etC', ['尾部']).tags);
      return add(...asked);
    },
  };
  await refreshTags({ ...world.context, wecom: { ...world.context.wecom, tags } });
  expect(await tierOf(world)).toMatchObject({ groupId: 'etC', tags: { tail: { tagId: 'etC-尾部' } } });
});

it('goes on without tags while WeCom has no room, tells administrators, and makes them later', async () => {
  const world = await aTagWorld();
  world.platform.faults.next('add_corp_tag', { errcode: 40126 }, 2);
  await refreshTags(world.context);
  expect((await tierOf(world))?.tags).toEqual({});
  expect(await notices(world)).toEqual(['tag-quota']);
  await refreshTags(world.context);
  expect(Object.keys((await tierOf(world))?.tags ?? {})).toHaveLength(3);
  expect(await notices(world)).toEqual([]);
});

it('says so when WeCom refuses for another reason, and keeps nothing', async () => {
  const world = await aTagWorld();
  world.platform.faults.next('add_corp_tag', { errcode: 48002 });
  await expect(refreshTags(world.context)).rejects.toMatchObject({ errcode: 48002 });
  expect(await tierOf(world)).toBeUndefined();
  await refreshTags(world.context);
  expect(await tierOf(world)).toBeDefined();
});

it('waits for another process, and reads again only what that one had read too early', async () => {
  const world = await aTagWorld();
  await refreshTags(world.context);
  const { tagCatalog, locks, now } = world.context;
  const catalog = await tagCatalog.read();
  if (!catalog) throw new Error('no catalogue');
  const reads = () => world.callsOf('get_corp_tag_list').length;
  for (const [laterMs, expected] of [
    [1, 1],
    [0, 2],
  ] as const) {
    const gate = aGate();
    const other = locks.hold('tag-catalog', async () => {
      await gate.passed;
      await tagCatalog.save(catalog, new Date(now().getTime() + laterMs));
    });
    const mine = refreshTags(world.context);
    gate.open();
    await Promise.all([other, mine]);
    expect(reads()).toBe(expected);
  }
});

it('does not take the word of a proxy for a catalogue without tags', async () => {
  const world = await aTagWorld();
  await refreshTags(world.context);
  const before = await tierOf(world);
  world.platform.faults.plan('get_corp_tag_list', { isForeign: true });
  await expect(refreshTags(world.context)).rejects.toMatchObject({ name: 'WecomUnreachable' });
  expect(await tierOf(world)).toEqual(before);
  expect(world.callsOf('add_corp_tag')).toHaveLength(2);
});

it('makes no tag twice while a tag cannot be read, keeps what it knows, and tells administrators', async () => {
  const world = await aTagWorld();
  await refreshTags(world.context);
  const [before, tag] = [await tierOf(world), groupOf(world, '客户分层').tags[0]];
  const { id } = tag ?? {};
  Object.assign(tag ?? {}, { id: {} });
  const made = world.callsOf('add_corp_tag').length;
  await refreshTags(world.context);
  expect([world.callsOf('add_corp_tag').length, await tierOf(world)]).toEqual([made, before]);
  expect(await notices(world)).toEqual(['tag-unread']);
  Object.assign(tag ?? {}, { id });
  await refreshTags(world.context);
  expect([groupsOf(world)[0], await notices(world)]).toEqual([['客户分层', 3], []]);
});
