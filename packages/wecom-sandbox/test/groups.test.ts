import { expect, it } from 'vitest';
import { aGroup, aMember } from './support/a-group.ts';
import { aReceiver } from './support/callback-receiver.ts';
import { openSmall } from './support/open-small.ts';
import { aSmallCorp, aStaff, MET_AT } from './support/small-corp.ts';

const LIST = 'externalcontact/groupchat/list';
const GET = 'externalcontact/groupchat/get';

const withGroups = (...groups: ReturnType<typeof aGroup>[]) => aSmallCorp({ groups });
const owned = (chatId: string, ownerId: string) => aGroup(chatId, { ownerId });
const idsIn = (answer: Record<string, unknown>) =>
  (answer['group_chat_list'] as { chat_id: string }[]).map((row) => row.chat_id);

it('lists the groups of members in sight, page by page', async () => {
  const corp = withGroups(
    owned('wr1', 'ZhangSan'),
    owned('wr2', 'lisi'),
    owned('wr3', 'hidden'),
    aGroup('wr4', { dismissedAt: MET_AT }),
    owned('wr5', 'lisi'),
  );
  const { write } = await openSmall({ corp });
  const first = await write(LIST, { limit: 2 });
  expect(first['group_chat_list']).toEqual([
    { chat_id: 'wr1', status: 0 },
    { chat_id: 'wr2', status: 0 },
  ]);
  const last = await write(LIST, { limit: 2, cursor: first['next_cursor'] });
  expect(idsIn(last)).toEqual(['wr5']);
  expect(last['next_cursor']).toBe('');
  expect(idsIn(await write(LIST, { limit: 9, owner_filter: { userid_list: ['LISI'] } }))).toEqual([
    'wr2',
    'wr5',
  ]);
  expect(
    await write(LIST, { limit: 2, owner_filter: { userid_list: ['lisi'] }, cursor: first['next_cursor'] }),
  ).toMatchObject({ errcode: 50100 });
});

it.each([
  ['no limit', {}, 40058],
  ['limit 0', { limit: 0 }, 40058],
  ['limit 1', { limit: 1 }, 0],
  ['limit 1000', { limit: 1000 }, 0],
  ['limit 1001', { limit: 1001 }, 40058],
  ['100 owners', { limit: 1, owner_filter: { userid_list: Array(100).fill('lisi') } }, 0],
  ['101 owners', { limit: 1, owner_filter: { userid_list: Array(101).fill('lisi') } }, 40058],
  ['an unknown owner', { limit: 1, owner_filter: { userid_list: ['nobody'] } }, 40003],
  ['an owner out of sight', { limit: 1, owner_filter: { userid_list: ['hidden'] } }, 60011],
])('answers a list with %s', async (_, body, errcode) => {
  const { write } = await openSmall();
  expect(await write(LIST, body)).toMatchObject({ errcode, group_chat_list: [] });
});

it('asks for owners only where more members are in sight than it lists without', async () => {
  // Four of the small corp are in sight.
  const { write, platform } = await openSmall({ corp: withGroups(aGroup('wr1')) });
  platform.rules.ownersWithoutFilter = 4;
  expect(await write(LIST, { limit: 9 })).toMatchObject({ errcode: 0 });
  platform.rules.ownersWithoutFilter = 3;
  expect(await write(LIST, { limit: 9 })).toMatchObject({ errcode: 81017 });
  expect(await write(LIST, { limit: 9, owner_filter: { userid_list: ['lisi'] } })).toMatchObject({
    errcode: 0,
  });
});

it('tells groups whose owner left from those that were inherited', async () => {
  const corp = withGroups(
    aGroup('wr0'),
    aGroup('wr1', { ownerId: 'gone' }),
    aGroup('wr2', { ownerId: 'gone', inheritance: 2 }),
    aGroup('wr3', { inheritance: 3 }),
  );
  corp.staff.push(aStaff('gone', { status: 5 }));
  const { write } = await openSmall({ corp });
  const found = [];
  for (const status_filter of [1, 2, 3]) found.push(...idsIn(await write(LIST, { limit: 9, status_filter })));
  expect(found).toEqual(['wr1', 'wr2', 'wr3']);
  expect(idsIn(await write(LIST, { limit: 9, status_filter: 0 }))).toHaveLength(4);
  expect(await write(LIST, { limit: 9, status_filter: 4 })).toMatchObject({ errcode: 40058 });
});

it('shows a group with its members; names only when asked for', async () => {
  const members = [
    aMember('ZhangSan', { invitorId: null }),
    aMember('wm1', { joinScene: 3, invitorId: null, state: 'expo', nickname: '老王' }),
  ];
  const corp = withGroups(aGroup('wr1', { members, adminIds: ['lisi'], notice: '公告' }));
  for (const person of corp.customers) if (person.externalUserId === 'wm1') person.unionId = 'union-1';
  const { write } = await openSmall({ corp });
  expect((await write(GET, { chat_id: 'wr1' }))['group_chat']).toEqual({
    chat_id: 'wr1',
    name: '群 wr1',
    owner: 'ZhangSan',
    create_time: MET_AT,
    notice: '公告',
    member_list: [
      { userid: 'ZhangSan', type: 1, join_time: MET_AT, join_scene: 1, group_nickname: '' },
      {
        userid: 'wm1',
        type: 2,
        unionid: 'union-1',
        join_time: MET_AT,
        join_scene: 3,
        group_nickname: '老王',
        state: 'expo',
      },
    ],
    admin_list: [{ userid: 'lisi' }],
    member_version: '0'.repeat(32),
  });
  const named = (await write(GET, { chat_id: 'wr1', need_name: 1 }))['group_chat'];
  expect(named).toMatchObject({ member_list: [{ name: 'ZhangSan' }, { name: 'name wm1' }] });
});

