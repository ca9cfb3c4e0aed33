import { expect, it } from 'vitest';
import { aReceiver } from './support/callback-receiver.ts';
import { openSmall } from './support/open-small.ts';

/** What the address book told, without what every event has. */
async function openHeard(rules: NonNullable<Parameters<typeof openSmall>[0]>['rules'] = {}) {
  const receiver = await aReceiver();
  const small = await openSmall({ ...receiver, rules: { retryDelayMs: 1, ...rules } });
  const told = async () => {
    await small.platform.settled();
    return receiver.letters.map(({ event }) => {
      const { ToUserName: _to, FromUserName: _from, CreateTime: _at, MsgType: _type, ...rest } = event;
      return rest;
    });
  };
  return { ...small, told };
}

const EVENT = { Event: 'change_contact' };

it('tells of a new member, without personal data as new set-ups get it', async () => {
  const { platform, told, read } = await openHeard();
  platform.actions.createStaff({ userid: 'new.one', name: '新人', departments: [2, 3], leads: [3] });
  expect(await told()).toEqual([
    {
      ...EVENT,
      ChangeType: 'create_user',
      UserID: 'new.one',
      Department: '2,3',
      MainDepartment: '2',
      IsLeaderInDept: '0,1',
    },
  ]);
  expect(await read('user/get', { userid: 'NEW.ONE' })).toMatchObject({ name: '新人', status: 1 });
});

it('tells all of it to older set-ups, and nothing where the app may not hear', async () => {
  const full = await openHeard({ staffEvents: 'full' });
  full.platform.actions.updateStaff({ userid: 'lisi', name: '李四', position: '经理', status: 2 });
  expect(await full.told()).toEqual([
    { ...EVENT, ChangeType: 'update_user', UserID: 'lisi', Name: '李四', Position: '经理', Status: '2' },
  ]);
  const none = await openHeard({ staffEvents: 'none' });
  none.platform.actions.updateStaff({ userid: 'lisi', name: '李四' });
  expect(await none.told()).toEqual([]);
});

it('tells only what changed', async () => {
  const { platform, told, read } = await openHeard();
  platform.actions.updateStaff({ userid: 'lisi', departments: [2], directLeaders: [] });
  expect(await told()).toEqual([
    { ...EVENT, ChangeType: 'update_user', UserID: 'lisi', Department: '2', MainDepartment: '2' },
  ]);
  expect(await read('user/get', { userid: 'lisi' })).toMatchObject({ department: [2], direct_leader: [] });
});

it('renames a member everywhere', async () => {
  const { platform, told, read, write } = await openHeard();
  const { msgid } = await write('externalcontact/add_msg_template', {
    sender: 'ZhangSan',
    text: { content: 'x' },
  });
  const { chatId } = platform.actions.createGroup({ ownerId: 'ZhangSan', name: '群', memberIds: ['wm1'] });
  platform.actions.updateStaff({ userid: 'zhangsan', newUserid: 'zhang.san' });
  expect((await told()).at(-1)).toEqual({
    ...EVENT,
    ChangeType: 'update_user',
    UserID: 'ZhangSan',
    NewUserID: 'zhang.san',
  });
  expect(await read('externalcontact/list', { userid: 'zhang.san' })).toMatchObject({
    external_userid: ['wm1', 'wm2'],
  });
  expect(await read('externalcontact/list', { userid: 'ZhangSan' })).toMatchObject({ errcode: 40003 });
  expect(await read('user/get', { userid: 'lisi' })).toMatchObject({ direct_leader: ['zhang.san'] });
  expect(platform.state.massMessages[0]).toMatchObject({ msgid, tasks: [{ userid: 'zhang.san' }] });
  expect(platform.state.groups.find((group) => group.chatId === chatId)).toMatchObject({
    ownerId: 'zhang.san',
    members: [{ id: 'zhang.san' }, { id: 'wm1' }],
  });
});

