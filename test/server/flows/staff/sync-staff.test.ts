import { describe, expect, it } from 'vitest';
import { identifyCaller } from '../../../../server/flows/staff/identify-caller.ts';
import { syncStaff } from '../../../../server/flows/staff/sync-staff.ts';
import { aTeamCorp } from '../../../support/a-team-corp.ts';
import { aSyncedWorld, aWorld } from '../../../support/a-world.ts';
import { aStaff } from '../../../../packages/wecom-sandbox/test/support/small-corp.ts';

const aTeam = (settings: Record<string, string> = {}) => aSyncedWorld({ corp: aTeamCorp([]), settings });

it('knows members, departments and who leads what', async () => {
  const { context } = await aTeam();
  const members = (await context.staff.all()).map(({ _id, leaderOf, isActive }) => [_id, leaderOf, isActive]);
  expect(members).toEqual([
    ['anna', [], true],
    ['ben', [], true],
    ['carl', [], true],
    ['lena', [2], true],
    ['mark', [3], true],
    ['olga', [], true],
  ]);
  expect((await context.departments.all()).map(({ _id, parentId }) => [_id, parentId])).toEqual([
    [1, 0],
    [2, 1],
    [3, 1],
  ]);
});

it('gives each member the role and the team that WeCom says', async () => {
  const { context } = await aTeam({ ADMIN_USERIDS: 'olga, boss' });
  expect(await identifyCaller(context, 'anna')).toMatchObject({ role: 'sales', teamIds: ['anna'] });
  const lena = await identifyCaller(context, 'lena');
  expect([lena.role, [...lena.teamIds].sort()]).toEqual(['manager', ['anna', 'ben', 'lena']]);
  expect(await identifyCaller(context, 'olga')).toMatchObject({ role: 'admin' });
  expect(await identifyCaller(context, 'boss')).toMatchObject({
    role: 'admin',
    name: 'boss',
    teamIds: ['boss'],
  });
  await expect(identifyCaller(context, 'nobody')).rejects.toMatchObject({
    status: 403,
    code: 'not_a_member',
  });
});

it('takes a member who was disabled for gone, and back when enabled', async () => {
  const { context, platform } = await aTeam();
  const anna = platform.state.corp.staff.find(({ userid }) => userid === 'anna');
  if (anna) anna.status = 2;
  await syncStaff(context);
  await expect(identifyCaller(context, 'anna')).rejects.toMatchObject({ code: 'not_a_member' });
  if (anna) anna.status = 1;
  await syncStaff(context);
  expect(await identifyCaller(context, 'anna')).toMatchObject({ role: 'sales' });
});

it('drops departments that are gone, and follows a leader who moved', async () => {
  const { context, platform } = await aTeam();
  const { corp } = platform.state;
  corp.departments.pop();
  for (const member of corp.staff) {
    member.departments = member.departments.map((id) => (id === 3 ? 2 : id));
    member.leads = member.userid === 'mark' ? [2] : [];
  }
  await syncStaff(context);
  expect((await context.departments.all()).map(({ _id }) => _id)).toEqual([1, 2]);
  expect(await identifyCaller(context, 'lena')).toMatchObject({ role: 'sales' });
  expect((await identifyCaller(context, 'mark')).teamIds).toHaveLength(5);
});

it('makes do with the followers where the server has no address book at all', async () => {
  const { context, platform } = await aTeam();
  platform.faults.plan('department/list', { status: 404 });
  expect(await syncStaff(context)).toContain('anna');
  expect(await identifyCaller(context, 'anna')).toMatchObject({ role: 'sales' });
});

it('changes nobody while WeCom does not answer', async () => {
  const { context, platform } = await aTeam();
  platform.faults.plan('user/list', { errcode: 40058 });
  await expect(syncStaff(context)).rejects.toThrow('40058');
  expect(await identifyCaller(context, 'lena')).toMatchObject({ role: 'manager' });
});

/** Every way in which the app may be kept from the address book. */
const REFUSALS = [
  ['the app may not read departments', 'department/list', { errcode: 48002 }],
  ['the app may not read members', 'user/list', { errcode: 60011 }],
  ['the server has no address book', 'department/list', { status: 404 }],
] as const;

