import { describe, expect, it } from 'vitest';
import { createStaffApi } from '../../../../server/wecom/api/staff.ts';
import { aCaller, aTokenServer, ok } from '../../../support/wecom-parts.ts';
import { openSmall } from '../../../../packages/wecom-sandbox/test/support/open-small.ts';
import { aSmallCorp, aStaff } from '../../../../packages/wecom-sandbox/test/support/small-corp.ts';

async function ofSandbox(...options: Parameters<typeof openSmall>) {
  const { platform } = await openSmall(...options);
  return createStaffApi(aCaller(platform.origin).call);
}

async function ofAnswer(fields: object) {
  const server = await aTokenServer(() => ok(fields));
  return { server, staff: createStaffApi(aCaller(server.origin).call) };
}

describe('departments', () => {
  it('come with parent and leaders; the root has parent 0', async () => {
    expect(await (await ofSandbox()).departments()).toEqual([
      { departmentId: 1, name: '测试企业', parentId: 0, leaderIds: [] },
      { departmentId: 2, name: '销售部', parentId: 1, leaderIds: ['ZhangSan'] },
      { departmentId: 3, name: '销售二组', parentId: 2, leaderIds: [] },
    ]);
  });

  it('need not name leaders or anything but their id', async () => {
    const { staff } = await ofAnswer({ department: [{ id: 7, open_something: true }] });
    expect(await staff.departments()).toEqual([{ departmentId: 7, name: '', parentId: 0, leaderIds: [] }]);
  });
});

describe('members', () => {
  it('of a department are those directly in it and in sight', async () => {
    const staff = await ofSandbox();
    expect((await staff.members(2)).map(({ staffId }) => staffId)).toEqual(['ZhangSan', 'wangwu', 'plain']);
    expect((await staff.members(3)).map(({ staffId }) => staffId)).toEqual(['ZhangSan', 'lisi']);
    expect(await staff.members(1)).toEqual([]);
  });

  it('lead those of their departments that say so, place by place', async () => {
    const staff = await ofSandbox();
    expect(await staff.member('ZhangSan')).toEqual({
      staffId: 'ZhangSan',
      name: 'ZhangSan',
      position: '销售',
      departmentIds: [2, 3],
      leaderOf: [2],
      directLeaderIds: [],
      standing: 'active',
    });
  });

  it.each([
    [1, 'active'],
    [2, 'disabled'],
    [4, 'not_activated'],
  ] as const)('with status %i are %s', async (status, standing) => {
    const corp = aSmallCorp({ staff: [aStaff('x', { status })], relations: [] });
    expect((await (await ofSandbox({ corp })).member('x')).standing).toBe(standing);
  });

  it('may lack everything but their id, as new apps see little', async () => {
    const { staff } = await ofAnswer({ userlist: [{ userid: 'x', gender: '1', extattr: { attrs: [] } }] });
    expect(await staff.members(1)).toEqual([
      {
        staffId: 'x',
        name: 'x',
        position: '',
        departmentIds: [],
        leaderOf: [],
        directLeaderIds: [],
        standing: 'active',
      },
    ]);
  });

  it('may have fewer leader marks than departments', async () => {
    const { staff } = await ofAnswer({ userid: 'x', department: [4, 5, 6], is_leader_in_dept: [0, 1] });
    expect((await staff.member('x')).leaderOf).toEqual([5]);
  });

  it('are asked for without sub-departments, which are asked for by themselves', async () => {
    const { staff, server } = await ofAnswer({ userlist: [] });
    await staff.members(9);
    expect(server.of('user/list')[0]?.query).toMatchObject({ department_id: '9', fetch_child: '0' });
  });

  it.each([
    ['hidden', 60011],
    ['nobody', 60111],
  ])('%s cannot be read: %i', async (userid, errcode) => {
    await expect((await ofSandbox()).member(userid)).rejects.toMatchObject({ errcode });
  });
});

it('followers are the members in sight who may have customers', async () => {
  expect(await (await ofSandbox()).followers()).toEqual(['ZhangSan', 'lisi', 'wangwu']);
});

const ofFault = async (path: string, errcode: number) => {
  const { platform } = await openSmall();
  platform.faults.plan(path, { errcode });
  return createStaffApi(aCaller(platform.origin).call);
};

describe('where the app may not read everything', () => {
  it.each([
    ['hidden', 'silent'],
    ['nobody', 'unknown'],
  ])('a look at %s finds: %s', async (userid, found) => {
    expect(await (await ofSandbox()).look(userid)).toBe(found);
  });

  it('a look finds the member who can be read, and fails while WeCom is busy', async () => {
    expect(await (await ofSandbox()).look('lisi')).toMatchObject({
      staffId: 'lisi',
      directLeaderIds: ['ZhangSan'],
    });
    await expect((await ofFault('user/get', 45033)).look('lisi')).rejects.toThrow('45033');
  });

  it('there is no tree and no book; a failure is a failure', async () => {
    expect(await (await ofFault('department/list', 48002)).tree()).toBeNull();
    expect(await (await ofFault('user/list', 60011)).book()).toBeNull();
    await expect((await ofFault('department/list', 40058)).tree()).rejects.toThrow('40058');
    await expect((await ofFault('user/list', 40058)).book()).rejects.toThrow('40058');
  });

  it('the book holds a member of two departments once', async () => {
    const book = await (await ofSandbox()).book();
    expect(book?.members.map(({ staffId }) => staffId)).toEqual(['ZhangSan', 'wangwu', 'plain', 'lisi']);
  });
});
