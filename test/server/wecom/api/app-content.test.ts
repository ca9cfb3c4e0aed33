import { describe, expect, it } from 'vitest';
import type { AppContent } from '../../../../server/wecom/api/app-content.ts';
import type { Audience } from '../../../../server/wecom/api/messages.ts';
import { ok } from '../../../support/wecom-parts.ts';
import {
  asLimited,
  asWritten,
  aWecom,
  han,
  ids,
  playCase,
  playLimit,
  samples,
  type ApiCase,
  type LimitCase,
} from '../../../support/wecom-cases.ts';

const SAMPLE = samples('messages');
const to: Audience = { staffIds: ['UserID1', 'other'] };
const theirTo = {
  touser: 'UserID1|other',
  agentid: 1_000_002,
  enable_duplicate_check: 1,
  duplicate_check_interval: 14_400,
};
const told = { msgid: 'xxxx', responseCode: 'xyzxyz', unreachedIds: ['UserID1', 'userid2'] };

const contents: [AppContent, object][] = [
  [
    { msgtype: 'text', text: { content: '您好' } },
    { msgtype: 'text', text: { content: '您好' } },
  ],
  [
    { msgtype: 'markdown', markdown: { content: '**好**' } },
    { msgtype: 'markdown', markdown: { content: '**好**' } },
  ],
  [
    { msgtype: 'image', image: { mediaId: 'M' } },
    { msgtype: 'image', image: { media_id: 'M' } },
  ],
  [
    { msgtype: 'voice', voice: { mediaId: 'M' } },
    { msgtype: 'voice', voice: { media_id: 'M' } },
  ],
  [
    { msgtype: 'file', file: { mediaId: 'M' } },
    { msgtype: 'file', file: { media_id: 'M' } },
  ],
  [
    { msgtype: 'video', video: { mediaId: 'M', title: 't', description: 'd' } },
    { msgtype: 'video', video: { media_id: 'M', title: 't', description: 'd' } },
  ],
  [
    { msgtype: 'textcard', textcard: { title: 't', description: 'd', url: 'u', btntxt: '更多' } },
    { msgtype: 'textcard', textcard: { title: 't', description: 'd', url: 'u', btntxt: '更多' } },
  ],
  [
    { msgtype: 'news', news: { articles: [{ title: 't', url: 'u', picurl: 'p' }] } },
    { msgtype: 'news', news: { articles: [{ title: 't', url: 'u', picurl: 'p' }] } },
  ],
  [
    { msgtype: 'mpnews', mpnews: { articles: [{ title: 't', thumbMediaId: 'M', content: '<p>' }] } },
    { msgtype: 'mpnews', mpnews: { articles: [{ title: 't', thumb_media_id: 'M', content: '<p>' }] } },
  ],
  [
    {
      msgtype: 'miniprogram_notice',
      miniprogramNotice: { appid: 'wx', title: '会议室预订', contentItem: [{ key: '地点', value: '402' }] },
    },
    {
      msgtype: 'miniprogram_notice',
      miniprogram_notice: { appid: 'wx', title: '会议室预订', content_item: [{ key: '地点', value: '402' }] },
    },
  ],
];

const cases = contents.map(([content, theirs]): ApiCase => [
  content.msgtype,
  (wecom) => wecom.messages.send(to, content),
  ['POST', 'message/send', { ...theirTo, ...theirs }],
  SAMPLE['send'] ?? {},
  told,
]);
it.each(cases)('sends %s', async (...played) => {
  expect(await playCase(played)).toEqual(asWritten(played));
});

describe('who gets it', () => {
  const text: AppContent = { msgtype: 'text', text: { content: 'x' } };
  it.each<[Audience, object]>([
    ['everybody', { touser: '@all' }],
    [{ staffIds: ['a', 'b'] }, { touser: 'a|b' }],
    [
      { departmentIds: [1, 2], tagIds: [3] },
      { toparty: '1|2', totag: '3' },
    ],
  ])('is %j', async (audience, theirs) => {
    const { wecom, sent } = await aWecom(() => ok({ msgid: 'm' }));
    await wecom.messages.send(audience, text);
    const { body } = sent()[0] ?? {};
    const { touser, toparty, totag } = body as Record<string, unknown>;
    const none = { touser: undefined, toparty: undefined, totag: undefined };
    expect({ touser, toparty, totag }).toEqual({ ...none, ...theirs });
  });

  it.each([{}, { staffIds: [] }])('is nobody, and nothing is sent: %j', async (audience) => {
    const { wecom, sent } = await aWecom(() => ok());
    await expect(wecom.messages.send(audience, text)).rejects.toMatchObject({ field: 'touser' });
    expect(sent()).toEqual([]);
  });

  it.each([
    ['a text', 'USERID1|x', ['UserID1', 'x']],
    ['a list', ['userid1'], ['UserID1']],
    ['an empty text', '', []],
    ['nothing', undefined, []],
  ])('may not be reached, told as %s', async (_, invaliduser, unreachedIds) => {
    const { wecom } = await aWecom(() => ok({ msgid: 'm', invaliduser }));
    expect(await wecom.messages.send({ staffIds: ['UserID1'] }, text)).toEqual({
      msgid: 'm',
      responseCode: '',
      unreachedIds,
    });
  });

  const limits: LimitCase[] = [
    ['touser', 1000, 1001, (n) => (wecom) => wecom.messages.send({ staffIds: ids(n) }, text)],
    [
      'toparty',
      100,
      101,
      (n) => (wecom) => wecom.messages.send({ departmentIds: ids(n).map((_, index) => index) }, text),
    ],
    [
      'totag',
      100,
      101,
      (n) => (wecom) => wecom.messages.send({ tagIds: ids(n).map((_, index) => index) }, text),
    ],
  ];
  it.each(limits)('%s: %i goes out, %i does not', async (...limit) => {
    expect(await playLimit(limit)).toEqual(asLimited(limit));
  });
});

