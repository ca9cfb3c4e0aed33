import { describe, expect, it } from 'vitest';
import type { Moment } from '../../../../server/wecom/api/moments.ts';
import { ok } from '../../../support/wecom-parts.ts';
import {
  asLimited,
  asWritten,
  aWecom,
  han,
  ids,
  playCase,
  playLimit,
  read,
  samples,
  type ApiCase,
  type LimitCase,
} from '../../../support/wecom-cases.ts';

const SAMPLE = samples('moments');
const CONTACT = 'woAJ2GCAAAXtWyujaWJHDDGi0mACCCC';
const of = { momentId: 'mom1', staffId: 'xxx' };
const theirOf = { moment_id: 'mom1', userid: 'xxx' };
const from = new Date(1_605_000_000_000);
const days = (n: number) => new Date(from.getTime() + n * 86_400_000);
const image = { msgtype: 'image', image: { mediaId: 'M' } } as const;
const video = { msgtype: 'video', video: { mediaId: 'V' } } as const;
const link = (title: string) =>
  ({ msgtype: 'link', link: { title, url: 'https://x', mediaId: 'M' } }) as const;

const cases: ApiCase[] = [
  [
    'makes one for some members, departments and tags',
    (wecom) =>
      wecom.moments.add({
        text: '上新',
        attachments: [image],
        staffIds: ['a'],
        departmentIds: [2],
        tagIds: ['et1'],
      }),
    [
      'POST',
      'externalcontact/add_moment_task',
      {
        text: { content: '上新' },
        attachments: [{ msgtype: 'image', image: { media_id: 'M' } }],
        visible_range: {
          sender_list: { user_list: ['a'], department_list: [2] },
          external_contact_list: { tag_list: ['et1'] },
        },
      },
    ],
    SAMPLE['add_moment_task'] ?? {},
    'xxxx',
  ],
  [
    'makes one for everybody, with a link',
    (wecom) => wecom.moments.add({ attachments: [link('看')] }),
    [
      'POST',
      'externalcontact/add_moment_task',
      { attachments: [{ msgtype: 'link', link: { title: '看', url: 'https://x', media_id: 'M' } }] },
    ],
    SAMPLE['add_moment_task'] ?? {},
    'xxxx',
  ],
  [
    'tells what became of the job, and who does not count',
    (wecom) => wecom.moments.result('xxxx'),
    ['GET', 'externalcontact/get_moment_task_result', { jobid: 'xxxx' }],
    SAMPLE['get_moment_task_result'] ?? {},
    {
      state: 'started',
      errcode: 0,
      momentId: 'xxxx',
      invalidStaffIds: ['zhangshan', 'lisi'],
      invalidDepartmentIds: [2, 3],
      invalidTagIds: ['etXXX'],
    },
  ],
  [
    'lists moments',
    (wecom) => wecom.moments.pages({ from, to: days(30), creatorId: 'xxxx', by: 'person' }),
    [
      'POST',
      'externalcontact/get_moment_list',
      { start_time: 1_605_000_000, end_time: 1_607_592_000, creator: 'xxxx', filter_type: 1, limit: 20 },
    ],
    SAMPLE['get_moment_list'] ?? {},
    [
      {
        momentId: 'momxxx',
        creatorId: 'xxxx',
        createdAt: new Date(1_605_174_000_000),
        isPersonal: true,
        isPublic: true,
        text: 'test',
        imageIds: ['WWCISP_xxxxx'],
        video: { mediaId: 'WWCISP_xxxxx', thumbMediaId: 'WWCISP_xxxxx' },
        link: { title: '腾讯网-QQ.COM', url: 'https://www.qq.com' },
        location: { latitude: '23.10647', longitude: '113.32446', name: '广州市 · 广州塔' },
      },
      {
        momentId: 'momByApi',
        creatorId: null,
        createdAt: new Date(1_605_174_001_000),
        isPersonal: false,
        isPublic: false,
        text: '',
        imageIds: [],
        video: null,
        link: null,
        location: null,
      },
    ],
  ],
  [
    'tells who has published',
    (wecom) => wecom.moments.tasks('mom1'),
    ['POST', 'externalcontact/get_moment_task', { moment_id: 'mom1', limit: 1000 }],
    SAMPLE['get_moment_task'] ?? {},
    [
      { staffId: 'zhangsan', isPublished: true },
      { staffId: 'lisi', isPublished: false },
    ],
  ],
  [
    'tells whom a member chose',
    (wecom) => wecom.moments.customers(of),
    ['POST', 'externalcontact/get_moment_customer_list', { ...theirOf, limit: 1000 }],
    SAMPLE['get_moment_customer_list'] ?? {},
    [CONTACT],
  ],
  [
    'tells to whom it went',
    (wecom) => wecom.moments.recipients(of),
    ['POST', 'externalcontact/get_moment_send_result', { ...theirOf, limit: 5000 }],
    SAMPLE['get_moment_send_result'] ?? {},
    [CONTACT],
  ],
  [
    'tells who reacted',
    (wecom) => wecom.moments.comments(of),
    ['POST', 'externalcontact/get_moment_comments', theirOf],
    SAMPLE['get_moment_comments'] ?? {},
    {
      comments: [
        {
          externalUserId: 'woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA',
          staffId: null,
          at: new Date(1_605_172_726_000),
        },
        { externalUserId: null, staffId: 'zhangshan', at: new Date(1_605_172_729_000) },
      ],
      likes: [{ externalUserId: null, staffId: 'zhangshan', at: new Date(1_605_172_720_000) }],
    },
  ],
  [
    'stops what is not published',
    (wecom) => wecom.moments.cancel('mom1'),
    ['POST', 'externalcontact/cancel_moment_task', { moment_id: 'mom1' }],
    {},
    undefined,
  ],
];
it.each(cases)('%s', async (...played) => {
  expect(await playCase(played)).toEqual(asWritten(played));
});

