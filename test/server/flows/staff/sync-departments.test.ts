import { expect, it } from 'vitest';
import { identifyCaller } from '../../../../server/flows/staff/identify-caller.ts';
import { syncDepartments } from '../../../../server/flows/staff/sync-departments.ts';
import { aTeamCorp } from '../../../support/a-team-corp.ts';
import { aSyncedWorld } from '../../../support/a-world.ts';

const aTeam = () => aSyncedWorld({ corp: aTeamCorp([]) });

it('follows the tree: who leads a department sees the one that was put below it', async () => {
  const { context, platform } = await aTeam();
  for (const department of platform.state.corp.departments) if (department.id === 3) department.parentId = 2;
  await syncDepartments(context);
  expect([...(await identifyCaller(context, 'lena')).teamIds].sort()).toEqual([
    'anna',
    'ben',
    'carl',
    'lena',
    'mark',
  ]);
});

it('follows who leads what, also into a department that the leader is not in', async () => {
  const { context, platform } = await aTeam();
  for (const member of platform.state.corp.staff)
    if (['lena', 'olga'].includes(member.userid)) member.leads = member.userid === 'olga' ? [2] : [];
  await syncDepartments(context);
  expect(await identifyCaller(context, 'lena')).toMatchObject({ role: 'sales', teamIds: ['lena'] });
  expect([...(await identifyCaller(context, 'olga')).teamIds].sort()).toEqual([
    'anna',
    'ben',
    'lena',
    'olga',
  ]);
  expect((await identifyCaller(context, 'mark')).role).toBe('manager');
});

it('drops a department that is gone, and what was led with it', async () => {
  const { context, platform } = await aTeam();
  platform.state.corp.departments.pop();
  await syncDepartments(context);
  expect((await context.departments.all()).map(({ _id }) => _id)).toEqual([1, 2]);
  expect((await context.staff.find('mark'))?.leaderOf).toEqual([]);
});

it.each([
  ['the app may not read departments', { errcode: 60011 }],
  ['the server has no address book', { status: 404 }],
])('changes nothing where %s', async (_why, fault) => {
  const { context, platform } = await aTeam();
  const before = [await context.departments.all(), await context.staff.all()];
  platform.state.corp.departments.pop();
  platform.faults.plan('department/list', fault);
  await syncDepartments(context);
  expect([await context.departments.all(), await context.staff.all()]).toEqual(before);
});

it('believes no empty tree', async () => {
  const { context, platform } = await aTeam();
  platform.state.corp.departments.splice(0);
  await syncDepartments(context);
  expect(await context.departments.all()).toHaveLength(3);
});

it('fails when WeCom fails, so that the event is tried again', async () => {
  const { context, platform } = await aTeam();
  platform.faults.next('department/list', { errcode: 40058 });
  await expect(syncDepartments(context)).rejects.toThrow('40058');
});
