import { expect, it } from 'vitest';
import type { DoctorBook } from '../../../../server/context.ts';
import { checkAdmins } from '../../../../server/flows/doctor/check-admins.ts';
import { checkDisk } from '../../../../server/flows/doctor/check-disk.ts';
import { checkProductApis } from '../../../../server/flows/doctor/check-product-apis.ts';
import { played } from '../../../support/a-played-doctor.ts';
import { ok } from '../../../support/wecom-parts.ts';

const GOOD = {
  get_corp_tag_list: ok({ tag_group: [] }),
  'groupchat/list': ok({ group_chat_list: [] }),
  get_groupmsg_list_v2: ok({ group_msg_list: [] }),
  get_follow_user_list: ok({ follow_user: ['anna'] }),
  'batch/get_by_user': ok({ external_contact_list: [] }),
};
const refusal = (errcode: number) => ({ status: 200, text: JSON.stringify({ errcode, errmsg: 'refused' }) });

it('finds that everything the product calls may be called', async () => {
  expect(await checkProductApis(await played(GOOD))).toMatchObject({ status: 'ok' });
});

it.each(['get_corp_tag_list', 'groupchat/list', 'get_groupmsg_list_v2', 'batch/get_by_user'])(
  'names %s when it answers 48002, whatever else is good',
  async (path) => {
    const verdict = await checkProductApis(await played({ ...GOOD, [path]: refusal(48002) }));
    expect(verdict).toMatchObject({ status: 'fail', code: '48002', tried: expect.stringContaining(path) });
  },
);

it('takes a member without customers for no fault', async () => {
  const parts = await played({ ...GOOD, 'batch/get_by_user': refusal(84061) });
  expect(await checkProductApis(parts)).toMatchObject({ status: 'ok' });
});

it.each([
  [['LiLei'], 'ok', null],
  [['lilei'], 'ok', null],
  [['LiLei', 'nobody'], 'warn', 'unknown'],
  [[], 'warn', 'none'],
] as const)('judges administrators %o against the address book: %s', async (adminIds, status, code) => {
  const { settings } = await played({}, { adminIds });
  const staff = { all: async () => [{ _id: 'LiLei' }] };
  const book = async () => ({ staff }) as unknown as DoctorBook;
  expect(await checkAdmins({ settings, book })).toMatchObject({ status, code });
});

it.each([
  [10 * 1024 ** 2, 'fail'],
  [500 * 1024 ** 2, 'warn'],
  [50 * 1024 ** 3, 'ok'],
  [null, 'skip'],
])('judges %d free bytes as %s', async (free, status) => {
  expect(await checkDisk({ freeBytes: async () => free })).toMatchObject({ status });
});
