import { expect, it } from 'vitest';
import { openSmall } from './support/open-small.ts';
import { aRelation, aSmallCorp, MET_AT } from './support/small-corp.ts';

const ADD = 'externalcontact/add_msg_template';
const letter = {
  text: { content: '请给我们打分' },
  attachments: [{ msgtype: 'link', link: { title: '满意度调查', url: 'http://localhost:3000/s/abc' } }],
};

async function withMass(body: object = { external_userid: ['wm1', 'wm2', 'wmX', 'wm9'] }) {
  const opened = await openSmall();
  const answer = await opened.write(ADD, { ...letter, ...body });
  return { ...opened, answer, msgid: String(answer['msgid']) };
}

it('makes one task per member, for the follower who talked last, and names whom nobody can reach', async () => {
  const { answer, platform } = await withMass();
  expect(answer).toMatchObject({ errcode: 0, fail_list: ['wmX', 'wm9'] });
  expect(platform.state.massMessages[0]?.tasks).toMatchObject([
    { userid: 'ZhangSan', status: 'waiting', recipients: [{ externalUserId: 'wm1' }] },
    { userid: 'lisi', status: 'waiting', recipients: [{ externalUserId: 'wm2' }] },
  ]);
});

it('goes to all customers of a sender, or to the customers with tags', async () => {
  const { write, platform } = await openSmall();
  await write('externalcontact/mark_tag', { userid: 'ZhangSan', external_userid: 'wm1', add_tag: ['etHot'] });
  await write(ADD, { ...letter, sender: 'lisi' });
  await write(ADD, { ...letter, tag_filter: { group_list: [{ tag_list: ['etHot', 'etX'] }] } });
  const reached = platform.state.massMessages.map((mass) =>
    mass.tasks.flatMap((task) => task.recipients.map((row) => `${task.userid}:${row.externalUserId}`)),
  );
  expect(reached).toEqual([['lisi:wm2', 'lisi:wo3'], ['ZhangSan:wm1']]);
});

it('refuses when nobody can be reached or nothing is said', async () => {
  const { write } = await openSmall();
  expect(await write(ADD, { ...letter, external_userid: ['wm9'] })).toMatchObject({
    errcode: 41048,
    fail_list: ['wm9'],
  });
  expect(await write(ADD, letter)).toMatchObject({ errcode: 40058 });
  expect(await write(ADD, { external_userid: ['wm1'] })).toMatchObject({ errcode: 40058 });
  expect(await write(ADD, { ...letter, sender: 'nobody' })).toMatchObject({ errcode: 40003 });
});

it('reaches customers only when the member confirms, and then tells who got it', async () => {
  const { write, platform, clock, msgid } = await withMass();
  expect(await write('externalcontact/get_groupmsg_task', { msgid })).toMatchObject({
    task_list: [
      { userid: 'ZhangSan', status: 0 },
      { userid: 'lisi', status: 0 },
    ],
  });
  expect(platform.state.messages).toEqual([]);
  clock.pass(60);
  platform.actions.confirmMassMessage({ userid: 'lisi', msgid });
  const tasks = (await write('externalcontact/get_groupmsg_task', { msgid }))['task_list'];
  expect(tasks).toEqual([
    { userid: 'ZhangSan', status: 0 },
    { userid: 'lisi', status: 2, send_time: 1_773_108_060 },
  ]);
  const result = await write('externalcontact/get_groupmsg_send_result', { msgid, userid: 'lisi' });
  expect(result['send_list']).toEqual([
    { external_userid: 'wm2', userid: 'lisi', status: 1, send_time: 1_773_108_060 },
  ]);
  expect(platform.state.messages).toMatchObject([
    { from: 'staff:lisi', to: 'customer:wm2', links: [{ url: 'http://localhost:3000/s/abc' }] },
  ]);
  expect(() => platform.actions.confirmMassMessage({ userid: 'lisi', msgid })).toThrow('已发送');
});

it('fails for those who are friends no more', async () => {
  const { write, platform, msgid } = await withMass({ external_userid: ['wm1', 'wm2'], sender: 'ZhangSan' });
  platform.actions.deleteStaff({ userid: 'ZhangSan', externalUserId: 'wm1' });
  platform.actions.confirmMassMessage({ userid: 'ZhangSan', msgid });
  const result = await write('externalcontact/get_groupmsg_send_result', { msgid, userid: 'ZhangSan' });
  expect(result['send_list']).toMatchObject([
    { external_userid: 'wm1', status: 2 },
    { external_userid: 'wm2', status: 1 },
  ]);
});

