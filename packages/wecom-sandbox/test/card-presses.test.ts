import { expect, it } from 'vitest';
import { aReceiver } from './support/callback-receiver.ts';
import { openSmall } from './support/open-small.ts';
import { times } from './support/times.ts';

const SEND = 'message/send';
const UPDATE = 'message/update_template_card';
const agentid = 1_000_002;
const HOUR = 3600;

const buttonCard = (more: object = {}) => ({
  card_type: 'button_interaction',
  main_title: { title: '恒锐 该跟进了' },
  task_id: 'task-1',
  button_list: [
    { text: '我来跟进', key: 'take:1', style: 1 },
    { type: 1, text: '打开', url: 'https://example.com' },
  ],
  ...more,
});

async function withCard(card: object = buttonCard(), touser = 'lisi|ZhangSan') {
  const receiver = await aReceiver();
  const opened = await openSmall({ callback: receiver.callback });
  const answer = await opened.write(SEND, { touser, agentid, msgtype: 'template_card', template_card: card });
  const copies = () => opened.platform.state.messages.filter((message) => message.kind === 'app');
  const press = (wish: object) =>
    opened.platform.actions.pressCard({ userid: 'lisi', key: 'take:1', ...wish });
  return { ...opened, receiver, answer, copies, press, code: answer['response_code'] };
}

it('gives a response_code for cards that come back, and for no others', async () => {
  const { answer, write, copies } = await withCard();
  expect(answer).toMatchObject({ errcode: 0, invaliduser: '', response_code: expect.any(String) });
  expect(copies()).toMatchObject([
    {
      to: 'ZhangSan',
      card: { title: '恒锐 该跟进了' },
      controls: {
        cardType: 'button_interaction',
        taskId: 'task-1',
        buttons: [
          { text: '我来跟进', key: 'take:1', style: 1, url: null },
          { text: '打开', url: 'https://example.com' },
        ],
        replacedBy: null,
      },
    },
    { to: 'lisi' },
  ]);
  const notice = {
    card_type: 'text_notice',
    main_title: { title: 'x' },
    card_action: { type: 1, url: 'https://x' },
    task_id: 'task-2',
  };
  const plain = await write(SEND, {
    touser: 'lisi',
    agentid,
    msgtype: 'template_card',
    template_card: notice,
  });
  expect(plain['errcode']).toBe(0);
  expect(plain).not.toHaveProperty('response_code');
});

it('takes a task_id once', async () => {
  const { write } = await withCard();
  const again = { touser: 'lisi', agentid, msgtype: 'template_card', template_card: buttonCard() };
  expect(await write(SEND, again)).toMatchObject({ errcode: 42014 });
});

it('tells the app which button was pressed, and by whom', async () => {
  const { press, receiver, platform } = await withCard();
  const { responseCode } = press({ taskId: 'task-1' });
  await platform.settled();
  const { event } = receiver.letters[0] ?? {};
  expect(event).toMatchObject({
    FromUserName: 'lisi',
    AgentID: '1000002',
    Event: 'template_card_event',
    EventKey: 'take:1',
    TaskId: 'task-1',
    CardType: 'button_interaction',
    ResponseCode: responseCode,
  });
  expect(event).not.toHaveProperty('ChangeType');
  expect(event).not.toHaveProperty('SelectedItems');
});

it('tells what was chosen, question by question', async () => {
  const options = ['a', 'b', 'c'].map((id) => ({ id, text: id }));
  const vote = {
    card_type: 'vote_interaction',
    main_title: { title: '原因' },
    task_id: 'v',
    checkbox: { question_key: 'why', mode: 1, option_list: options },
    submit_button: { text: '提交', key: 'submit' },
  };
  const { press, receiver, platform } = await withCard(vote);
  const submit = (selected: Record<string, string[]>) => press({ taskId: 'v', key: 'submit', selected });
  expect(() => submit({})).toThrow('请先选择');
  expect(() => submit({ why: ['x'] })).toThrow('没有这个选项');
  submit({ why: ['a', 'c'] });
  await platform.settled();
  expect(receiver.letters[0]?.event).toMatchObject({
    EventKey: 'submit',
    SelectedItems: { SelectedItem: { QuestionKey: 'why', OptionIds: { OptionId: ['a', 'c'] } } },
  });
});

const list = (question_key: string) => ({
  question_key,
  option_list: ['a', 'b'].map((id) => ({ id, text: id })),
});

