import { expect, it } from 'vitest';
import { identifyCaller } from '../../../../server/flows/staff/identify-caller.ts';
import { syncStaff } from '../../../../server/flows/staff/sync-staff.ts';
import { aTeamCorp } from '../../../support/a-team-corp.ts';
import { aSyncedWorld } from '../../../support/a-world.ts';

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
  platform.faults.next('department/list', { status: 404 });
  expect(await syncStaff(context)).toContain('anna');
  expect(await identifyCaller(context, 'anna')).toMatchObject({ role: 'sales' });
});

it('changes nobody while WeCom does not answer', async () => {
  const { context, platform } = await aTeam();
  platform.faults.next('user/list', { errcode: 40058 });
  await expect(syncStaff(context)).rejects.toThrow('40058');
  expect(await identifyCaller(context, 'lena')).toMatchObject({ role: 'manager' });
});