it.each([
  [{}, 40050],
  [{ chat_id: 'wrX' }, 40050],
  [{ chat_id: 'wrDismissed' }, 49008],
  [{ chat_id: 'wrHidden' }, 60011],
  [{ chat_id: 'wr1', need_name: 2 }, 40058],
])('refuses to show %j', async (body, errcode) => {
  const dismissed = aGroup('wrDismissed', { dismissedAt: MET_AT });
  const { write } = await openSmall({
    corp: withGroups(aGroup('wr1'), dismissed, owned('wrHidden', 'hidden')),
  });
  expect(await write(GET, body)).toMatchObject({ errcode, group_chat: {} });
});

it('knows a group by what a mini program calls it', async () => {
  const { write } = await openSmall({ corp: withGroups(aGroup('wr1'), owned('wr2', 'hidden')) });
  const convert = (opengid: string) => write('externalcontact/opengid_to_chatid', { opengid });
  expect(await convert('og-wr1')).toMatchObject({ errcode: 0, chat_id: 'wr1' });
  expect(await convert('og-wr2')).toMatchObject({ errcode: 90511 });
  expect(await convert('ogX')).toMatchObject({ errcode: 90511 });
});

it('tells of everything that people do with a group', async () => {
  const receiver = await aReceiver();
  const { platform, clock } = await openSmall({ callback: receiver.callback });
  const { actions } = platform;
  const { chatId } = actions.createGroup({ ownerId: 'lisi', name: '新群', memberIds: ['wm2'] });
  clock.pass(60);
  actions.addMembers({ chatId, ids: ['wm9', 'ZhangSan'] });
  actions.addMembers({ chatId, ids: ['wo3'], scene: 'scanned' });
  actions.removeMembers({ chatId, ids: ['wm9'] });
  actions.removeMembers({ chatId, ids: ['wo3'], isLeaving: true });
  actions.renameGroup({ chatId, name: '老群' });
  actions.changeNotice({ chatId, notice: '周三见' });
  actions.changeOwner({ chatId, ownerId: 'ZhangSan' });
  actions.dismissGroup({ chatId });
  await platform.settled();
  const events = receiver.letters.map((letter) => letter.event);
  expect(
    events.every((event) => event['Event'] === 'change_external_chat' && event['ChatId'] === chatId),
  ).toBe(true);
  expect(events.map((event) => event['UpdateDetail'] ?? event['ChangeType'])).toEqual([
    'create',
    'add_member',
    'add_member',
    'del_member',
    'del_member',
    'change_name',
    'change_notice',
    'change_owner',
    'dismiss',
  ]);
  expect(events[1]).toMatchObject({
    JoinScene: '0',
    MemChangeCnt: '2',
    MemChangeList: { Item: ['wm9', 'ZhangSan'] },
  });
  expect(events[2]).toMatchObject({ JoinScene: '3', MemChangeList: { Item: 'wo3' } });
  expect(events[3]).toMatchObject({ QuitScene: '1', MemChangeList: { Item: 'wm9' } });
  expect(events[4]).toMatchObject({ QuitScene: '0', LastMemVer: events[3]?.['CurMemVer'] });
  expect(events[5]).not.toHaveProperty('MemChangeList');
  const versions = events.slice(1, 5).map((event) => String(event['CurMemVer']));
  expect(new Set(versions).size).toBe(4);
  for (const version of versions) expect(version).toMatch(/^[0-9a-f]{32}$/);
});

it('keeps the version that the last event named', async () => {
  const receiver = await aReceiver();
  const { platform, write } = await openSmall({
    corp: withGroups(aGroup('wr1')),
    callback: receiver.callback,
  });
  platform.actions.addMembers({ chatId: 'wr1', ids: ['wm2'] });
  await platform.settled();
  const { member_version } = (await write(GET, { chat_id: 'wr1' }))['group_chat'] as Record<string, unknown>;
  expect(receiver.letters[0]?.event).toMatchObject({ LastMemVer: '0'.repeat(32), CurMemVer: member_version });
});

it('keeps silent about groups of members whom the app does not see', async () => {
  const receiver = await aReceiver();
  const { platform } = await openSmall({
    corp: withGroups(owned('wr1', 'hidden')),
    callback: receiver.callback,
  });
  platform.actions.renameGroup({ chatId: 'wr1', name: 'x' });
  await platform.settled();
  expect(receiver.letters).toEqual([]);
});

it('lets nobody do what the client would not', async () => {
  const { platform } = await openSmall({ corp: withGroups(aGroup('wr1')), rules: { groupMembers: 3 } });
  const { actions } = platform;
  const chat = { chatId: 'wr1' };
  expect(() => actions.addMembers({ ...chat, ids: ['wm1'] })).toThrow('已经在群里');
  expect(() => actions.addMembers({ ...chat, ids: ['wm2', 'wm9'] })).toThrow('满员');
  actions.addMembers({ ...chat, ids: ['wm2'] });
  expect(() => actions.removeMembers({ ...chat, ids: ['ZhangSan'] })).toThrow('群主');
  expect(() => actions.removeMembers({ ...chat, ids: ['wm9'] })).toThrow('不在群里');
  expect(() => actions.changeOwner({ ...chat, ownerId: 'lisi' })).toThrow('不在群里');
  expect(() => actions.changeOwner({ ...chat, ownerId: 'ZhangSan' })).toThrow('已经是群主');
  expect(() => actions.createGroup({ ownerId: 'plain', name: 'x' })).toThrow('客户联系');
  expect(() => actions.addMembers({ ...chat, ids: ['wmX'] })).toThrow('没有这个人');
  actions.dismissGroup(chat);
  expect(() => actions.renameGroup({ ...chat, name: 'x' })).toThrow('没有这个群');
});
