import { expect, it } from 'vitest';
import { aReceiver } from './support/callback-receiver.ts';
import { openSmall } from './support/open-small.ts';
import { aRelation, aSmallCorp } from './support/small-corp.ts';

const DAY = 86_400;
const NOTED = { remark: '王总', remarkMobiles: ['13800000000'], tagIds: ['etHot'], state: 'expo' };

/** ZhangSan hands wm1 over to wangwu; nothing has come due yet. */
async function aHandover(options: Parameters<typeof openSmall>[0] = {}) {
  const receiver = await aReceiver();
  const corp = aSmallCorp({ relations: [aRelation('ZhangSan', 'wm1', NOTED)] });
  const small = await openSmall({ ...receiver, corp, ...options });
  const started = await small.write('externalcontact/transfer_customer', {
    handover_userid: 'ZhangSan',
    takeover_userid: 'wangwu',
    external_userid: ['wm1'],
    transfer_success_msg: '由我为您服务',
  });
  expect(started).toMatchObject({ customer: [{ external_userid: 'wm1', errcode: 0 }] });
  return { ...small, receiver };
}

it('completes by itself after a day, and this callbacks do tell', async () => {
  const { platform, receiver } = await aHandover();
  platform.clock.advance(DAY - 1);
  await platform.settled();
  expect(receiver.letters).toEqual([]);
  platform.clock.advance(1);
  await platform.settled();
  expect(receiver.letters.map(({ event }) => event)).toMatchObject([
    {
      ChangeType: 'del_external_contact',
      UserID: 'ZhangSan',
      ExternalUserID: 'wm1',
      Source: 'DELETE_BY_TRANSFER',
    },
    { ChangeType: 'add_external_contact', UserID: 'wangwu', ExternalUserID: 'wm1' },
  ]);
  expect(receiver.letters[1]?.event).not.toHaveProperty('WelcomeCode');
});

it('gives the taker what was noted and tagged, and the message', async () => {
  const { platform } = await aHandover();
  platform.clock.advance(DAY);
  expect(platform.state.corp.relations).toMatchObject([
    {
      ...NOTED,
      userid: 'wangwu',
      state: '',
      addWay: 202,
      createdAt: Date.parse('2026-03-11T02:00:00Z') / 1000,
    },
  ]);
  expect(platform.state.messages).toMatchObject([
    { from: 'staff:wangwu', to: 'customer:wm1', text: '由我为您服务' },
  ]);
});

it('comes due by the next call too, when time went on by itself', async () => {
  const { platform, clock, read } = await aHandover();
  clock.pass(DAY);
  expect(await read('externalcontact/list', { userid: 'wangwu' })).toMatchObject({
    external_userid: ['wm1'],
  });
  expect(platform.state.transfers).toMatchObject([{ status: 1 }]);
});

it('fails when the taker is full by then', async () => {
  const { platform, receiver } = await aHandover({ rules: { customersPerMember: 1, retryDelayMs: 1 } });
  platform.actions.addCustomer({ userid: 'wangwu', externalUserId: 'wm9' });
  platform.clock.advance(DAY);
  await platform.settled();
  expect(receiver.letters.at(-1)?.event).toMatchObject({
    ChangeType: 'transfer_fail',
    FailReason: 'customer_limit_exceed',
    UserID: 'wangwu',
    ExternalUserID: 'wm1',
  });
  expect(platform.state.corp.relations.map((row) => row.userid)).toEqual(['ZhangSan', 'wangwu']);
});

it('fails when the customer refuses, and then never comes due', async () => {
  const { platform, receiver } = await aHandover();
  platform.actions.refuseTransfer({ takeoverId: 'wangwu', externalUserId: 'wm1' });
  platform.clock.advance(DAY);
  await platform.settled();
  expect(receiver.letters.map(({ event }) => event)).toMatchObject([
    { ChangeType: 'transfer_fail', FailReason: 'customer_refused' },
  ]);
  expect(platform.state.transfers).toMatchObject([{ status: 3, takeoverAt: 0 }]);
});
