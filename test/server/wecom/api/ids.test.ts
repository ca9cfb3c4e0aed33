import { expect, it } from 'vitest';
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
} from '../../../support/wecom-cases.ts';

const SAMPLE = samples('identity');
const wechat = { unionid: 'U', openid: 'O' };
const contact = { external_userid: 'wmNEW' };

const cases: ApiCase[] = [
  [
    'openid of a contact',
    (wecom) => wecom.ids.contactOpenId('wm1'),
    ['POST', 'externalcontact/convert_to_openid', { external_userid: 'wm1' }],
    SAMPLE['convert_to_openid'] ?? {},
    'ooAAAAAAAAAAA',
  ],
  [
    'openid of a member',
    (wecom) => wecom.ids.staffOpenId('lisi'),
    ['POST', 'user/convert_to_openid', { userid: 'lisi' }],
    SAMPLE['convert_to_openid'] ?? {},
    'ooAAAAAAAAAAA',
  ],
  [
    'contact by unionid',
    (wecom) => wecom.ids.ofUnionId(wechat),
    ['POST', 'externalcontact/unionid_to_external_userid', wechat],
    SAMPLE['unionid_to_external_userid'] ?? {},
    'ooAAAAAAAAAAA',
  ],
  [
    'nobody by unionid',
    (wecom) => wecom.ids.ofUnionId(wechat),
    ['POST', 'externalcontact/unionid_to_external_userid', wechat],
    { external_userid: '' },
    null,
  ],
  [
    'contact and pending id, for providers',
    (wecom) => wecom.ids.ofWechat({ ...wechat, subject: 'provider' }),
    ['POST', 'idconvert/unionid_to_external_userid', { ...wechat, subject_type: 1 }],
    SAMPLE['unionid_to_external_userid'] ?? {},
    { externalUserId: 'ooAAAAAAAAAAA', pendingId: 'pAAAAA' },
  ],
  [
    'neither, for the corp itself',
    (wecom) => wecom.ids.ofWechat({ ...wechat, subject: 'corp' }),
    ['POST', 'idconvert/unionid_to_external_userid', { ...wechat, subject_type: 0 }],
    {},
    { externalUserId: null, pendingId: null },
  ],
  [
    'id of a contact for a provider',
    (wecom) => wecom.ids.toProvider('wm1'),
    ['POST', 'externalcontact/to_service_external_userid', { external_userid: 'wm1' }],
    contact,
    'wmNEW',
  ],
  [
    'id of a contact from a provider',
    (wecom) => wecom.ids.fromProvider({ externalUserId: 'wm1', agentId: 7 }),
    ['POST', 'externalcontact/from_service_external_userid', { external_userid: 'wm1', source_agentid: 7 }],
    contact,
    'wmNEW',
  ],
  [
    'new ids by old ones',
    (wecom) => wecom.ids.renewed(['wmAAA']),
    ['POST', 'externalcontact/get_new_external_userid', { external_userid_list: ['wmAAA'] }],
    SAMPLE['get_new_external_userid'] ?? {},
    new Map([['wmAAA', 'wmBBB']]),
  ],
];
it.each(cases)('%s', async (...played) => {
  expect(await playCase(played)).toEqual(asWritten(played));
});

it('has no openid for a user of WeCom, wo…', async () => {
  const { wecom, sent } = await aWecom(() => ok());
  await expect(wecom.ids.contactOpenId('wo1')).rejects.toMatchObject({ field: 'external_userid' });
  expect(sent()).toEqual([]);
});

const limits: LimitCase[] = [
  ['external_userid_list', 1000, 1001, (n) => (wecom) => wecom.ids.renewed(ids(n))],
  ['external_userid_list', 1, 0, (n) => (wecom) => wecom.ids.renewed(ids(n))],
];
it.each(limits)('%s: %i goes out, %i does not', async (...limit) => {
  expect(await playLimit(limit)).toEqual(asLimited(limit));
});