const x = (n: number) => 'x'.repeat(n);
const sending =
  (content: (n: number) => AppContent): LimitCase[3] =>
  (n) =>
  (wecom) =>
    wecom.messages.send(to, content(n));
const card = (more: object): AppContent => ({
  msgtype: 'textcard',
  textcard: { title: 't', description: 'd', url: 'u', ...more },
});
const news = (more: object, n = 1): AppContent => ({
  msgtype: 'news',
  news: { articles: ids(n).map(() => ({ title: 't', ...more })) },
});
const notice = (more: object): AppContent => ({
  msgtype: 'miniprogram_notice',
  miniprogramNotice: { appid: 'wx', title: '四个字呢', ...more },
});
const item = { key: 'k', value: 'v' };
const video = (more: object): AppContent => ({ msgtype: 'video', video: { mediaId: 'M', ...more } });
const page = (more: object): AppContent => ({
  msgtype: 'mpnews',
  mpnews: { articles: [{ title: 't', thumbMediaId: 'M', content: 'c', ...more }] },
});

const limits: LimitCase[] = [
  ['text.content', 2048, 2049, sending((n) => ({ msgtype: 'text', text: { content: x(n) } }))],
  ['text.content', 682, 683, sending((n) => ({ msgtype: 'text', text: { content: han(n) } }))],
  ['markdown.content', 2048, 2049, sending((n) => ({ msgtype: 'markdown', markdown: { content: x(n) } }))],
  ['video.title', 128, 129, sending((n) => video({ title: x(n) }))],
  ['video.description', 512, 513, sending((n) => video({ description: x(n) }))],
  ['textcard.title', 128, 129, sending((n) => card({ title: han(n) }))],
  ['textcard.description', 512, 513, sending((n) => card({ description: han(n) }))],
  ['textcard.url', 2048, 2049, sending((n) => card({ url: x(n) }))],
  ['textcard.btntxt', 4, 5, sending((n) => card({ btntxt: han(n) }))],
  ['news.articles', 8, 9, sending((n) => news({}, n))],
  ['news.articles', 1, 0, sending((n) => news({}, n))],
  ['news.articles.0.title', 128, 129, sending((n) => news({ title: x(n) }))],
  ['news.articles.0.description', 512, 513, sending((n) => news({ description: x(n) }))],
  ['news.articles.0.url', 2048, 2049, sending((n) => news({ url: x(n) }))],
  ['mpnews.articles.0.author', 64, 65, sending((n) => page({ author: x(n) }))],
  ['mpnews.articles.0.digest', 512, 513, sending((n) => page({ digest: x(n) }))],
  ['mpnews.articles.0.content', 681_984, 681_985, sending((n) => page({ content: x(n) }))],
  ['miniprogram_notice.title', 12, 13, sending((n) => notice({ title: han(n) }))],
  ['miniprogram_notice.title', 4, 3, sending((n) => notice({ title: han(n) }))],
  ['miniprogram_notice.description', 4, 3, sending((n) => notice({ description: han(n) }))],
  [
    'miniprogram_notice.content_item',
    10,
    11,
    sending((n) => notice({ contentItem: ids(n).map(() => item) })),
  ],
  [
    'miniprogram_notice.content_item.0.key',
    10,
    11,
    sending((n) => notice({ contentItem: [{ ...item, key: han(n) }] })),
  ],
  [
    'miniprogram_notice.content_item.0.value',
    30,
    31,
    sending((n) => notice({ contentItem: [{ ...item, value: han(n) }] })),
  ],
];
it.each(limits)('%s: %i goes out, %i does not', async (...limit) => {
  expect(await playLimit(limit)).toEqual(asLimited(limit));
});
