import { expect, it } from 'vitest';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aSyncedWorld, type LivingWorld } from '../../support/a-world.ts';
import { contactXml, deliver } from '../../support/a-callback.ts';
import { setDue, notifiedTo } from '../../support/due-world.ts';

const START = Date.parse('2026-03-11T10:00:00+08:00');
const at = (seconds: number) => new Date(START + seconds * 1000);

const aTeam = () => aSyncedWorld({ corp: aTeamCorp([['anna', 'wm1', '启明精密']]) });
const member = ({ context }: LivingWorld, staffId: string) => context.staff.find(staffId);
const newest = async ({ context }: LivingWorld) => (await context.inbox.list(null, 1))[0];

it('knows a member who joins, changes and leaves', async () => {
  const world = await aTeam();
  world.platform.actions.createStaff({ userid: 'zoe', name: '佐伊', departments: [3] });
  await world.settled();
  expect(await member(world, 'zoe')).toMatchObject({ name: '佐伊', departmentIds: [3], isActive: true });
  world.platform.actions.updateStaff({ userid: 'zoe', departments: [2] });
  await world.settled();
  expect(await member(world, 'zoe')).toMatchObject({ departmentIds: [2] });
  world.setNow(at(60));
  world.platform.actions.removeStaff({ userid: 'zoe' });
  await world.settled();
  expect(await member(world, 'zoe')).toMatchObject({ isActive: false, standing: 'left', inactiveAt: at(60) });
});

it('moves everything of a member whose id changes', async () => {
  const world = await aTeam();
  world.platform.actions.updateStaff({ userid: 'anna', newUserid: 'anna.w' });
  await world.settled();
  expect(await member(world, 'anna')).toBeNull();
  expect(await member(world, 'anna.w')).toMatchObject({ formerIds: ['anna'] });
  const key = { staffId: 'anna.w', externalUserId: 'wm1' };
  expect(await world.context.relations.find(key)).toMatchObject({ lostAt: null });
});

it('redraws the departments when one comes, moves or goes', async () => {
  const world = await aTeam();
  const names = async () => (await world.context.departments.all()).map(({ name }) => name).sort();
  const { id } = world.platform.actions.createDepartment({ name: '客户成功部', parentId: 1 });
  await world.settled();
  expect(await names()).toContain('客户成功部');
  world.platform.actions.updateDepartment({ id, name: '服务部' });
  await world.settled();
  expect(await names()).toEqual(['服务部', '测试企业', '销售一部', '销售二部'].sort());
  world.platform.actions.deleteDepartment({ id });
  await world.settled();
  expect(await names()).not.toContain('服务部');
});

it('looks after a member whom the app sees no more, and again when it does', async () => {
  const world = await aTeam();
  world.platform.actions.setVisible({ userid: 'carl', isVisible: false });
  await world.settled();
  expect(await newest(world)).toMatchObject({ kind: 'unsubscribe', state: 'done' });
  world.platform.actions.setVisible({ userid: 'carl', isVisible: true });
  await world.settled();
  expect(await newest(world)).toMatchObject({ kind: 'subscribe', state: 'done' });
  expect(await member(world, 'carl')).toMatchObject({ isActive: true });
});

const visit = (userid: string, seconds: number) =>
  contactXml('', { at: at(seconds).toISOString() })
    .replace('<![CDATA[sys]]>', `<![CDATA[${userid}]]>`)
    .replace('change_external_contact', 'enter_agent');

it('remembers when a member last opened the app, however they are spelled and in whatever order it is told', async () => {
  const world = await aTeam();
  expect(await member(world, 'anna')).toMatchObject({ seenAt: null });
  await deliver(world.origin, visit('anna', 60));
  await deliver(world.origin, visit('Anna', 90));
  await deliver(world.origin, visit('anna', 30));
  await deliver(world.origin, visit('a.n+a', 99));
  await world.settled();
  expect(await member(world, 'anna')).toMatchObject({ seenAt: at(90) });
  expect(await world.context.inbox.count('done')).toBe(4);
});

it('answers the menu entry with what is due, each time somebody asks', async () => {
  const world = await aTeam();
  await setDue(world, '启明精密', { dueOn: '2026-03-11' });
  world.platform.actions.tapMenu({ userid: 'anna', key: 'my_due' });
  await world.settled();
  expect(notifiedTo(world, 'anna')).toEqual([expect.stringContaining('启明精密')]);
  await setDue(world, '启明精密', { dueOn: '2026-03-20' });
  world.setNow(at(60));
  world.platform.actions.tapMenu({ userid: 'anna', key: 'my_due' });
  await world.settled();
  expect(notifiedTo(world, 'anna').slice(1)).toEqual([
    expect.stringMatching(/^今天没有到期的跟进（\d\d:\d\d:\d\d）$/),
  ]);
});

it('answers again when somebody asks twice about the same list: WeCom keeps back a text it had before', async () => {
  const world = await aTeam();
  await setDue(world, '启明精密', { dueOn: '2026-03-11' });
  for (const seconds of [60, 61]) {
    world.setNow(at(seconds));
    world.platform.actions.tapMenu({ userid: 'anna', key: 'my_due' });
    await world.settled();
  }
  expect(notifiedTo(world, 'anna')).toHaveLength(2);
});

it('leaves other entries of the menu, and messages, alone', async () => {
  const world = await aTeam();
  world.platform.actions.tapMenu({ userid: 'anna', key: 'constructor' });
  world.platform.actions.tapMenu({ userid: 'anna', url: 'https://example.com' });
  world.platform.actions.writeToApp({ userid: 'anna', text: '你好' });
  await world.settled();
  const kept = (await world.context.inbox.list(null, 10)).map(({ kind, state }) => `${kind} ${state}`);
  expect(kept.sort()).toEqual(['click done', 'message.text ignored', 'view ignored']);
  expect(notifiedTo(world, 'anna')).toEqual([]);
});