it.each(REFUSALS)('keeps names, departments and leaders where %s', async (_why, path, fault) => {
  const corp = aTeamCorp([]);
  for (const member of corp.staff) member.name = `姓名${member.userid}`;
  const { context, platform } = await aSyncedWorld({ corp });
  const before = await context.staff.all();
  platform.faults.plan(path, fault);
  platform.faults.plan('user/get', { errcode: 60011 });
  expect(await syncStaff(context)).toHaveLength(6);
  expect(await context.staff.all()).toEqual(before);
  expect(await context.departments.all()).toHaveLength(3);
  expect((await identifyCaller(context, 'lena')).teamIds).toHaveLength(3);
});

it('knows members by their id where it may read nothing from the beginning', async () => {
  const { context, platform } = await aWorld({ corp: aTeamCorp([]) });
  platform.faults.plan('department/list', { errcode: 48002 });
  platform.faults.plan('user/get', { errcode: 60011 });
  await syncStaff(context);
  expect(await context.staff.find('lena')).toMatchObject({ name: 'lena', leaderOf: [], isActive: true });
  expect(await context.departments.all()).toEqual([]);
});

it('tells disabled, not activated, hidden and gone members apart, with the day since when', async () => {
  const { context, platform, setNow } = await aTeam();
  const change = { anna: { status: 2 }, ben: { status: 4 }, carl: { isVisible: false }, mark: { status: 5 } };
  for (const member of platform.state.corp.staff)
    Object.assign(member, change[member.userid as keyof typeof change]);
  await syncStaff(context);
  const at = context.now();
  setNow('2026-03-12T10:00:00+08:00');
  await syncStaff(context);
  const standings = (await context.staff.all()).map(({ _id, standing, inactiveAt }) => [
    _id,
    standing,
    inactiveAt,
  ]);
  expect(standings).toEqual([
    ['anna', 'disabled', at],
    ['ben', 'not_activated', at],
    ['carl', 'hidden', at],
    ['lena', 'active', null],
    ['mark', 'left', at],
    ['olga', 'active', null],
  ]);
});

it('keeps what it knows of members who are gone', async () => {
  const { context, platform } = await aTeam();
  const mark = await context.staff.find('mark');
  platform.state.corp.staff = platform.state.corp.staff.filter(({ userid }) => userid !== 'mark');
  await syncStaff(context);
  const gone = { isActive: false, standing: 'left', inactiveAt: context.now(), followsCustomers: false };
  expect(await context.staff.find('mark')).toEqual({ ...mark, ...gone });
});

it('knows who may follow customers', async () => {
  const { context, platform } = await aTeam();
  const anna = platform.state.corp.staff.find(({ userid }) => userid === 'anna');
  if (anna) anna.hasCustomers = false;
  await syncStaff(context);
  expect(await context.staff.find('anna')).toMatchObject({ isActive: true, followsCustomers: false });
  if (anna) anna.hasCustomers = true;
  await syncStaff(context);
  expect(await context.staff.find('anna')).toMatchObject({ followsCustomers: true });
});

describe('a range that shrinks', () => {
  const CROWD = Array.from({ length: 22 }, (_, index) => aStaff(`s${String(index).padStart(2, '0')}`));
  const aCrowd = async () => {
    const world = await aSyncedWorld({ corp: aTeamCorp([], { staff: structuredClone(CROWD) }) });
    const leave = (count: number) =>
      world.platform.state.corp.staff.forEach((member, index) => (member.isVisible = index >= count));
    const active = async () => (await world.context.staff.all()).filter(({ isActive }) => isActive).length;
    const notices = async () => (await world.context.notices.open()).map(({ kind }) => kind);
    return { ...world, leave, active, notices };
  };

  it('to less than half is not believed: nobody is gone, and administrators are told until it is well again', async () => {
    const { context, leave, active, notices } = await aCrowd();
    leave(12);
    await syncStaff(context);
    expect([await active(), await notices()]).toEqual([22, ['staff-suspicious']]);
    leave(0);
    await syncStaff(context);
    expect([await active(), await notices()]).toEqual([22, []]);
  });

  it('to just half is believed', async () => {
    const { context, leave, active, notices } = await aCrowd();
    leave(11);
    await syncStaff(context);
    expect([await active(), await notices()]).toEqual([11, []]);
  });

  it('to nothing is not believed of the smallest corp either', async () => {
    const { context, platform } = await aTeam();
    for (const member of platform.state.corp.staff) member.isVisible = false;
    await syncStaff(context);
    expect((await context.staff.all()).every(({ isActive }) => isActive)).toBe(true);
  });
});
