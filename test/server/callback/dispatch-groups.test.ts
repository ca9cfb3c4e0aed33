import { expect, it } from 'vitest';
import { retryInboxJob } from '../../../jobs/retry-inbox.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aWorld, type LivingWorld } from '../../support/a-world.ts';

const START = Date.parse('2026-03-11T10:00:00+08:00');
const at = (seconds: number) => new Date(START + seconds * 1000);

/** A world with a group of anna and the customer wm1. */
async function aGroup() {
  const world = await aWorld({ corp: aTeamCorp([['anna', 'wm1', '启明精密']]) });
  const { chatId } = world.platform.actions.createGroup({
    ownerId: 'anna',
    name: '启明',
    memberIds: ['wm1'],
  });
  await world.settled();
  const later = async (seconds: number) => {
    world.setNow(at(seconds));
    await world.run(retryInboxJob);
  };
  return { ...world, chatId, later, group: () => world.context.groups.find(chatId) };
}
const states = async ({ context }: Pick<LivingWorld, 'context'>) =>
  (await context.inbox.list(null, 10))
    .map(({ kind, state }) => `${kind.split('.')[1]} ${state}`)
    .toReversed();

it('keeps a new group with its members, by ids only', async () => {
  const { group, chatId, ...world } = await aGroup();
  expect(await states(world)).toEqual(['create done']);
  expect(await group()).toMatchObject({
    _id: chatId,
    name: '启明',
    ownerId: 'anna',
    memberCount: 2,
    staffCount: 1,
    members: [
      { id: 'anna', isStaff: true, joinScene: 1 },
      { id: 'wm1', isStaff: false },
    ],
    dismissedAt: null,
    syncedAt: at(0),
  });
});

it('keeps who joined and who left, and knows the version that was announced', async () => {
  const { group, chatId, ...world } = await aGroup();
  world.platform.actions.addMembers({ chatId, ids: ['ben'], scene: 'scanned' });
  await world.settled();
  expect(await group()).toMatchObject({ memberCount: 3, staffCount: 2 });
  world.platform.actions.removeMembers({ chatId, ids: ['wm1'] });
  await world.settled();
  expect((await group())?.members.map(({ id }) => id)).toEqual(['anna', 'ben']);
  expect(await states(world)).toEqual(['create done', 'update done', 'update done']);
});

it('looks again when WeCom still tells the group as it was', async () => {
  const { group, chatId, later, ...world } = await aGroup();
  const real = world.context.wecom.groups.get;
  const before = await real(chatId);
  world.context.wecom.groups.get = async () => before;
  world.platform.actions.addMembers({ chatId, ids: ['ben'] });
  await world.settled();
  const [event] = await world.context.inbox.list('waiting', 1);
  expect(event).toMatchObject({ dueAt: at(2), faults: 0, error: expect.stringContaining('NotYetError') });
  world.context.wecom.groups.get = real;
  await later(2);
  expect(await group()).toMatchObject({ memberCount: 3 });
  expect(await states(world)).toEqual(['create done', 'update done']);
});

it('takes for the truth what WeCom tells ten seconds later, whatever was announced', async () => {
  const { chatId, later, ...world } = await aGroup();
  const before = await world.context.wecom.groups.get(chatId);
  world.context.wecom.groups.get = async () => before;
  world.platform.actions.addMembers({ chatId, ids: ['ben'] });
  await world.settled();
  await later(9);
  expect(await states(world)).toEqual(['create done', 'update waiting']);
  await later(11);
  expect(await states(world)).toEqual(['create done', 'update done']);
});

it('keeps a new name at once, and looks once more as no version tells whether it was the last', async () => {
  const { group, chatId, later, ...world } = await aGroup();
  world.platform.actions.renameGroup({ chatId, name: '启明精密服务群' });
  await world.settled();
  expect(await group()).toMatchObject({ name: '启明精密服务群' });
  expect(await states(world)).toEqual(['create done', 'update waiting']);
  await later(2);
  expect(await states(world)).toEqual(['create done', 'update waiting']);
  await later(4);
  expect(await states(world)).toEqual(['create done', 'update done']);
});

it('waits for a group that WeCom announced and does not know yet', async () => {
  const world = await aWorld({ corp: aTeamCorp([]) });
  world.platform.faults.next('groupchat/get', { errcode: 40050 });
  const { chatId } = world.platform.actions.createGroup({ ownerId: 'anna', name: '新群' });
  await world.settled();
  expect(await states(world)).toEqual(['create waiting']);
  world.setNow(at(2));
  await world.run(retryInboxJob);
  expect(await world.context.groups.find(chatId)).toMatchObject({ name: '新群', dismissedAt: null });
});

it('marks a dismissed group at the time when it was, and nothing revives it', async () => {
  const { group, chatId, later, ...world } = await aGroup();
  world.platform.actions.renameGroup({ chatId, name: '最后的名字' });
  await world.settled();
  world.setNow(at(1));
  world.platform.actions.dismissGroup({ chatId });
  await world.settled();
  await later(60);
  expect(await states(world)).toEqual(['create done', 'update done', 'dismiss done']);
  expect(await group()).toMatchObject({ dismissedAt: expect.any(Date), memberCount: 2 });
});
