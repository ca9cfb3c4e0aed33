import { describe, expect, it } from 'vitest';
import { createStaffApi } from '../../../../server/wecom/api/staff.ts';
import { asWritten, playCase, samples, type ApiCase } from '../../../support/wecom-cases.ts';
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

/** What the book tells of one department with these members. */
async function bookOf(userlist: object[]) {
  const { staff } = await ofAnswer({ department: [{ id: 1 }], userlist });
  return (await staff.book())?.members;
}

const SAMPLE = samples('staff');

const cases: ApiCase[] = [
  [
    'looks at one member',
    (wecom) => wecom.staff.look('zhangsan'),
    ['GET', 'user/get', { userid: 'zhangsan' }],
    SAMPLE['user/get'] ?? {},
    {
      staffId: 'zhangsan',
      name: '张三',
      position: '后台工程师',
      departmentIds: [1, 2],
      leaderOf: [1],
      directLeaderIds: ['lisi'],
      standing: 'active',
    },
  ],
  [
    'reads the tree of departments',
    (wecom) => wecom.staff.tree(),
    ['GET', 'department/list', {}],
    SAMPLE['department/list'] ?? {},
    [
      { departmentId: 2, name: '广州研发中心', parentId: 1, leaderIds: ['zhangsan', 'lisi'] },
      { departmentId: 1, name: '企业', parentId: 0, leaderIds: [] },
    ],
  ],
  [
    'lists who may follow customers',
    (wecom) => wecom.staff.followers(),
    ['GET', 'externalcontact/get_follow_user_list', {}],
    SAMPLE['get_follow_user_list'] ?? {},
    ['zhangsan', 'lissi'],
  ],
];
it.each(cases)('%s', async (...played) => {
  expect(await playCase(played)).toEqual(asWritten(played));
});

describe('departments', () => {
  it('come with parent and leaders; the root has parent 0', async () => {
    expect(await (await ofSandbox()).tree()).toEqual([
      { departmentId: 1, name: '测试企业', parentId: 0, leaderIds: [] },
      { departmentId: 2, name: '销售部', parentId: 1, leaderIds: ['ZhangSan'] },
      { departmentId: 3, name: '销售二组', parentId: 2, leaderIds: [] },
    ]);
  });

  it('need not name leaders or anything but their id', async () => {
    const { staff } = await ofAnswer({ department: [{ id: 7, open_something: true }] });
    expect(await staff.tree()).toEqual([{ departmentId: 7, name: '', parentId: 0, leaderIds: [] }]);
  });
});

describe('members', () => {
  it('of a department are those directly in it', async () => {
    const server = await aTokenServer(({ path }) =>
      ok(path.endsWith('department/list') ? { department: [{ id: 9 }] } : SAMPLE['user/list']),
    );
    const book = await createStaffApi(aCaller(server.origin).call).book();
    expect(server.of('user/list').map(({ query }) => query)).toMatchObject([
      { department_id: '9', fetch_child: '0' },
    ]);
    expect(book?.members).toEqual([
      {
        staffId: 'zhangsan',
        name: '李四',
        position: '后台工程师',
        departmentIds: [1, 2],
        leaderOf: [2],
        directLeaderIds: ['lisi', 'wangwu'],
        standing: 'not_activated',
      },
    ]);
  });

  it('of a department without anybody are none', async () => {
    expect(await bookOf([])).toEqual([]);
  });

  it('lead those of their departments that say so, place by place', async () => {
    const staff = await ofSandbox();
    expect(await staff.look('ZhangSan')).toEqual({
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
    expect(await (await ofSandbox({ corp })).look('x')).toMatchObject({ standing });
  });

  it('may lack everything but their id, as new apps see little', async () => {
    expect(await bookOf([{ userid: 'x', gender: '1', extattr: { attrs: [] } }])).toEqual([
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
    expect(await staff.look('x')).toMatchObject({ leaderOf: [5] });
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
