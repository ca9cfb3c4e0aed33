import { describe, expect, it } from 'vitest';
import type { ContactWay } from '../../../../server/wecom/api/contact-ways.ts';
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

const SAMPLE = samples('contact-ways');
const CONFIG = '42b34949e138eb6e027c123cba77fAAA';
const QR = 'http://p.qpic.cn/wwhead/duc2TvpEgSdicZ9RrdUtBkv2UiaA/0';
const DAYS_14 = 14 * 24 * 3600;
const one: ContactWay = { kind: 'single', scene: 'qr', staffIds: ['zhangsan'] };
const several: ContactWay = { kind: 'several', scene: 'qr', staffIds: ['zhangsan'] };

const cases: ApiCase[] = [
  [
    'makes one for one member',
    (wecom) => wecom.contactWays.add(one),
    ['POST', 'externalcontact/add_contact_way', { type: 1, scene: 2, user: ['zhangsan'] }],
    SAMPLE['add_contact_way'] ?? {},
    { configId: CONFIG, qrCodeUrl: QR },
  ],
  [
    'makes one with everything, for a mini program',
    (wecom) =>
      wecom.contactWays.add({
        ...several,
        scene: 'mini_program',
        style: 1,
        remark: '渠道',
        skipVerify: false,
        state: 'expo',
        departmentIds: [2],
        isExclusive: true,
        markSource: false,
      }),
    [
      'POST',
      'externalcontact/add_contact_way',
      {
        type: 2,
        scene: 1,
        style: 1,
        remark: '渠道',
        skip_verify: false,
        state: 'expo',
        user: ['zhangsan'],
        party: [2],
        is_exclusive: true,
        mark_source: false,
      },
    ],
    { config_id: CONFIG },
    { configId: CONFIG, qrCodeUrl: '' },
  ],
  [
    'makes one for a session that ends',
    (wecom) =>
      wecom.contactWays.add({
        ...one,
        isTemporary: true,
        expiresInSeconds: 86_400,
        chatExpiresInSeconds: DAYS_14,
        unionid: 'o',
        conclusions: { text: { content: '再见' }, image: { mediaId: 'M' } },
      }),
    [
      'POST',
      'externalcontact/add_contact_way',
      {
        type: 1,
        scene: 2,
        user: ['zhangsan'],
        is_temp: true,
        expires_in: 86_400,
        chat_expires_in: DAYS_14,
        unionid: 'o',
        conclusions: { text: { content: '再见' }, image: { media_id: 'M' } },
      },
    ],
    SAMPLE['add_contact_way'] ?? {},
    { configId: CONFIG, qrCodeUrl: QR },
  ],
  [
    'tells about one',
    (wecom) => wecom.contactWays.get(CONFIG),
    ['POST', 'externalcontact/get_contact_way', { config_id: CONFIG }],
    SAMPLE['get_contact_way'] ?? {},
    {
      configId: CONFIG,
      kind: 'single',
      scene: 'qr',
      style: 1,
      remark: 'test remark',
      skipVerify: true,
      state: 'teststate',
      qrCodeUrl: QR,
      staffIds: ['zhangsan'],
      departmentIds: [],
      isTemporary: true,
      expiresInSeconds: 86_400,
      chatExpiresInSeconds: 86_400,
      unionid: 'oxTWIuGaIt6gTKsQRLau2M0AAAA',
    },
  ],
  [
    'changes what is given',
    (wecom) => wecom.contactWays.update(CONFIG, { remark: '', staffIds: ['lisi'] }),
    ['POST', 'externalcontact/update_contact_way', { config_id: CONFIG, remark: '', user: ['lisi'] }],
    {},
    undefined,
  ],
  [
    'deletes one',
    (wecom) => wecom.contactWays.remove(CONFIG),
    ['POST', 'externalcontact/del_contact_way', { config_id: CONFIG }],
    {},
    undefined,
  ],
  [
    'lists those of a window',
    (wecom) => wecom.contactWays.pages({ from: new Date(1500), to: new Date(9500) }),
    ['POST', 'externalcontact/list_contact_way', { start_time: 1, end_time: 10, limit: 1000 }],
    SAMPLE['list_contact_way'] ?? {},
    ['534b63270045c9ABiKEE814ef56d91c62f', '87bBiKEE811c62f63270041c62f5c9A4ef'],
  ],
  [
    'ends a temporary session',
    (wecom) => wecom.contactWays.closeChat({ staffId: 'zhangsan', externalUserId: 'wm1' }),
    ['POST', 'externalcontact/close_temp_chat', { userid: 'zhangsan', external_userid: 'wm1' }],
    {},
    undefined,
  ],
];
it.each(cases)('%s', async (...played) => {
  expect(await playCase(played)).toEqual(asWritten(played));
});

const adding =
  (more: (n: number) => Partial<ContactWay>, base: ContactWay = one): LimitCase[3] =>
  (n) =>
  (wecom) =>
    wecom.contactWays.add({ ...base, ...more(n) });
const text = (n: number) => ({ conclusions: { text: { content: 'x'.repeat(n) } } });
const link = (n: number, field: 'title' | 'desc') => ({
  conclusions: { link: { title: 'x', url: 'https://x', [field]: 'x'.repeat(n) } },
});
const limits: LimitCase[] = [
  ['remark', 30, 31, adding((n) => ({ remark: han(n) }))],
  ['state', 30, 31, adding((n) => ({ state: han(n) }))],
  ['user', 1, 2, adding((n) => ({ staffIds: ids(n) }))],
  ['user', 1, 0, adding((n) => ({ staffIds: ids(n) }))],
  ['user', 100, 101, adding((n) => ({ staffIds: ids(n) }), several)],
  ['user', 1, 0, adding((n) => ({ staffIds: ids(n) }), several)],
  ['party', 0, 1, adding((n) => ({ departmentIds: Array.from({ length: n }, () => 2) }))],
  ['expires_in', DAYS_14, DAYS_14 + 1, adding((n) => ({ expiresInSeconds: n }))],
  ['chat_expires_in', DAYS_14, DAYS_14 + 1, adding((n) => ({ chatExpiresInSeconds: n }))],
  ['conclusions.text.content', 4000, 4001, adding(text)],
  ['conclusions.link.title', 128, 129, adding((n) => link(n, 'title'))],
  ['conclusions.link.desc', 512, 513, adding((n) => link(n, 'desc'))],
  ['remark', 30, 31, (n) => (wecom) => wecom.contactWays.update(CONFIG, { remark: han(n) })],
  [
    'end_time',
    1,
    0,
    (n) => (wecom) => wecom.contactWays.pages({ from: new Date(1000), to: new Date(n * 1000) }),
  ],
];

describe('what WeCom would not take', () => {
  it.each(limits)('%s: %i goes out, %i does not', async (...limit) => {
    expect(await playLimit(limit)).toEqual(asLimited(limit));
  });

  it('is a session that ends with several members', async () => {
    const { wecom, sent } = await aWecom(() => ok());
    const asked = wecom.contactWays.add({ ...several, isTemporary: true });
    await expect(asked).rejects.toMatchObject({ field: 'is_temp', rule: 'goes with type 1 only' });
    expect(sent()).toEqual([]);
  });
});
