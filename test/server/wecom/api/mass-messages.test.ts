import { describe, expect, it } from 'vitest';
import type { Attachment, CustomerContent } from '../../../../server/wecom/api/attachments.ts';
import type { MassAudience } from '../../../../server/wecom/api/mass-messages.ts';
import { ok } from '../../../support/wecom-parts.ts';
import {
  asLimited,
  asWritten,
  aWecom,
  ids,
  playCase,
  playLimit,
  samples,
  type ApiCase,
  type LimitCase,
  type Run,
} from '../../../support/wecom-cases.ts';

const SAMPLE = samples('messages');
const root = 'externalcontact';
const MSGID = 'msgGCAAAXtWyujaWJHDDGi0mAAAA';
const told = { msgid: MSGID, refused: ['wmqfasd1e1927831123109rBAAAA'] };
const from = new Date(1_605_000_000_000);
const days = (n: number) => new Date(from.getTime() + n * 86_400_000);
const all: Attachment[] = [
  { msgtype: 'image', image: { picUrl: 'http://p.qpic.cn/x' } },
  { msgtype: 'link', link: { title: 't', picurl: 'p', desc: 'd', url: 'u' } },
  { msgtype: 'miniprogram', miniprogram: { title: 't', picMediaId: 'M', appid: 'wx', page: '/p' } },
  { msgtype: 'video', video: { mediaId: 'V' } },
  { msgtype: 'file', file: { mediaId: 'F' } },
];
const theirAll = [
  { msgtype: 'image', image: { pic_url: 'http://p.qpic.cn/x' } },
  { msgtype: 'link', link: { title: 't', picurl: 'p', desc: 'd', url: 'u' } },
  { msgtype: 'miniprogram', miniprogram: { title: 't', pic_media_id: 'M', appid: 'wx', page: '/p' } },
  { msgtype: 'video', video: { media_id: 'V' } },
  { msgtype: 'file', file: { media_id: 'F' } },
];

const cases: ApiCase[] = [
  [
    'goes to contacts of one member, who may leave somebody out',
    (wecom) =>
      wecom.massMessages.add(
        { kind: 'contacts', staffId: 'lisi', externalUserIds: ['wm1'], canChoose: true },
        { text: '您好', attachments: all },
      ),
    [
      'POST',
      `${root}/add_msg_template`,
      {
        chat_type: 'single',
        sender: 'lisi',
        external_userid: ['wm1'],
        allow_select: true,
        text: { content: '您好' },
        attachments: theirAll,
      },
    ],
    SAMPLE['add_msg_template'] ?? {},
    told,
  ],
  [
    'goes to contacts by tag: one of each list',
    (wecom) => wecom.massMessages.add({ kind: 'tagged', tagIds: [['a', 'b'], ['c']] }, { text: '您好' }),
    [
      'POST',
      `${root}/add_msg_template`,
      {
        chat_type: 'single',
        tag_filter: { group_list: [{ tag_list: ['a', 'b'] }, { tag_list: ['c'] }] },
        text: { content: '您好' },
      },
    ],
    { msgid: MSGID, fail_list: null },
    { msgid: MSGID, refused: [] },
  ],
  [
    'goes to groups',
    (wecom) =>
      wecom.massMessages.add({ kind: 'groups', staffId: 'lisi', chatIds: ['wr1'] }, { text: '您好' }),
    [
      'POST',
      `${root}/add_msg_template`,
      { chat_type: 'group', sender: 'lisi', chat_id_list: ['wr1'], text: { content: '您好' } },
    ],
    SAMPLE['add_msg_template'] ?? {},
    told,
  ],
  [
    'is listed, with a time that is a text or a number',
    (wecom) => wecom.massMessages.pages({ from, to: days(1), kind: 'groups', creatorId: 'x', by: 'all' }),
    [
      'POST',
      `${root}/get_groupmsg_list_v2`,
      {
        chat_type: 'group',
        start_time: 1_605_000_000,
        end_time: 1_605_086_400,
        creator: 'x',
        filter_type: 2,
        limit: 100,
      },
    ],
    SAMPLE['get_groupmsg_list_v2'] ?? {},
    [
      {
        msgid: MSGID,
        creatorId: 'xxxx',
        createdAt: new Date(1_605_166_789_000),
        isPersonal: true,
        text: '文本消息内容',
        urls: ['https://example.link.com/path'],
      },
      {
        msgid: 'msgByApi',
        creatorId: null,
        createdAt: new Date(1_605_166_790_000),
        isPersonal: false,
        text: '',
        urls: [],
      },
    ],
  ],
  [
    'was confirmed, whether WeCom says 1 or 2',
    (wecom) => wecom.massMessages.tasks(MSGID),
    ['POST', `${root}/get_groupmsg_task`, { msgid: MSGID, limit: 1000 }],
    SAMPLE['get_groupmsg_task'] ?? {},
    [
      { staffId: 'zhangsan', isSent: true, sentAt: new Date(1_552_536_375_000) },
      { staffId: 'lisi', isSent: true, sentAt: new Date(1_552_536_376_000) },
      { staffId: 'wangwu', isSent: false, sentAt: null },
    ],
  ],
  [
    'arrived or not',
    (wecom) => wecom.massMessages.results({ msgid: MSGID, staffId: 'zhangsan' }),
    ['POST', `${root}/get_groupmsg_send_result`, { msgid: MSGID, userid: 'zhangsan', limit: 500 }],
    SAMPLE['get_groupmsg_send_result'] ?? {},
    [
      {
        externalUserId: 'wmqfasd1e19278asdasAAAA',
        chatId: 'wrOgQhDgAAMYQiS5ol9G7gK9JVAAAA',
        outcome: 'sent',
        sentAt: new Date(1_552_536_375_000),
      },
      { externalUserId: 'wm2', chatId: '', outcome: 'waiting', sentAt: null },
      { externalUserId: 'wm3', chatId: '', outcome: 'not_friend', sentAt: null },
      { externalUserId: 'wm4', chatId: '', outcome: 'too_many', sentAt: null },
    ],
  ],
  [
    'is reminded of',
    (wecom) => wecom.massMessages.remind(MSGID),
    ['POST', `${root}/remind_groupmsg_send`, { msgid: MSGID }],
    {},
    undefined,
  ],
  [
    'is stopped',
    (wecom) => wecom.massMessages.cancel(MSGID),
    ['POST', `${root}/cancel_groupmsg_send`, { msgid: MSGID }],
    {},
    undefined,
  ],
  [
    'greets with text and attachments',
    (wecom) => wecom.messages.welcome('CODE', '您好', all),
    [
      'POST',
      `${root}/send_welcome_msg`,
      { welcome_code: 'CODE', text: { content: '您好' }, attachments: theirAll },
    ],
    {},
    undefined,
  ],
  [
    'greets with an attachment alone',
    (wecom) => wecom.messages.welcome('CODE', '', all.slice(3, 4)),
    ['POST', `${root}/send_welcome_msg`, { welcome_code: 'CODE', attachments: theirAll.slice(3, 4) }],
    {},
    undefined,
  ],
];
it.each(cases)('%s', async (...played) => {
  expect(await playCase(played)).toEqual(asWritten(played));
});