it('lets a drop-down have one answer only', async () => {
  const multiple = {
    card_type: 'multiple_interaction',
    main_title: { title: 'x' },
    task_id: 'm',
    select_list: [list('who'), list('when')],
    submit_button: { text: '提交', key: 'submit' },
  };
  const { press, receiver, platform } = await withCard(multiple);
  const submit = (who: string[]) => press({ taskId: 'm', key: 'submit', selected: { who, when: ['b'] } });
  expect(() => submit(['a', 'b'])).toThrow('只能选一个');
  submit(['a']);
  await platform.settled();
  expect(receiver.letters[0]?.event['SelectedItems']).toEqual({
    SelectedItem: [
      { QuestionKey: 'who', OptionIds: { OptionId: 'a' } },
      { QuestionKey: 'when', OptionIds: { OptionId: 'b' } },
    ],
  });
});

it('tells of the menu by an event of its own', async () => {
  const action_menu = { desc: '更多', action_list: [{ text: '稍后', key: 'later' }] };
  const { press, receiver, platform } = await withCard(buttonCard({ action_menu }));
  press({ taskId: 'task-1', key: 'later' });
  await platform.settled();
  expect(receiver.letters[0]?.event).toMatchObject({ Event: 'template_card_menu_event', EventKey: 'later' });
});

it('lets nobody press what is not there', async () => {
  const { press } = await withCard();
  expect(() => press({ taskId: 'task-X' })).toThrow('没有这张卡片');
  expect(() => press({ taskId: 'task-1', userid: 'wangwu' })).toThrow('没有这张卡片');
  expect(() => press({ taskId: 'task-1', key: 'x' })).toThrow('没有这个按钮');
  // The second button only opens a page.
  expect(() => press({ taskId: 'task-1', key: '' })).toThrow('没有这个按钮');
});

it('makes the buttons grey for those who are named, and for nobody else', async () => {
  const { write, code, copies, press, answer } = await withCard();
  const asked = {
    userids: ['lisi', 'nobody'],
    agentid,
    response_code: code,
    button: { replace_name: '已接手' },
  };
  expect(await write(UPDATE, asked)).toMatchObject({ errcode: 0, invaliduser: ['nobody'] });
  expect(copies().map((copy) => copy.kind === 'app' && copy.controls?.replacedBy)).toEqual([null, '已接手']);
  expect(() => press({ taskId: 'task-1' })).toThrow('已处理');
  expect(press({ msgid: String(answer['msgid']), userid: 'ZhangSan' }).responseCode).toBeTruthy();
});

it('replaces a card by another one', async () => {
  const { write, code, copies } = await withCard();
  const vote = buttonCard({ main_title: { title: '已由李四接手' }, replace_text: '完成' });
  await write(UPDATE, { atall: 1, agentid, response_code: code, template_card: vote });
  expect(copies()).toMatchObject(
    times(2, { card: { title: '已由李四接手' }, controls: { replacedBy: '完成' } }),
  );
  const { press, write: writeOther } = await withCard();
  const { responseCode } = press({ taskId: 'task-1' });
  const notice = {
    card_type: 'text_notice',
    sub_title_text: '完成',
    card_action: { type: 1, url: 'https://x' },
  };
  const body = { userids: ['lisi'], agentid, response_code: responseCode, template_card: notice };
  expect(await writeOther(UPDATE, body)).toMatchObject({ errcode: 0 });
  expect(() => press({ taskId: 'task-1' })).toThrow('没有这张卡片');
});

it('takes a code once, within 72 hours', async () => {
  const { write, clock, code, press } = await withCard();
  const late = press({ taskId: 'task-1' }).responseCode;
  const update = (response_code: unknown) =>
    write(UPDATE, { userids: ['lisi'], agentid, response_code, button: { replace_name: 'x' } });
  clock.pass(72 * HOUR - 1);
  expect(await update(code)).toMatchObject({ errcode: 0 });
  expect(await update(code)).toMatchObject({ errcode: 42016 });
  clock.pass(1);
  expect(await update(late)).toMatchObject({ errcode: 42016 });
});

it.each([
  ['another app', { agentid: 1 }, 42015],
  ['no code', { response_code: undefined }, 42016],
  ['an unknown code', { response_code: 'X' }, 42016],
  ['nobody', { userids: [] }, 82001],
  ['1000 members', { userids: times(1000, 'lisi') }, 0],
  ['1001 members', { userids: times(1001, 'lisi') }, 40058],
  ['101 departments', { partyids: times(101, 2) }, 40058],
  ['nothing to change', { button: undefined }, 40058],
  ['a wrong card', { template_card: { card_type: 'poster' } }, 42031],
])('answers an update with %s', async (_, more, errcode) => {
  const { write, code } = await withCard();
  const body = { userids: ['lisi'], agentid, response_code: code, button: { replace_name: 'x' }, ...more };
  const answer = await write(UPDATE, body);
  expect(answer).toMatchObject({ errcode, invaliduser: [] });
  // A refused update leaves the code usable.
  const after = await write(UPDATE, {
    userids: ['lisi'],
    agentid,
    response_code: code,
    button: { replace_name: 'x' },
  });
  expect(after.errcode).toBe(errcode === 0 ? 42016 : 0);
});
