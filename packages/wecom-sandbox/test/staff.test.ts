import { expect, it } from 'vitest';
import { openSmall } from './support/open-small.ts';

it('lists departments with their leaders, whole or from one downwards', async () => {
  const { read } = await openSmall();
  const all = await read('department/list');
  expect(all['department']).toEqual([
    { id: 1, name: '测试企业', name_en: '', department_leader: [], parentid: 0, order: 300 },
    { id: 2, name: '销售部', name_en: '', department_leader: ['ZhangSan'], parentid: 1, order: 200 },
    { id: 3, name: '销售二组', name_en: '', department_leader: [], parentid: 2, order: 100 },
  ]);
  expect(await read('department/simplelist', { id: '2' })).toMatchObject({
    department_id: [
      { id: 2, parentid: 1, order: 200 },
      { id: 3, parentid: 2, order: 100 },
    ],
  });
  expect(await read('department/list', { id: '99' })).toMatchObject({ errcode: 60123, department: [] });
});

const ids = (answer: Record<string, unknown>) =>
  (answer['userlist'] as { userid: string }[]).map((row) => row.userid);

it('lists the members of a department, with those below it only when asked', async () => {
  const { read } = await openSmall();
  expect(ids(await read('user/simplelist', { department_id: '1' }))).toEqual([]);
  expect(ids(await read('user/simplelist', { department_id: '1', fetch_child: '1' }))).toEqual([
    'ZhangSan',
    'lisi',
    'wangwu',
    'plain',
  ]);
  const list = await read('user/list', { department_id: '3' });
  expect(list['userlist']).toMatchObject([
    { userid: 'ZhangSan', department: [2, 3], is_leader_in_dept: [1, 0], status: 1, main_department: 2 },
    { userid: 'lisi', direct_leader: ['ZhangSan'] },
  ]);
});

it('hides what an app made today may not see of a member', async () => {
  const { read } = await openSmall();
  const member = await read('user/get', { userid: 'zhangsan' });
  expect(member).toMatchObject({ errcode: 0, userid: 'ZhangSan' });
  for (const field of ['mobile', 'email', 'avatar', 'gender', 'address'])
    expect(member).not.toHaveProperty(field);
  expect(await read('user/get', { userid: 'nobody' })).toMatchObject({ errcode: 60111 });
  expect(await read('user/get', { userid: 'hidden' })).toMatchObject({ errcode: 60011 });
});

it('pages through member ids, one row per department', async () => {
  const { write } = await openSmall();
  const first = await write('user/list_id', { limit: 3 });
  const second = await write('user/list_id', { limit: 3, cursor: first['next_cursor'] });
  const rows = [first, second].flatMap((page) => page['dept_user'] as unknown[]);
  expect(rows).toHaveLength(5);
  expect(rows).toContainEqual({ userid: 'ZhangSan', department: 3 });
  expect(second['next_cursor']).toBe('');
});
