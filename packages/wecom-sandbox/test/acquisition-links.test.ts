import { expect, it } from 'vitest';
import { aReceiver } from './support/callback-receiver.ts';
import { openSmall } from './support/open-small.ts';
import { aSmallCorp, aStaff } from './support/small-corp.ts';

const BASE = 'externalcontact/customer_acquisition';
const range = { user_list: ['lisi'] };
const link = { link_name: '官网', range };
const DAY = 86_400;
const NOW = 1_773_108_000;

async function withLink(options: Parameters<typeof openSmall>[0] = {}, more: object = {}) {
  const opened = await openSmall(options);
  const made = (await opened.write(`${BASE}/create_link`, { ...link, ...more }))['link'] as {
    link_id: string;
  };
  return { ...opened, made, link_id: made.link_id };
}

it('keeps a link, shows it, changes it, lists it, and forgets it', async () => {
  const { write, made, link_id } = await withLink();
  expect(made).toEqual({
    link_id: expect.stringMatching(/^ca/),
    link_name: '官网',
    url: expect.stringMatching(/^https:\/\/work\.weixin\.qq\.com\/ca\/\w+$/),
    create_time: NOW,
  });
  const priority_option = { priority_type: 2, priority_userid_list: ['lisi'] };
  await write(`${BASE}/update_link`, { link_id, skip_verify: false, priority_option });
  expect(await write(`${BASE}/get`, { link_id })).toMatchObject({
    link: { link_name: '官网', skip_verify: false, mark_source: true },
    range: { user_list: ['lisi'], department_list: [] },
    priority_option,
  });
  await write(`${BASE}/update_link`, { link_id, range: { department_list: [3] } });
  expect(await write(`${BASE}/get`, { link_id })).toMatchObject({
    range: { user_list: [], department_list: [3] },
  });
  expect((await write(`${BASE}/list_link`, {}))['link_id_list']).toEqual([link_id]);
  await write(`${BASE}/delete_link`, { link_id });
  expect(await write(`${BASE}/get`, { link_id })).toMatchObject({ errcode: 40058, link: {} });
});

it.each([
  ['no name', { link_name: undefined }, 40058],
  ['a name of 30', { link_name: '名'.repeat(30) }, 0],
  ['a name of 31', { link_name: '名'.repeat(31) }, 40058],
  ['no range', { range: undefined }, 40058],
  ['nobody', { range: {} }, 40058],
  ['500 people', { range: { department_list: [9] } }, 0],
  ['501 people', { range: { department_list: [9], user_list: ['lisi'] } }, 41041],
  ['an unknown member', { range: { user_list: ['nobody'] } }, 40003],
  ['an unknown department', { range: { department_list: [99] } }, 60123],
  ['a priority of 3', { priority_option: { priority_type: 3 } }, 40058],
])('answers a link with %s', async (_, more, errcode) => {
  const corp = aSmallCorp();
  corp.departments.push({ id: 9, name: '客服部', parentId: 1, order: 1 });
  corp.staff.push(...Array.from({ length: 500 }, (_, index) => aStaff(`s${index}`, { departments: [9] })));
  const { write } = await openSmall({ corp });
  expect(await write(`${BASE}/create_link`, { ...link, ...more })).toMatchObject({ errcode });
});

it('lists links page by page', async () => {
  const { write, clock } = await openSmall();
  for (let count = 0; count < 3; count += 1) {
    await write(`${BASE}/create_link`, link);
    clock.pass(1);
  }
  const first = await write(`${BASE}/list_link`, { limit: 2 });
  const second = await write(`${BASE}/list_link`, { limit: 2, cursor: first['next_cursor'] });
  expect([first, second].map((page) => (page['link_id_list'] as unknown[]).length)).toEqual([2, 1]);
});

it('brings customers with their channel, which the events carry too', async () => {
  const receiver = await aReceiver();
  const { write, read, platform, link_id, clock } = await withLink({ callback: receiver.callback });
  const channel = '渠'.repeat(22);
  platform.actions.addViaLink({ linkId: link_id, externalUserId: 'wm9', channel });
  clock.pass(1);
  platform.actions.addViaLink({ linkId: link_id, externalUserId: 'wo9' });
  await platform.settled();
  const cut = '渠'.repeat(21);
  const changes = receiver.letters.map(({ event }) => `${event['ChangeType']}:${event['State'] ?? ''}`);
  expect(changes.sort()).toEqual(
    [
      `add_external_contact:${cut}`,
      'add_external_contact:',
      `add_half_external_contact:${cut}`,
      'add_half_external_contact:',
      `friend_request:${cut}`,
    ].sort(),
  );
  expect((await write(`${BASE}/customer`, { link_id }))['customer_list']).toEqual([
    { external_userid: 'wm9', userid: 'lisi', chat_status: 0, state: cut },
    { external_userid: 'wo9', userid: 'lisi', chat_status: 0 },
  ]);
  const found = await read('externalcontact/get', { external_userid: 'wm9' });
  expect(found['follow_user']).toMatchObject([{ add_way: 16, state: cut }]);
});

