import { expect, it } from 'vitest';
import { ok } from '../../../support/wecom-parts.ts';
import { asWritten, aWecom, playCase, read, samples, type ApiCase } from '../../../support/wecom-cases.ts';

const SAMPLE = samples('staff');

const cases: ApiCase[] = [
  [
    'tells about one member',
    (wecom) => wecom.staff.member('zhangsan'),
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
    'lists the members of a department',
    (wecom) => wecom.staff.members(1),
    ['GET', 'user/list', { department_id: '1', fetch_child: '0' }],
    SAMPLE['user/list'] ?? {},
    [
      {
        staffId: 'zhangsan',
        name: '李四',
        position: '后台工程师',
        departmentIds: [1, 2],
        leaderOf: [2],
        directLeaderIds: ['lisi', 'wangwu'],
        standing: 'not_activated',
      },
    ],
  ],
  [
    'lists the names of a department',
    (wecom) => wecom.staff.names(1),
    ['GET', 'user/simplelist', { department_id: '1' }],
    SAMPLE['user/simplelist'] ?? {},
    [{ staffId: 'zhangsan', name: '张三', departmentIds: [1, 2] }],
  ],
  [
    'lists ids, once for each department',
    (wecom) => wecom.staff.ids(),
    ['POST', 'user/list_id', { limit: 10_000 }],
    SAMPLE['user/list_id'] ?? {},
    [
      { staffId: 'zhangsan', departmentId: 1 },
      { staffId: 'zhangsan', departmentId: 2 },
    ],
  ],
  [
    'lists departments',
    (wecom) => wecom.staff.departments(),
    ['GET', 'department/list', {}],
    SAMPLE['department/list'] ?? {},
    [
      { departmentId: 2, name: '广州研发中心', parentId: 1, leaderIds: ['zhangsan', 'lisi'] },
      { departmentId: 1, name: '企业', parentId: 0, leaderIds: [] },
    ],
  ],
  [
    'lists all departments by id',
    (wecom) => wecom.staff.departmentTree(),
    ['GET', 'department/simplelist', {}],
    SAMPLE['department/simplelist'] ?? {},
    [
      { departmentId: 2, parentId: 1, order: 10 },
      { departmentId: 3, parentId: 2, order: 40 },
    ],
  ],
  [
    'lists the departments below one',
    (wecom) => wecom.staff.departmentTree(2),
    ['GET', 'department/simplelist', { id: '2' }],
    { department_id: [] },
    [],
  ],
  [
    'tells about one department',
    (wecom) => wecom.staff.department(2),
    ['GET', 'department/get', { id: '2' }],
    SAMPLE['department/get'] ?? {},
    { departmentId: 2, name: '广州研发中心', parentId: 1, leaderIds: ['zhangsan', 'lisi'] },
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

it('reads ids page by page', async () => {
  const { wecom, sent } = await aWecom((_, before) =>
    ok({ dept_user: [{ userid: `u${before}`, department: '1' }], next_cursor: before === 0 ? 'c' : null }),
  );
  expect(await read(wecom.staff.ids())).toEqual([
    { staffId: 'u0', departmentId: 1 },
    { staffId: 'u1', departmentId: 1 },
  ]);
  expect(sent().map(({ body }) => body)).toEqual([{ limit: 10_000 }, { limit: 10_000, cursor: 'c' }]);
});

it('bears lists that are empty', async () => {
  const { wecom } = await aWecom(() => ok({ userlist: [] }));
  expect(await wecom.staff.members(1)).toEqual([]);
  expect(await wecom.staff.names(1)).toEqual([]);
});

it('names the department without an id', async () => {
  const { wecom } = await aWecom(() => ok({ department: { name: 'x' } }));
  await expect(wecom.staff.department(2)).rejects.toMatchObject({
    path: '/cgi-bin/department/get',
    reason: 'unexpected shape: department.id invalid_type',
  });
});
