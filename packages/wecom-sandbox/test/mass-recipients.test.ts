import { expect, it } from 'vitest';
import { aGroup } from './support/a-group.ts';
import { openSmall } from './support/open-small.ts';
import { aRelation, aSmallCorp } from './support/small-corp.ts';

const ADD = 'externalcontact/add_msg_template';
const LIST = 'externalcontact/get_groupmsg_list_v2';
const letter = { text: { content: '周五停机维护' } };
const toGroups = { ...letter, chat_type: 'group', sender: 'ZhangSan' };
const NOW = 1_773_108_000;
const MONTH = 31 * 86_400;
const span = { start_time: NOW, end_time: NOW + MONTH };

const open = (rules: object = {}) => {
  const groups = [aGroup('wr1'), aGroup('wr2'), aGroup('wr3', { ownerId: 'lisi' })];
  return openSmall({ corp: aSmallCorp({ groups }), rules });
};
const sendList = async ({ write }: Awaited<ReturnType<typeof open>>, msgid: unknown, userid = 'ZhangSan') =>
  (await write('externalcontact/get_groupmsg_send_result', { msgid, userid }))['send_list'];

it('goes to the groups that are named, or to all groups of the sender', async () => {
  const opened = await open();
  const { write, platform } = opened;
  const named = await write(ADD, { ...toGroups, chat_id_list: ['wr1', 'wr3', 'wrX'] });
  expect(named).toMatchObject({ errcode: 0, fail_list: ['wr3', 'wrX'] });
  const all = await write(ADD, toGroups);
  expect(await sendList(opened, all['msgid'])).toEqual([]);
  for (const { msgid } of [named, all])
    platform.actions.confirmMassMessage({ userid: 'ZhangSan', msgid: String(msgid) });
  expect(await sendList(opened, named['msgid'])).toEqual([
    { chat_id: 'wr1', userid: 'ZhangSan', status: 1, send_time: NOW },
  ]);
  expect(await sendList(opened, all['msgid'])).toMatchObject([{ chat_id: 'wr1' }, { chat_id: 'wr2' }]);
});

it.each([
  ['no sender', { sender: undefined }, 40058],
  ['an unknown sender', { sender: 'nobody' }, 40003],
  ['a sender without groups', { sender: 'wangwu' }, 41048],
  ['groups of others only', { chat_id_list: ['wr3'] }, 41048],
  ['2000 groups', { chat_id_list: Array(2000).fill('wr1') }, 0],
  ['2001 groups', { chat_id_list: Array(2001).fill('wr1') }, 40058],
])('answers a message to groups with %s', async (_, more, errcode) => {
  const { write } = await open();
  expect(await write(ADD, { ...toGroups, ...more })).toMatchObject({ errcode });
});

it.each([
  ['10,000 customers', { external_userid: Array(10_000).fill('wm1') }, 0],
  ['10,001 customers', { external_userid: Array(10_001).fill('wm1') }, 40058],
  ['100 tags in one group', { tag_filter: { group_list: [{ tag_list: Array(100).fill('etHot') }] } }, 41048],
  ['101 tags in one group', { tag_filter: { group_list: [{ tag_list: Array(101).fill('etHot') }] } }, 40058],
  ['a text of 4000 bytes', { sender: 'lisi', text: { content: 'a'.repeat(4000) } }, 0],
  ['a text of 4001 bytes', { sender: 'lisi', text: { content: 'a'.repeat(4001) } }, 40058],
])('answers a message to customers with %s', async (_, more, errcode) => {
  const { write } = await open();
  expect(await write(ADD, { ...letter, ...more })).toMatchObject({ errcode });
});

it('joins tags by OR inside a group and by AND between groups, and ignores them beside named customers', async () => {
  const { write, platform } = await open();
  const made = (
    await write('externalcontact/add_corp_tag', { group_name: 'g', tag: [{ name: 'a' }, { name: 'b' }] })
  )['tag_group'] as { tag: { id: string; name: string }[] };
  const [a, b] = made.tag.map((tag) => tag.id);
  const mark = (userid: string, external_userid: string, add_tag: unknown[]) =>
    write('externalcontact/mark_tag', { userid, external_userid, add_tag });
  await mark('ZhangSan', 'wm1', [a, 'etHot']);
  await mark('lisi', 'wm2', [b]);
  const reached = async (group_list: unknown[], more: object = {}) => {
    await write(ADD, { ...letter, tag_filter: { group_list }, ...more });
    const tasks = platform.state.massMessages.at(-1)?.tasks ?? [];
    return tasks.flatMap((task) => task.recipients.map((row) => row.externalUserId));
  };
  expect(await reached([{ tag_list: [a, b] }])).toEqual(['wm1', 'wm2']);
  expect(await reached([{ tag_list: [a, b] }, { tag_list: ['etHot'] }])).toEqual(['wm1']);
  expect(await reached([{ tag_list: ['etHot'] }], { external_userid: ['wo3'] })).toEqual(['wo3']);
});

it('lets the member choose other customers only where the message says so', async () => {
  const opened = await open();
  const { write, platform } = opened;
  const fixed = await write(ADD, { ...letter, external_userid: ['wm1'], sender: 'ZhangSan' });
  const free = await write(ADD, {
    ...letter,
    external_userid: ['wm1'],
    sender: 'ZhangSan',
    allow_select: true,
  });
  const confirm = (msgid: unknown, recipients: string[]) =>
    platform.actions.confirmMassMessage({ userid: 'ZhangSan', msgid: String(msgid), recipients });
  expect(() => confirm(fixed['msgid'], ['wm2'])).toThrow('不能更换');
  expect(() => confirm(free['msgid'], ['wm9'])).toThrow('还不是联系人');
  confirm(free['msgid'], ['wm2']);
  expect(await sendList(opened, free['msgid'])).toEqual([
    { external_userid: 'wm1', userid: 'ZhangSan', status: 0 },
    { external_userid: 'wm2', userid: 'ZhangSan', status: 1, send_time: NOW },
  ]);
});