it('knows who talks and who is gone', async () => {
  const { write, platform, link_id } = await withLink();
  platform.actions.addViaLink({ linkId: link_id, externalUserId: 'wm9' });
  platform.actions.addViaLink({ linkId: link_id, externalUserId: 'wo9' });
  platform.actions.sendChat({ from: 'customer:wm9', to: 'staff:lisi', text: '在吗' });
  platform.actions.deleteCustomer({ userid: 'lisi', externalUserId: 'wo9' });
  expect((await write(`${BASE}/customer`, { link_id }))['customer_list']).toMatchObject([
    { external_userid: 'wm9', chat_status: 1 },
    { external_userid: 'wo9', chat_status: 2 },
  ]);
});

it('tells of the first line, and of the third, fifth and tenth with a key to ask by', async () => {
  const receiver = await aReceiver();
  const { write, platform, link_id, clock } = await withLink({ callback: receiver.callback });
  platform.actions.addViaLink({ linkId: link_id, externalUserId: 'wm9', channel: 'expo' });
  for (let count = 0; count < 11; count += 1)
    platform.actions.sendChat({ from: 'customer:wm9', to: 'staff:lisi', text: String(count) });
  platform.actions.sendChat({ from: 'staff:lisi', to: 'customer:wm9', text: '好' });
  await platform.settled();
  const events = receiver.letters
    .map((letter) => letter.event)
    .filter((event) => event['Event'] === 'customer_acquisition');
  expect(events.map((event) => event['ChangeType'])).toEqual([
    'friend_request',
    'customer_start_chat',
    ...Array(3).fill('message_from_customer'),
  ]);
  expect(events[1]).toMatchObject({ UserID: 'lisi', ExternalUserID: 'wm9', LinkId: link_id, State: 'expo' });
  expect(events[2]).not.toHaveProperty('UserID');
  const ask = () => write(`${BASE}/get_chat_info`, { chat_key: events[4]?.['ChatKey'] });
  clock.pass(1799);
  expect(await ask()).toMatchObject({
    userid: 'lisi',
    external_userid: 'wm9',
    chat_info: { recv_msg_cnt: 11, link_id, state: 'expo' },
  });
  clock.pass(1);
  expect(await ask()).toMatchObject({ errcode: 40058 });
});

it('counts those who clicked and those who came', async () => {
  const { write, platform, link_id } = await withLink();
  platform.actions.clickLink({ linkId: link_id, externalUserId: 'wm1' });
  platform.actions.addViaLink({ linkId: link_id, externalUserId: 'wm9' });
  platform.actions.clickLink({ linkId: link_id, externalUserId: 'wm9' });
  const count = (from: number, to: number) =>
    write(`${BASE}/statistic`, { link_id, start_time: from, end_time: to });
  expect(await count(NOW, NOW)).toMatchObject({ click_link_customer_cnt: 2, new_customer_cnt: 1 });
  expect(await count(NOW - 2 * DAY, NOW - DAY)).toMatchObject({
    click_link_customer_cnt: 0,
    new_customer_cnt: 0,
  });
  expect(await count(NOW - 30 * DAY, NOW)).toMatchObject({ errcode: 0 });
  expect(await count(NOW - 31 * DAY, NOW)).toMatchObject({ errcode: 40058 });
  expect(await count(NOW - 181 * DAY, NOW - 170 * DAY)).toMatchObject({ errcode: 40058 });
});

it('uses its quota up, warns in time, and goes on when more is bought', async () => {
  const receiver = await aReceiver();
  const { read, platform, link_id } = await withLink({
    callback: receiver.callback,
    rules: { linkUses: 20 },
  });
  const come = (name: string) => platform.actions.addViaLink({ linkId: link_id, name });
  const quota = () => read('externalcontact/customer_acquisition_quota');
  expect(await quota()).toMatchObject({ total: 20, balance: 20, quota_list: [{ balance: 20 }] });
  for (let count = 0; count < 20; count += 1) come(`客户${count}`);
  expect(await quota()).toMatchObject({ total: 20, balance: 0 });
  expect(() => come('第 21 位')).toThrow('已用完');
  platform.actions.buyLinkUses({ uses: 5, days: 30 });
  come('第 21 位');
  expect(await quota()).toMatchObject({ total: 25, balance: 4 });
  await platform.settled();
  const changes = receiver.letters.map(({ event }) => String(event['ChangeType']));
  expect(changes.filter((change) => change.startsWith('balance'))).toEqual([
    'balance_low',
    'balance_exhausted',
    'balance_increased',
  ]);
});

it('tells of a link that an administrator deleted, not of one that the API deleted', async () => {
  const receiver = await aReceiver();
  const { write, platform, link_id } = await withLink({ callback: receiver.callback });
  const other = (await write(`${BASE}/create_link`, link))['link'] as { link_id: string };
  await write(`${BASE}/delete_link`, { link_id });
  platform.actions.deleteLink({ linkId: other.link_id });
  await platform.settled();
  expect(receiver.letters.map(({ event }) => event['LinkId'])).toEqual([other.link_id]);
  expect(() => platform.actions.addViaLink({ linkId: link_id, name: '甲' })).toThrow('已失效');
});
