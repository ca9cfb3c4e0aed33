import { expect, it } from 'vitest';
import { aReceiver } from './support/callback-receiver.ts';
import { openSmall } from './support/open-small.ts';
import { aRelation, aSmallCorp, aStaff, MET_AT } from './support/small-corp.ts';

const START = 'externalcontact/transfer_customer';
const RESULT = 'externalcontact/transfer_result';
const RESIGNED = 'externalcontact/resigned/transfer_customer';
const DAY = 86_400;
const NOW = 1_773_108_000;
const pair = { handover_userid: 'ZhangSan', takeover_userid: 'wangwu' };
const wish = { ...pair, external_userid: ['wm1'] };

/** The small corp, and gone who left with wm4 an hour ago, older who left with wo9 a day ago. */
const withGone = () => {
  const corp = aSmallCorp();
  corp.staff.push(
    aStaff('gone', { status: 5, leftAt: NOW - 3600 }),
    aStaff('older', { status: 5, leftAt: NOW - DAY }),
  );
  corp.relations.push(aRelation('gone', 'wm4'), aRelation('gone', 'wm1'), aRelation('older', 'wo9'));
  return corp;
};

it('hands a customer over after 24 hours, with notes and tags, and tells of it', async () => {
  const receiver = await aReceiver();
  const { write, read, platform, clock } = await openSmall({ callback: receiver.callback });
  await write('externalcontact/mark_tag', { userid: 'ZhangSan', external_userid: 'wm1', add_tag: ['etHot'] });
  const started = await write(START, { ...wish, transfer_success_msg: '以后我来服务' });
  expect(started['customer']).toEqual([{ external_userid: 'wm1', errcode: 0 }]);
  const customer = async () => (await write(RESULT, pair))['customer'];
  clock.pass(DAY - 1);
  expect(await customer()).toEqual([{ external_userid: 'wm1', status: 2, takeover_time: NOW + DAY }]);
  clock.pass(1);
  expect(await customer()).toEqual([{ external_userid: 'wm1', status: 1, takeover_time: NOW + DAY }]);
  const found = await read('externalcontact/get', { external_userid: 'wm1' });
  expect(found['follow_user']).toMatchObject([
    {
      userid: 'wangwu',
      add_way: 202,
      createtime: NOW + DAY,
      remark: 'remark of wm1',
      tags: [{ tag_id: 'etHot' }],
    },
  ]);
  await platform.settled();
  expect(receiver.letters.map((letter) => letter.event)).toMatchObject([
    { ChangeType: 'del_external_contact', UserID: 'ZhangSan', Source: 'DELETE_BY_TRANSFER' },
    { ChangeType: 'add_external_contact', UserID: 'wangwu', ExternalUserID: 'wm1' },
  ]);
  expect(platform.state.messages).toMatchObject([
    { from: 'staff:wangwu', to: 'customer:wm1', text: '以后我来服务' },
  ]);
});

it('tells who refused, and of a taker who is full', async () => {
  const receiver = await aReceiver();
  const { write, platform, clock } = await openSmall({ callback: receiver.callback });
  await write(START, { ...pair, external_userid: ['wm1', 'wm2'] });
  platform.actions.refuseTransfer({ takeoverId: 'wangwu', externalUserId: 'wm1' });
  platform.actions.failTransferFull({ takeoverId: 'wangwu', externalUserId: 'wm2' });
  clock.pass(DAY);
  expect((await write(RESULT, pair))['customer']).toEqual([
    { external_userid: 'wm1', status: 3, takeover_time: 0 },
    { external_userid: 'wm2', status: 4, takeover_time: 0 },
  ]);
  await platform.settled();
  expect(receiver.letters.map((letter) => letter.event)).toMatchObject([
    { ChangeType: 'transfer_fail', FailReason: 'customer_refused', UserID: 'wangwu', ExternalUserID: 'wm1' },
    { ChangeType: 'transfer_fail', FailReason: 'customer_limit_exceed', ExternalUserID: 'wm2' },
  ]);
  expect(() => platform.actions.refuseTransfer({ takeoverId: 'wangwu', externalUserId: 'wm1' })).toThrow(
    '没有等待',
  );
});

it('fails at its time when the taker has as many customers as he may', async () => {
  const { write, platform, clock } = await openSmall();
  await write(START, wish);
  platform.rules.customersPerMember = 0;
  clock.pass(DAY);
  expect((await write(RESULT, pair))['customer']).toMatchObject([{ status: 4 }]);
});

it.each([
  ['an unknown customer', {}, ['wmX'], 40096],
  ['somebody whom the member does not follow', {}, ['wo3'], 40131],
  ['a customer in transfer', {}, ['wm1', 'wm1'], 40129],
  ['the same person', { takeover_userid: 'ZHANGSAN' }, ['wm1'], 40130],
  ['an unverified taker', { takeover_userid: 'new' }, ['wm1'], 40098],
  ['a full taker', { takeover_userid: 'lisi' }, ['wm1'], 40099],
])('answers row by row for %s', async (...row) => {
  const [, more, external_userid, errcode] = row;
  const corp = aSmallCorp();
  corp.staff.push(aStaff('new', { isVerified: false }));
  const { write } = await openSmall({ corp, rules: { customersPerMember: 2 } });
  const answer = await write(START, { ...pair, ...more, external_userid });
  expect(answer['errcode']).toBe(0);
  expect((answer['customer'] as unknown[]).at(-1)).toEqual({
    external_userid: external_userid.at(-1),
    errcode,
  });
});