it('counts what members send by themselves together with what the corp sends', async () => {
  const opened = await open({ massPeriod: 'day' });
  const { write, platform } = opened;
  platform.actions.sendOwnMassMessage({
    userid: 'ZhangSan',
    externalUserIds: ['wm1', 'wm9'],
    text: '节日快乐',
  });
  const { msgid } = await write(ADD, { ...letter, external_userid: ['wm1', 'wm2'], sender: 'ZhangSan' });
  platform.actions.confirmMassMessage({ userid: 'ZhangSan', msgid: String(msgid) });
  expect(await sendList(opened, msgid)).toMatchObject([{ status: 3 }, { status: 1 }]);
  expect(platform.state.massMessages[0]?.tasks[0]?.recipients).toMatchObject([{ status: 1 }, { status: 2 }]);
});

it.each([
  ['day', 1],
  ['week', 7],
  // March.
  ['month', 31],
] as const)('accepts per %s as many as it has days', async (massPeriod, most) => {
  const { platform } = await open({ massPeriod });
  const statusOfNext = () => {
    const wish = { userid: 'ZhangSan', externalUserIds: ['wm1'], text: 'x' };
    platform.actions.sendOwnMassMessage(wish);
    return platform.state.massMessages.at(-1)?.tasks[0]?.recipients[0]?.status;
  };
  for (let count = 0; count < most; count += 1) expect(statusOfNext()).toBe(1);
  expect(statusOfNext()).toBe(3);
});

it('fails for a group that was dismissed or changed hands, and for one that had enough', async () => {
  const opened = await open({ massPeriod: 'day' });
  const { write, platform } = opened;
  const send = async (chat_id_list: string[]) => (await write(ADD, { ...toGroups, chat_id_list }))['msgid'];
  const [first, second] = [await send(['wr1', 'wr2']), await send(['wr1'])];
  platform.actions.dismissGroup({ chatId: 'wr2' });
  for (const msgid of [first, second])
    platform.actions.confirmMassMessage({ userid: 'ZhangSan', msgid: String(msgid) });
  expect(await sendList(opened, first)).toMatchObject([{ status: 1 }, { chat_id: 'wr2', status: 2 }]);
  expect(await sendList(opened, second)).toMatchObject([{ status: 3 }]);
});

it('lists by kind of chat, by maker and by creator', async () => {
  const { write, platform } = await open();
  await write(ADD, toGroups);
  await write(ADD, { ...letter, sender: 'lisi' });
  platform.actions.sendOwnMassMessage({ userid: 'lisi', externalUserIds: ['wm2'], text: '我自己的' });
  const rows = async (more: object) => (await write(LIST, { ...span, ...more }))['group_msg_list'];
  expect(await rows({ chat_type: 'group' })).toHaveLength(1);
  expect(await rows({ chat_type: 'single' })).toHaveLength(2);
  expect(await rows({ chat_type: 'single', filter_type: 0 })).toMatchObject([
    { create_type: 0, text: letter.text },
  ]);
  const own = [{ create_type: 1, creator: 'lisi', text: { content: '我自己的' } }];
  expect(await rows({ chat_type: 'single', filter_type: 1 })).toMatchObject(own);
  expect(await rows({ chat_type: 'single', creator: 'LISI' })).toMatchObject(own);
  expect(await rows({ chat_type: 'single', creator: 'ZhangSan' })).toEqual([]);
  expect(await write(LIST, { ...span, chat_type: 'single', filter_type: 3 })).toMatchObject({
    errcode: 40058,
  });
  expect(await write(LIST, { ...span, chat_type: 'single', end_time: NOW + MONTH + 1 })).toMatchObject({
    errcode: 40058,
  });
});

it('answers nothing about a message that is still being dispatched', async () => {
  const { write, clock } = await open({ dispatchSeconds: 30 });
  const { msgid } = await write(ADD, { ...letter, sender: 'lisi' });
  const body = { msgid, userid: 'lisi' };
  const names = [
    'get_groupmsg_task',
    'get_groupmsg_send_result',
    'remind_groupmsg_send',
    'cancel_groupmsg_send',
  ];
  clock.pass(29);
  for (const name of names)
    expect(await write(`externalcontact/${name}`, body)).toMatchObject({ errcode: 41063 });
  clock.pass(1);
  for (const name of names)
    expect(await write(`externalcontact/${name}`, body)).toMatchObject({ errcode: 0 });
});

it('shows a member the groups of his task by name', async () => {
  const { write, control } = await open();
  await write(ADD, { ...toGroups, chat_id_list: ['wr1'] });
  const { items } = await (await control('messages?person=staff:ZhangSan')).json();
  expect(items).toMatchObject([{ kind: 'task', recipients: [{ name: '群 wr1' }] }]);
});

it('gives a customer of several members to the one who talked with him last', async () => {
  const corp = aSmallCorp();
  corp.relations = [aRelation('ZhangSan', 'wm2', { talkedAt: NOW - 60 }), aRelation('lisi', 'wm2')];
  const { write, platform } = await openSmall({ corp });
  await write(ADD, { ...letter, external_userid: ['wm2'] });
  expect(platform.state.massMessages[0]?.tasks.map((task) => task.userid)).toEqual(['ZhangSan']);
});
