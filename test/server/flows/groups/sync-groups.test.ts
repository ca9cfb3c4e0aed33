import { expect, it, vi } from 'vitest';
import { syncGroups } from '../../../../server/flows/groups/sync-groups.ts';
import type { SandboxGroup } from '@genjin/wecom-sandbox';
import { aTeamCorp } from '../../../support/a-team-corp.ts';
import { aWorld, type LivingWorld } from '../../../support/a-world.ts';

const aGroup = (n: number, more: Partial<SandboxGroup> = {}): SandboxGroup => ({
  chatId: `wr${n}`,
  openGid: `og${n}`,
  name: `群${n}`,
  ownerId: 'anna',
  createdAt: 1_760_000_000,
  notice: '',
  members: [
    { id: 'anna', type: 1, joinedAt: 1_760_000_000, joinScene: 1, invitorId: null, nickname: '', state: '' },
  ],
  adminIds: [],
  version: '0'.repeat(32),
  inheritance: 0,
  dismissedAt: null,
  ...more,
});

/** A corp with so many groups of anna's, read once. */
async function aGroupWorld(count: number) {
  const groups = Array.from({ length: count }, (_, n) => aGroup(n));
  const world = await aWorld({ corp: aTeamCorp([], { groups }) });
  const { context } = world;
  const { _id: runId } = await context.syncs.begin({ isFull: false, isFirst: false }, context.now());
  const sync = (more: { acceptsLosses?: boolean } = {}, owners = ['anna', 'ben']) =>
    syncGroups(context, owners, { runId, ...more });
  expect(await sync()).toEqual({ groups: count, suspicious: 0, failed: 0 });
  return { world, sync, runId };
}
const living = async ({ context }: LivingWorld) => (await context.groups.livingIds()).length;
/** Groups that vanish without a word. */
function vanish({ platform }: LivingWorld, count: number): void {
  for (const group of platform.state.groups.slice(0, count)) group.dismissedAt = 1_770_000_000;
}

it('writes only what differs', async () => {
  const { world, sync, runId } = await aGroupWorld(3);
  expect(await world.context.groups.find('wr1')).toMatchObject({
    name: '群1',
    ownerId: 'anna',
    staffCount: 1,
  });
  const save = vi.spyOn(world.context.groups, 'save');
  expect(await sync()).toEqual({ groups: 0, suspicious: 0, failed: 0 });
  expect(save).not.toHaveBeenCalled();
  for (const group of world.platform.state.groups) if (group.chatId === 'wr2') group.name = '新群名';
  expect(await sync()).toMatchObject({ groups: 1 });
  expect(save).toHaveBeenCalledTimes(1);
  expect(await world.context.groups.find('wr2')).toMatchObject({ name: '新群名' });
  expect((await world.context.syncs.find(runId)).counts.groups).toBe(4);
});

it.each([
  [21, 11, 21],
  [21, 10, 11],
  [20, 20, 0],
])('of %i groups %i vanish: %i are left', async (count, gone, left) => {
  const { world, sync, runId } = await aGroupWorld(count);
  vanish(world, gone);
  const isDoubted = left === count;
  expect(await sync()).toEqual({ groups: isDoubted ? 0 : gone, suspicious: isDoubted ? gone : 0, failed: 0 });
  expect(await living(world)).toBe(left);
  expect((await world.context.syncs.find(runId)).counts.suspicious).toBe(isDoubted ? gone : 0);
});

it('believes it when it is told to', async () => {
  const { world, sync } = await aGroupWorld(21);
  vanish(world, 21);
  expect(await sync({ acceptsLosses: true })).toMatchObject({ groups: 21, suspicious: 0 });
  expect(await living(world)).toBe(0);
});

it('asks by name for a group that no list names, and keeps it while it lives', async () => {
  const { world, sync } = await aGroupWorld(3);
  expect(await sync({}, ['ben'])).toEqual({ groups: 0, suspicious: 0, failed: 0 });
  expect(await living(world)).toBe(3);
});

it('holds nothing for dismissed because WeCom has no time or no permission', async () => {
  const { world, sync } = await aGroupWorld(2);
  vanish(world, 2);
  world.platform.faults.next('groupchat/get', { errcode: 60011 }, 2);
  expect(await sync()).toEqual({ groups: 0, suspicious: 0, failed: 2 });
  expect(await living(world)).toBe(2);
  expect(await sync()).toMatchObject({ groups: 2 });
});

it('reads the others when one cannot be read', async () => {
  const { world, sync } = await aGroupWorld(5);
  for (const group of world.platform.state.groups) group.notice = '新公告';
  world.platform.faults.next('groupchat/get', { errcode: 40058 });
  expect(await sync()).toEqual({ groups: 4, suspicious: 0, failed: 1 });
  expect(await living(world)).toBe(5);
});