const adding =
  (moment: (n: number) => Moment): LimitCase[3] =>
  (n) =>
  (wecom) =>
    wecom.moments.add(moment(n));
const many = <Item>(item: Item, n: number) => Array.from({ length: n }, () => item);

describe('what WeCom would not take', () => {
  const limits: LimitCase[] = [
    ['text.content', 2000, 2001, adding((n) => ({ text: han(n) }))],
    ['attachments', 9, 10, adding((n) => ({ attachments: many(image, n) }))],
    ['attachments', 1, 2, adding((n) => ({ attachments: many(video, n) }))],
    ['attachments', 1, 2, adding((n) => ({ attachments: many(link('x'), n) }))],
    ['attachments.0.link.title', 64, 65, adding((n) => ({ attachments: [link('x'.repeat(n))] }))],
    [
      'visible_range.sender_list.user_list',
      100_000,
      100_001,
      adding((n) => ({ text: 'x', staffIds: ids(n) })),
    ],
    ['jobid', 64, 65, (n) => (wecom) => wecom.moments.result('x'.repeat(n))],
    ['end_time', 30, 31, (n) => (wecom) => wecom.moments.pages({ from, to: days(n) })],
  ];
  it.each(limits)('%s: %i goes out, %i does not', async (...limit) => {
    expect(await playLimit(limit)).toEqual(asLimited(limit));
  });

  it.each<[string, Moment]>([
    ['text', {}],
    ['text', { text: '', attachments: [] }],
    ['attachments', { attachments: [image, video] }],
  ])('is, in %s: %j', async (field, moment) => {
    const { wecom, sent } = await aWecom(() => ok());
    await expect(wecom.moments.add(moment)).rejects.toMatchObject({ field });
    expect(sent()).toEqual([]);
  });
});

it.each([
  [1, 'started'],
  [2, 'running'],
  [3, 'done'],
])('a job of status %i is %s', async (status, state) => {
  const { wecom } = await aWecom(() => ok({ status }));
  expect(await wecom.moments.result('j')).toMatchObject({ state, momentId: null, invalidStaffIds: [] });
});

it('reads moments page by page', async () => {
  const { wecom, sent } = await aWecom((_, before) =>
    ok({ moment_list: [{ moment_id: `m${before}` }], next_cursor: before === 0 ? 'c' : '' }),
  );
  expect(await read(wecom.moments.pages({ from, to: from }))).toHaveLength(2);
  expect(sent()[1]?.body).toMatchObject({ cursor: 'c', filter_type: 2 });
});
