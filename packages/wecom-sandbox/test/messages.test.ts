import { expect, it } from 'vitest';
import { openSmall } from './support/open-small.ts';

const SEND = 'message/send';
const text = (more: object) => ({
  msgtype: 'text',
  agentid: 1_000_002,
  text: { content: '待跟进 3 家' },
  ...more,
});

it('delivers a text to members named in any case, and echoes the invalid ones in lower case', async () => {
  const { write, platform } = await openSmall();
  const answer = await write(SEND, text({ touser: 'zhangsan|NoBody|Hidden' }));
  expect(answer).toMatchObject({
    errcode: 0,
    invaliduser: 'nobody|hidden',
    invalidparty: '',
    invalidtag: '',
  });
  expect(answer['msgid']).toMatch(/^msg/);
  expect(platform.state.messages).toMatchObject([
    { kind: 'app', to: 'ZhangSan', from: '跟进', text: '待跟进 3 家' },
  ]);
});

it('delivers to a department and to everybody', async () => {
  const { write, platform } = await openSmall();
  await write(SEND, text({ toparty: '3|99' }));
  expect(platform.state.messages.map((message) => message.kind === 'app' && message.to)).toEqual([
    'ZhangSan',
    'lisi',
  ]);
  await write(SEND, text({ touser: '@all' }));
  expect(platform.state.messages).toHaveLength(6);
});

it('refuses without recipient, with invalid ones only, and for another app', async () => {
  const { write } = await openSmall();
  expect(await write(SEND, text({}))).toMatchObject({ errcode: 82001 });
  expect(await write(SEND, text({ touser: 'Nobody' }))).toMatchObject({
    errcode: 81013,
    invaliduser: 'nobody',
  });
  expect(await write(SEND, text({ touser: 'lisi', agentid: 1 }))).toMatchObject({ errcode: 40056 });
  expect(await write(SEND, text({ touser: 'lisi', msgtype: 'smoke' }))).toMatchObject({ errcode: 40008 });
  expect(await write(SEND, text({ touser: 'lisi', msgtype: 'textcard' }))).toMatchObject({ errcode: 40058 });
});

it('shows text cards, markdown and template cards as members see them', async () => {
  const { write, platform } = await openSmall();
  const to = { touser: 'lisi', agentid: '1000002' };
  const textcard = {
    title: '今日跟进',
    description: '<div class="gray">3 家</div>',
    url: 'http://localhost/a',
  };
  expect(await write(SEND, { ...to, msgtype: 'textcard', textcard })).toMatchObject({ errcode: 0 });
  expect(await write(SEND, { ...to, msgtype: 'markdown', markdown: { content: '**日报**' } })).toMatchObject({
    errcode: 0,
  });
  const template_card = {
    card_type: 'text_notice',
    main_title: { title: '差评预警', desc: '恒锐' },
    horizontal_content_list: [{ keyname: '评分', value: '3' }],
    jump_list: [{ type: 1, title: '去处理', url: 'http://localhost/b' }],
    card_action: { type: 1, url: 'http://localhost/c' },
  };
  expect(await write(SEND, { ...to, msgtype: 'template_card', template_card })).toMatchObject({ errcode: 0 });
  expect(platform.state.messages).toMatchObject([
    { card: { title: '今日跟进', url: 'http://localhost/a', btntxt: '详情' } },
    { text: '**日报**' },
    { card: { title: '差评预警', description: '恒锐\n评分 3', url: 'http://localhost/c', btntxt: '去处理' } },
  ]);
});

it('checks template cards', async () => {
  const { write } = await openSmall();
  const send = (template_card: object) =>
    write(SEND, { touser: 'lisi', agentid: 1_000_002, msgtype: 'template_card', template_card });
  const card = {
    card_type: 'text_notice',
    main_title: { title: 'x' },
    card_action: { type: 1, url: 'http://x' },
  };
  expect(await send({ ...card, card_type: 'poster' })).toMatchObject({ errcode: 42031 });
  expect(await send({ ...card, main_title: {} })).toMatchObject({ errcode: 42032 });
  expect(await send({ ...card, card_action: undefined })).toMatchObject({ errcode: 42045 });
  expect(
    await send({ ...card, horizontal_content_list: Array.from({ length: 7 }, () => ({ keyname: 'a' })) }),
  ).toMatchObject({
    errcode: 42035,
  });
  expect(await send({ ...card, task_id: 'with blank' })).toMatchObject({ errcode: 42014 });
});

it('cuts a text after 2048 bytes, never within a character', async () => {
  const { write, platform } = await openSmall();
  await write(SEND, text({ touser: 'lisi', text: { content: '长'.repeat(700) } }));
  expect(platform.state.messages).toMatchObject([{ text: '长'.repeat(682) }]);
});

it('answers a repeated request without delivering it again inside the interval', async () => {
  const { write, platform, clock } = await openSmall();
  const request = text({ touser: 'lisi', enable_duplicate_check: 1, duplicate_check_interval: 60 });
  const first = await write(SEND, request);
  expect(await write(SEND, request)).toEqual(first);
  expect(platform.state.messages).toHaveLength(1);
  clock.pass(60);
  await write(SEND, request);
  expect(platform.state.messages).toHaveLength(2);
});

it('drops silently what is above 30 messages a minute for one member', async () => {
  const { write, platform, clock } = await openSmall();
  platform.rules.appMessagesPerMinute = 2;
  for (const content of ['1', '2', '3'])
    expect(await write(SEND, text({ touser: 'lisi', text: { content } }))).toMatchObject({ errcode: 0 });
  expect(platform.state.messages).toHaveLength(2);
  clock.pass(61);
  await write(SEND, text({ touser: 'lisi' }));
  expect(platform.state.messages).toHaveLength(3);
});

it('recalls a message within a day', async () => {
  const { write, platform, clock } = await openSmall();
  const { msgid } = await write(SEND, text({ touser: 'lisi' }));
  const { msgid: older } = await write(SEND, text({ touser: 'ZhangSan' }));
  expect(await write('message/recall', { msgid })).toMatchObject({ errcode: 0 });
  expect(platform.state.messages).toMatchObject([{ to: 'ZhangSan' }]);
  clock.pass(86_401);
  expect(await write('message/recall', { msgid: older })).toMatchObject({ errcode: 41047 });
});