it('fails for a customer who already had as many as the period allows', async () => {
  const { write, platform, clock } = await openSmall({ rules: { massPeriod: 'day', massPerPeriod: 1 } });
  const statusOfNext = async () => {
    const { msgid } = await write(ADD, { ...letter, external_userid: ['wm1'] });
    platform.actions.confirmMassMessage({ userid: 'ZhangSan', msgid: String(msgid) });
    const result = await write('externalcontact/get_groupmsg_send_result', { msgid, userid: 'ZhangSan' });
    return (result['send_list'] as { status: number }[])[0]?.status;
  };
  expect(await statusOfNext()).toBe(1);
  expect(await statusOfNext()).toBe(3);
  clock.pass(86_400);
  expect(await statusOfNext()).toBe(1);
});

it('can be stopped before it is confirmed', async () => {
  const { write, platform, msgid } = await withMass();
  platform.actions.confirmMassMessage({ userid: 'lisi', msgid });
  expect(await write('externalcontact/cancel_groupmsg_send', { msgid })).toMatchObject({ errcode: 0 });
  expect(() => platform.actions.confirmMassMessage({ userid: 'ZhangSan', msgid })).toThrow('已停止');
  expect(platform.state.massMessages[0]?.tasks.map((task) => task.status)).toEqual(['cancelled', 'sent']);
});

it('reminds the waiting members at most three times a day', async () => {
  const { write, platform, clock, msgid } = await withMass();
  platform.actions.confirmMassMessage({ userid: 'lisi', msgid });
  const remind = () => write('externalcontact/remind_groupmsg_send', { msgid });
  for (let times = 0; times < 3; times += 1) expect(await remind()).toMatchObject({ errcode: 0 });
  expect(await remind()).toMatchObject({ errcode: 45009 });
  expect(
    platform.state.messages.filter((message) => message.kind === 'app').map((message) => message.to),
  ).toEqual(Array(3).fill('ZhangSan'));
  clock.pass(86_400);
  expect(await remind()).toMatchObject({ errcode: 0 });
});

it('lists messages of up to a month, the newest first, in pages', async () => {
  const { write, clock } = await openSmall();
  for (let count = 0; count < 3; count += 1) {
    await write(ADD, { ...letter, sender: 'lisi' });
    clock.pass(10);
  }
  const span = { chat_type: 'single', start_time: 1_773_108_000 - 86_400, end_time: 1_773_108_000 + 86_400 };
  const first = await write('externalcontact/get_groupmsg_list_v2', { ...span, limit: 2 });
  const second = await write('externalcontact/get_groupmsg_list_v2', {
    ...span,
    limit: 2,
    cursor: first['next_cursor'],
  });
  const rows = [first, second].flatMap((page) => page['group_msg_list'] as Record<string, unknown>[]);
  expect(rows.map((row) => row['create_time'])).toEqual(['1773108020', '1773108010', '1773108000']);
  expect(rows[0]).toMatchObject({ create_type: 0, text: letter.text, attachments: letter.attachments });
  expect(rows[0]).not.toHaveProperty('creator');
  const long = { ...span, end_time: span.start_time + 32 * 86_400 };
  expect(await write('externalcontact/get_groupmsg_list_v2', long)).toMatchObject({ errcode: 40058 });
});

it('pages through the results and refuses unknown messages', async () => {
  const ids = ['wm1', 'wm2', 'wo3'];
  const corp = aSmallCorp({ relations: ids.map((id) => aRelation('lisi', id, { createdAt: MET_AT })) });
  const { write } = await openSmall({ corp });
  const { msgid } = await write(ADD, { ...letter, sender: 'lisi' });
  const ask = { msgid, userid: 'lisi', limit: 2 };
  const first = await write('externalcontact/get_groupmsg_send_result', ask);
  const second = await write('externalcontact/get_groupmsg_send_result', {
    ...ask,
    cursor: first['next_cursor'],
  });
  expect([first, second].map((page) => (page['send_list'] as unknown[]).length)).toEqual([2, 1]);
  expect(await write('externalcontact/get_groupmsg_task', { msgid: 'msgX' })).toMatchObject({
    errcode: 41047,
  });
  expect(await write('externalcontact/get_groupmsg_task', {})).toMatchObject({
    errcode: 41046,
    task_list: [],
  });
});