const toOne: MassAudience = { kind: 'contacts', staffId: 'lisi' };
const adding =
  (content: (n: number) => CustomerContent): LimitCase[3] =>
  (n) =>
  (wecom) =>
    wecom.massMessages.add(toOne, content(n));
const aiming =
  (audience: (n: number) => MassAudience): LimitCase[3] =>
  (n) =>
  (wecom) =>
    wecom.massMessages.add(audience(n), { text: 'x' });
const linked = (link: { title?: string; desc?: string }): CustomerContent => ({
  attachments: [{ msgtype: 'link', link: { title: 'x', url: 'u', ...link } }],
});
const x = (n: number) => 'x'.repeat(n);

const limits: LimitCase[] = [
  ['text.content', 4000, 4001, adding((n) => ({ text: x(n) }))],
  ['text.content', 4000, 4001, (n) => (wecom) => wecom.messages.welcome('C', x(n))],
  ['attachments', 9, 10, adding((n) => ({ attachments: ids(n).map(() => all[3] as Attachment) }))],
  ['attachments.0.link.title', 128, 129, adding((n) => linked({ title: x(n) }))],
  ['attachments.0.link.title', 1, 0, adding((n) => linked({ title: x(n) }))],
  ['attachments.0.link.desc', 512, 513, adding((n) => linked({ desc: x(n) }))],
  ['external_userid', 10_000, 10_001, aiming((n) => ({ ...toOne, externalUserIds: ids(n) }))],
  ['chat_id_list', 2000, 2001, aiming((n) => ({ kind: 'groups', staffId: 'a', chatIds: ids(n) }))],
  ['tag_filter.group_list.0.tag_list', 100, 101, aiming((n) => ({ kind: 'tagged', tagIds: [ids(n)] }))],
  ['end_time', 31, 32, (n) => (wecom) => wecom.massMessages.pages({ from, to: days(n) })],
];

describe('what WeCom would not take', () => {
  it.each(limits)('%s: %i goes out, %i does not', async (...limit) => {
    expect(await playLimit(limit)).toEqual(asLimited(limit));
  });

  it.each<[string, Run]>([
    ['sender', (wecom) => wecom.massMessages.add({ kind: 'contacts' }, { text: 'x' })],
    ['text', (wecom) => wecom.massMessages.add(toOne, {})],
    ['text', (wecom) => wecom.massMessages.add(toOne, { text: '', attachments: [] })],
    ['text', (wecom) => wecom.messages.welcome('C', '')],
    [
      'attachments.0.image.media_id',
      (wecom) => wecom.massMessages.add(toOne, { attachments: [{ msgtype: 'image', image: {} }] }),
    ],
  ])('%s is missing', async (field, run) => {
    const { wecom, sent } = await aWecom(() => ok());
    await expect(run(wecom)).rejects.toMatchObject({ name: 'WecomLimitError', field });
    expect(sent()).toEqual([]);
  });
});
