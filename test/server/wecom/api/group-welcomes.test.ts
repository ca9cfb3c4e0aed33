import { expect, it } from 'vitest';
import { ok } from '../../../support/wecom-parts.ts';
import {
  asLimited,
  asWritten,
  aWecom,
  playCase,
  playLimit,
  samples,
  type ApiCase,
  type LimitCase,
} from '../../../support/wecom-cases.ts';

const SAMPLE = samples('group-welcomes');
const root = 'externalcontact/group_welcome_template';
const text = '亲爱的%NICKNAME%用户，你好';
const nothing = {
  text: '',
  imageUrl: null,
  link: null,
  miniprogram: null,
  fileMediaId: null,
  videoMediaId: null,
};

const cases: ApiCase[] = [
  [
    'makes one and tells the owners',
    (wecom) => wecom.groupWelcomes.add({ text, image: { picUrl: 'http://p' } }),
    ['POST', `${root}/add`, { text: { content: text }, image: { pic_url: 'http://p' }, notify: 1 }],
    SAMPLE['add'] ?? {},
    'msgXXXXXX',
  ],
  [
    'makes one in silence, without a text',
    (wecom) => wecom.groupWelcomes.add({ file: { mediaId: 'M' } }, { notifies: false }),
    ['POST', `${root}/add`, { file: { media_id: 'M' }, notify: 0 }],
    SAMPLE['add'] ?? {},
    'msgXXXXXX',
  ],
  [
    'replaces one',
    (wecom) =>
      wecom.groupWelcomes.edit('msg1', {
        miniprogram: { title: 'x', picMediaId: 'M', appid: 'wx1', page: '/p' },
      }),
    [
      'POST',
      `${root}/edit`,
      { template_id: 'msg1', miniprogram: { title: 'x', pic_media_id: 'M', appid: 'wx1', page: '/p' } },
    ],
    {},
    undefined,
  ],
  [
    'tells about one',
    (wecom) => wecom.groupWelcomes.get('msg1'),
    ['POST', `${root}/get`, { template_id: 'msg1' }],
    SAMPLE['get'] ?? {},
    {
      text: '文本消息内容',
      imageUrl: 'http://p.qpic.cn/pic_wework/XXXXX',
      link: {
        title: '消息标题',
        picurl: 'https://example.pic.com/path',
        desc: '消息描述',
        url: 'https://example.link.com/path',
      },
      miniprogram: {
        title: '消息标题',
        picMediaId: 'MEDIA_ID',
        appid: 'wx8bd80126147df384',
        page: '/path/index',
      },
      fileMediaId: '1Yv-zXfHjSjU-7LH-GwtYqDGS-zz6w22KmWAT5COgP7o',
      videoMediaId: 'MEDIA_ID',
    },
  ],
  [
    'tells about one with nothing in it',
    (wecom) => wecom.groupWelcomes.get('msg1'),
    ['POST', `${root}/get`, { template_id: 'msg1' }],
    { image: null },
    nothing,
  ],
  [
    'deletes one',
    (wecom) => wecom.groupWelcomes.remove('msg1'),
    ['POST', `${root}/del`, { template_id: 'msg1' }],
    {},
    undefined,
  ],
];
it.each(cases)('%s', async (...played) => {
  expect(await playCase(played)).toEqual(asWritten(played));
});

const program = { title: 'x', picMediaId: 'M', appid: 'wx1', page: '/p' };
const limits: LimitCase[] = [
  ['text.content', 3000, 3001, (n) => (wecom) => wecom.groupWelcomes.add({ text: 'x'.repeat(n) })],
  ['text.content', 4000, 4001, (n) => (wecom) => wecom.groupWelcomes.edit('m', { text: 'x'.repeat(n) })],
  [
    'miniprogram.title',
    64,
    65,
    (n) => (wecom) => wecom.groupWelcomes.add({ miniprogram: { ...program, title: 'x'.repeat(n) } }),
  ],
];
it.each(limits)('%s: %i goes out, %i does not', async (...limit) => {
  expect(await playLimit(limit)).toEqual(asLimited(limit));
});

it('needs a text or something else', async () => {
  const { wecom, sent } = await aWecom(() => ok());
  await expect(wecom.groupWelcomes.add({ text: '' })).rejects.toMatchObject({ field: 'text' });
  await expect(wecom.groupWelcomes.edit('msg1', {})).rejects.toMatchObject({ field: 'text' });
  expect(sent()).toEqual([]);
});
