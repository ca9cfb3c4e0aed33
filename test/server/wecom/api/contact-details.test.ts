import { describe, expect, it } from 'vitest';
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

const SAMPLE = samples('contacts');
const PERSON = 'woAJ2GCAAAXtWyujaWJHDDGi0mACHAAA';
const key = { staffId: 'rocky', externalUserId: 'wm1' };
const theirKey = { userid: 'rocky', external_userid: 'wm1' };
const contact = { _id: PERSON, name: '李四', type: 2, position: 'Manager', corpName: '腾讯' };
const rocky = {
  staffId: 'rocky',
  externalUserId: PERSON,
  remark: '李部长',
  description: '对接采购事务',
  remarkCorpName: '腾讯科技',
  tagIds: ['etAJ2GCAAAXtWyujaWJHDDGi0mACHAAA'],
  addWay: 10,
  state: '',
  followedAt: new Date(1_525_779_812_000),
};

const cases: ApiCase[] = [
  [
    'tells about one person and who follows them, with corp tags only',
    (wecom) => wecom.contacts.get(PERSON),
    ['GET', 'externalcontact/get', { external_userid: PERSON }],
    SAMPLE['get'] ?? {},
    {
      contact: { ...contact, corpFullName: '腾讯科技有限公司' },
      relations: [
        rocky,
        {
          ...rocky,
          staffId: 'tommy',
          remark: '',
          description: '',
          remarkCorpName: '',
          tagIds: [],
          addWay: 3,
          state: '外联二维码1',
          followedAt: new Date(1_525_881_637_000),
        },
      ],
      unread: [],
    },
  ],
  [
    'lists customers of members',
    (wecom) => wecom.contacts.pages(['rocky']),
    ['POST', 'externalcontact/batch/get_by_user', { userid_list: ['rocky'], limit: 100 }],
    SAMPLE['batch/get_by_user'] ?? {},
    [{ contact: { ...contact, corpFullName: '' }, relation: { ...rocky, addWay: 3, state: '外联二维码1' } }],
  ],
  [
    'notes something on a contact, and leaves the rest',
    (wecom) => wecom.contacts.remark({ ...key, remark: '备注', description: '' }),
    ['POST', 'externalcontact/remark', { ...theirKey, remark: '备注', description: '' }],
    {},
    undefined,
  ],
  [
    'clears the phones with an empty one',
    (wecom) => wecom.contacts.remark({ ...key, mobiles: [] }),
    ['POST', 'externalcontact/remark', { ...theirKey, remark_mobiles: [''] }],
    {},
    undefined,
  ],
  [
    'notes everything there is',
    (wecom) => wecom.contacts.remark({ ...key, company: '腾讯', mobiles: ['1', '2'], pictureMediaId: 'm' }),
    [
      'POST',
      'externalcontact/remark',
      { ...theirKey, remark_company: '腾讯', remark_mobiles: ['1', '2'], remark_pic_mediaid: 'm' },
    ],
    {},
    undefined,
  ],
];
it.each(cases)('%s', async (...played) => {
  expect(await playCase(played)).toEqual(asWritten(played));
});

describe('what WeCom would not take', () => {
  const limits: LimitCase[] = [
    ['remark', 20, 21, (n) => (wecom) => wecom.contacts.remark({ ...key, remark: han(n) })],
    ['description', 150, 151, (n) => (wecom) => wecom.contacts.remark({ ...key, description: han(n) })],
    ['remark_company', 20, 21, (n) => (wecom) => wecom.contacts.remark({ ...key, company: han(n) })],
    ['userid_list', 100, 101, (n) => (wecom) => wecom.contacts.pages(ids(n))],
    ['userid_list', 1, 0, (n) => (wecom) => wecom.contacts.pages(ids(n))],
  ];
  it.each(limits)('%s: %i goes out, %i does not', async (...limit) => {
    expect(await playLimit(limit)).toEqual(asLimited(limit));
  });

  it('is a note without anything in it', async () => {
    const { wecom, sent } = await aWecom(() => ok());
    await expect(wecom.contacts.remark(key)).rejects.toMatchObject({
      path: '/cgi-bin/externalcontact/remark',
      field: 'remark',
      rule: 'or another field is needed',
    });
    expect(sent()).toEqual([]);
  });
});

it('hears of members whose customers are kept back', async () => {
  const { wecom } = await aWecom(() => ok(SAMPLE['batch/get_by_user']));
  const heard: string[][] = [];
  await read(wecom.contacts.pages(['rocky'], { onUnlicensed: (staffIds) => heard.push(staffIds) }));
  expect(heard).toEqual([['zhangsan']]);
});