it.each([
  ['an unknown member', START, { handover_userid: 'nobody' }, 40003],
  ['an unknown taker', START, { takeover_userid: 'nobody' }, 40003],
  ['a taker out of sight', START, { takeover_userid: 'hidden' }, 60011],
  ['a taker without customers', START, { takeover_userid: 'plain' }, 84074],
  ['a taker who is not activated', START, { takeover_userid: 'sleeper' }, 41054],
  ['a member who left', START, { handover_userid: 'gone' }, 40003],
  ['no customer', START, { external_userid: [] }, 40058],
  ['100 customers', START, { external_userid: Array(100).fill('wmX') }, 0],
  ['101 customers', START, { external_userid: Array(101).fill('wmX') }, 40058],
  ['a message of 200', START, { transfer_success_msg: '长'.repeat(200) }, 0],
  ['a message of 201', START, { transfer_success_msg: '长'.repeat(201) }, 40058],
])('answers a transfer with %s', async (...row) => {
  const [, path, more, errcode] = row;
  const corp = withGone();
  corp.staff.push(aStaff('sleeper', { status: 4 }));
  const { write } = await openSmall({ corp });
  expect(await write(path, { ...wish, ...more })).toMatchObject({ errcode });
});

it('moves a customer at most twice in 90 days; refusals do not count', async () => {
  const { write, platform, clock } = await openSmall();
  const errcodeOf = async (from: string, to: string) => {
    const body = { handover_userid: from, takeover_userid: to, external_userid: ['wm1'] };
    const rows = (await write(START, body))['customer'] as { errcode: number }[];
    return rows[0]?.errcode;
  };
  expect(await errcodeOf('ZhangSan', 'wangwu')).toBe(0);
  platform.actions.refuseTransfer({ takeoverId: 'wangwu', externalUserId: 'wm1' });
  expect(await errcodeOf('ZhangSan', 'wangwu')).toBe(0);
  clock.pass(DAY);
  expect(await errcodeOf('wangwu', 'ZhangSan')).toBe(0);
  clock.pass(DAY);
  expect(await errcodeOf('ZhangSan', 'lisi')).toBe(40128);
  clock.pass(88 * DAY - 1);
  expect(await errcodeOf('ZhangSan', 'lisi')).toBe(40128);
  clock.pass(1);
  expect(await errcodeOf('ZhangSan', 'lisi')).toBe(0);
});

it('lists the customers of members who left, the last who left first', async () => {
  const { write, clock } = await openSmall({ corp: withGone() });
  const list = (body: object = {}) => write('externalcontact/get_unassigned_list', body);
  const all = await list();
  expect(all['info']).toEqual([
    { handover_userid: 'gone', external_userid: 'wm1', dimission_time: NOW - 3600 },
    { handover_userid: 'gone', external_userid: 'wm4', dimission_time: NOW - 3600 },
    { handover_userid: 'older', external_userid: 'wo9', dimission_time: NOW - DAY },
  ]);
  expect(all).toMatchObject({ is_last: true, next_cursor: '' });
  const first = await list({ page_size: 2 });
  expect(first).toMatchObject({ is_last: false });
  const rest = [
    await list({ page_size: 2, page_id: 1 }),
    await list({ page_size: 2, cursor: first['next_cursor'] }),
  ];
  for (const page of rest) expect(page['info']).toMatchObject([{ handover_userid: 'older' }]);
  clock.pass(365 * DAY - DAY);
  expect((await list())['info']).toHaveLength(2);
});

it.each([
  [{ page_id: 49, page_size: 1000 }, 0],
  [{ page_id: 50, page_size: 1000 }, 40058],
  [{ page_size: 1001 }, 40058],
  [{ cursor: 'foreign' }, 50100],
])('answers a list of unassigned with %j by %i', async (body, errcode) => {
  const { write } = await openSmall({ corp: withGone() });
  expect(await write('externalcontact/get_unassigned_list', body)).toMatchObject({ errcode });
});

it('hands the customers of a member who left over, and takes them off the list', async () => {
  const { write, read, clock } = await openSmall({ corp: withGone() });
  const left = { handover_userid: 'gone', takeover_userid: 'lisi' };
  const started = await write(RESIGNED, { ...left, external_userid: ['wm4', 'wm4', 'wo9'] });
  expect((started['customer'] as { errcode: number }[]).map((row) => row.errcode)).toEqual([0, 40100, 40131]);
  const unassigned = await write('externalcontact/get_unassigned_list', {});
  expect(unassigned['info']).toMatchObject([{ external_userid: 'wm1' }, { external_userid: 'wo9' }]);
  clock.pass(DAY);
  expect((await write('externalcontact/resigned/transfer_result', left))['customer']).toMatchObject([
    { external_userid: 'wm4', status: 1 },
  ]);
  expect((await read('externalcontact/list', { userid: 'lisi' }))['external_userid']).toContain('wm4');
});

it('refuses to hand over from somebody who still works here as if he had left', async () => {
  const { write } = await openSmall({ corp: withGone() });
  const answer = await write(RESIGNED, wish);
  expect(answer['customer']).toEqual([{ external_userid: 'wm1', errcode: 40097 }]);
});

it('goes on with a transfer after a customer who parted meanwhile', async () => {
  const { write, platform, clock } = await openSmall();
  await write(START, { ...pair, external_userid: ['wm1', 'wm2'] });
  platform.actions.deleteStaff({ userid: 'ZhangSan', externalUserId: 'wm1' });
  clock.pass(DAY);
  expect((await write(RESULT, pair))['customer']).toMatchObject([{ status: 3 }, { status: 1 }]);
  expect(platform.state.corp.relations.filter((row) => row.userid === 'wangwu')).toMatchObject([
    { externalUserId: 'wm2', createdAt: MET_AT + (NOW - MET_AT) + DAY },
  ]);
});