it('lets a member leave: unknown to the API, his customers still in the book', async () => {
  const { platform, told, read } = await openHeard();
  platform.actions.removeStaff({ userid: 'lisi' });
  expect(await told()).toEqual([{ ...EVENT, ChangeType: 'delete_user', UserID: 'lisi' }]);
  expect(await read('user/get', { userid: 'lisi' })).toMatchObject({ errcode: 60111 });
  expect(await read('externalcontact/get_follow_user_list')).toMatchObject({
    follow_user: ['ZhangSan', 'wangwu'],
  });
  expect(platform.state.corp.relations.some((row) => row.userid === 'lisi')).toBe(true);
  expect(() => platform.actions.removeStaff({ userid: 'lisi' })).toThrow('已经离职');
});

it('makes, moves and deletes departments', async () => {
  const { platform, told, read } = await openHeard({ staffEvents: 'full' });
  const { id } = platform.actions.createDepartment({ name: '新部', parentId: 1, order: 5 });
  platform.actions.updateDepartment({ id, parentId: 3, name: '新组' });
  expect(await read('department/get', { id: String(id) })).toMatchObject({
    department: { id: 4, name: '新组', parentid: 3, order: 5, department_leader: [] },
  });
  expect(await read('department/simplelist', { id: '2' })).toMatchObject({
    department_id: [{ id: 2 }, { id: 3 }, { id: 4, parentid: 3 }],
  });
  platform.actions.deleteDepartment({ id });
  expect(await told()).toEqual([
    { ...EVENT, ChangeType: 'create_party', Id: '4', Name: '新部', ParentId: '1', Order: '5' },
    { ...EVENT, ChangeType: 'update_party', Id: '4', ParentId: '3', Name: '新组' },
    { ...EVENT, ChangeType: 'delete_party', Id: '4' },
  ]);
  expect(await read('department/get', { id: String(id) })).toMatchObject({ errcode: 60123, department: {} });
});

it('finds the whole branch even when a child stands before its parent', async () => {
  const { platform, read } = await openHeard();
  const { id } = platform.actions.createDepartment({ name: '大区', parentId: 1 });
  platform.actions.updateDepartment({ id: 2, parentId: id });
  expect(await read('department/simplelist', { id: String(id) })).toMatchObject({
    department_id: [{ id: 2 }, { id: 3 }, { id }],
  });
});

it('refuses what the console refuses', async () => {
  const { platform } = await openHeard();
  const { actions } = platform;
  expect(() => actions.createStaff({ userid: 'LISI' })).toThrow('已有');
  expect(() => actions.createStaff({ userid: '李四' })).toThrow('账号');
  expect(() => actions.createStaff({ userid: 'a'.repeat(65) })).toThrow('账号');
  expect(() => actions.createStaff({ userid: 'a'.repeat(64) })).not.toThrow();
  expect(() => actions.createStaff({ userid: 'b', departments: [9] })).toThrow('部门');
  expect(() => actions.updateStaff({ userid: 'lisi', newUserid: 'wangwu' })).toThrow('已有');
  expect(() => actions.updateDepartment({ id: 2, parentId: 3 })).toThrow('自己下面');
  expect(() => actions.updateDepartment({ id: 2, parentId: 2 })).toThrow('自己下面');
  expect(() => actions.deleteDepartment({ id: 2 })).toThrow('还有');
  expect(() => actions.createDepartment({ name: 'x', parentId: 9 })).toThrow('没有这个部门');
});

it('is done through the control API too', async () => {
  const { control, told } = await openHeard();
  await control('act/create-staff', { body: { userid: 'new' } });
  await control('act/update-staff', { body: { userid: 'new', newUserid: 'newer' } });
  await control('act/remove-staff', { body: { userid: 'newer' } });
  expect((await told()).map((event) => event['ChangeType'])).toEqual([
    'create_user',
    'update_user',
    'delete_user',
  ]);
  expect((await control('act/update-staff', { body: { userid: 'lisi', status: 5 } })).status).toBe(400);
});
