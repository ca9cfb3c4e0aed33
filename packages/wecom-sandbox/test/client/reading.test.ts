import { expect, it } from 'vitest';
import { chatsOf, previewOf } from '../../client/chats.ts';
import { shownEntries, titleOf } from '../../client/log/entry.ts';
import type { LogEntry } from '../../client/control.ts';
import { lineOf } from '../../client/native-line.ts';
import { initialsOf } from '../../client/person.ts';
import { linkKind, piecesOf } from '../../client/rich-text.ts';
import { isDone, marksInMessages, marksInRequest, TOUR } from '../../client/tour.ts';
import { smallState, smallTalk } from './support/small-world.ts';

it.each([
  ['欧阳明月', '明月'],
  ['高翔', '高翔'],
  ['Daniel Ma', 'DM'],
  ['', ''],
])('writes %s into an avatar as %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

it('cuts a message into text, links and coloured lines, and drops any other markup', () => {
  const text =
    '您好 <a href="/s/1">问卷</a><div class="highlight">逾期 2 天</div><img src=x onerror=1>见 https://a.cn/b。';
  expect(piecesOf(text)).toEqual([
    { text: '您好 ', href: null, tone: 'plain' },
    { text: '问卷', href: '/s/1', tone: 'plain' },
    { text: '逾期 2 天', href: null, tone: 'highlight' },
    { text: '见 ', href: null, tone: 'plain' },
    { text: 'https://a.cn/b', href: 'https://a.cn/b', tone: 'plain' },
    { text: '。', href: null, tone: 'plain' },
  ]);
});

it.each([
  ['/s/1', 'here'],
  ['http://localhost:3000/s/1', 'here'],
  ['https://example.com/', 'outside'],
  ['javascript:alert(1)', 'nowhere'],
  ['http://', 'nowhere'],
])('sends a click on %s %s', (href, kind) => {
  expect(linkKind(href, 'http://localhost:3000')).toBe(kind);
});

it('puts the app and the assistant first, then customers, the newest talk on top', () => {
  const state = smallState();
  const chats = chatsOf(state, 'staff:chen.hao', smallTalk().get('staff:chen.hao') ?? []);
  expect(chats.slice(0, 3).map(({ key }) => key)).toEqual(['app', 'tasks', 'customer:wm-a']);
  expect(chats.find(({ key }) => key === 'customer:wm-g')).toMatchObject({ isGone: true, company: '' });
});

it('shows a customer the members who follow them, unless they deleted them', () => {
  const state = smallState();
  expect(chatsOf(state, 'customer:wm-a', []).map(({ name }) => name)).toEqual(['陈浩', '赵磊']);
  expect(chatsOf(state, 'customer:wm-g', [])).toEqual([]);
});

it('previews a message without text by its link', () => {
  const links = [{ title: '问卷', desc: '', url: '/s/1', picurl: '' }];
  const message = {
    id: '1',
    at: '',
    kind: 'chat' as const,
    peer: 'staff:a' as const,
    fromMe: true,
    text: '',
    links,
  };
  expect(previewOf(message)).toBe('[链接] 问卷');
});

const entry = (fields: Partial<LogEntry>): LogEntry => ({
  seq: 1,
  at: '2026-11-22T01:00:00Z',
  kind: 'api',
  name: '获取客户详情',
  status: 200,
  ms: 3,
  note: '',
  ...fields,
});

it('names callbacks in Chinese and keeps the name of one it does not know', () => {
  expect(
    titleOf(entry({ kind: 'callback', name: 'change_external_contact / add_half_external_contact' })),
  ).toBe('客户免验证加入');
  expect(titleOf(entry({ kind: 'callback', name: 'living_status_change' }))).toBe('living_status_change');
});

it('finds failed log entries: a bad status, an errcode, or no answer', () => {
  const entries = [
    entry({ seq: 1 }),
    entry({ seq: 2, errcode: 40058 }),
    entry({ seq: 3, status: 0 }),
    entry({ seq: 4, status: 502, path: '/wecom/callback' }),
  ];
  expect(shownEntries(entries, 'failed', '').map(({ seq }) => seq)).toEqual([4, 3, 2]);
  expect(shownEntries(entries, 'all', 'CALLBACK').map(({ seq }) => seq)).toEqual([4]);
});

it.each([
  [{ msgtype: 'text', text: { content: '您好' } }, { text: '您好' }],
  [
    { msgtype: 'news', news: { link: 'https://a.cn', title: '资料', desc: '' } },
    { text: '', links: [{ title: '资料', desc: '', url: 'https://a.cn', picurl: '' }] },
  ],
  [{ msgtype: 'news', news: { title: '没有地址' } }, null],
  [{ msgtype: 'image', image: { mediaid: 'x' } }, null],
  [null, null],
])('turns sendChatMessage %j into a line', (params, line) => {
  expect(lineOf(params)).toEqual(line);
});

it('ticks the tour off by what happened after it began', () => {
  const task = { id: '1', msgid: 'm', kind: 'task' as const, text: '', links: [], recipients: [] };
  const [before, after] = ['2026-11-22T01:00:00Z', '2026-11-22T03:00:00Z'];
  const since = Date.parse('2026-11-22T02:00:00Z');
  expect(marksInMessages([{ ...task, at: before, status: 'sent' }], false, since)).toEqual([]);
  expect(marksInMessages([{ ...task, at: after, status: 'waiting' }], false, since)).toEqual(['proposed']);
  expect(marksInMessages([{ ...task, at: after, status: 'sent' }], false, since)).toEqual([
    'proposed',
    'confirmed',
  ]);
});

it('counts the digest only, and only for a leader', () => {
  const message = { id: '1', at: '2026-11-22T03:00:00Z', kind: 'app' as const, from: 'Genjin' };
  expect(marksInMessages([{ ...message, text: '团队日报' }], true, 0)).toEqual(['digested']);
  expect(marksInMessages([{ ...message, text: '团队日报' }], false, 0)).toEqual([]);
  expect(marksInMessages([{ ...message, text: '3 位客户该跟进' }], true, 0)).toEqual([]);
});

it('takes a second request to the same survey for the answer', () => {
  expect(marksInRequest({ path: '/api/v1/survey/abc', count: 1 })).toEqual([]);
  expect(marksInRequest({ path: '/api/v1/survey/abc', count: 2 })).toEqual(['answered']);
  expect(marksInRequest({ path: '/api/v1/contacts/wm-a/follow-ups', count: 1 })).toEqual(['logged']);
  expect(TOUR.filter((step) => isDone(step, ['logged'])).map(({ id }) => id)).toEqual(['follow']);
});
