import { expect, it } from 'vitest';
import { aReceiver } from './support/callback-receiver.ts';
import { openSmall } from './support/open-small.ts';
import { aSmallCorp, aStaff } from './support/small-corp.ts';

const ADD = 'externalcontact/add_contact_way';
const one = { type: 1, scene: 2, user: ['lisi'] };
const several = { type: 2, scene: 2 };
const DAY = 86_400;

/** The small corp with a hundred more members in department 9, and people who cannot serve. */
function bigCorp() {
  const corp = aSmallCorp();
  corp.departments.push({ id: 9, name: '客服部', parentId: 1, order: 1 });
  const crowd = Array.from({ length: 100 }, (_, index) => aStaff(`s${index}`, { departments: [9] }));
  corp.staff.push(...crowd, aStaff('sleeper', { status: 4 }), aStaff('new', { isVerified: false }));
  return corp;
}

it('keeps a way, shows it, changes what is said, and forgets it', async () => {
  const { write } = await openSmall();
  const { config_id, qr_code } = await write(ADD, { ...one, state: 'expo', remark: '展会' });
  expect(config_id).toMatch(/^[0-9a-z]{32}$/);
  const shown = async () => (await write('externalcontact/get_contact_way', { config_id }))['contact_way'];
  expect(await shown()).toEqual({
    config_id,
    type: 1,
    scene: 2,
    style: 1,
    remark: '展会',
    skip_verify: true,
    state: 'expo',
    qr_code,
    user: ['lisi'],
    party: [],
    is_temp: false,
    expires_in: 7 * DAY,
    chat_expires_in: DAY,
    unionid: '',
  });
  await write('externalcontact/update_contact_way', { config_id, user: ['ZhangSan'], skip_verify: false });
  expect(await shown()).toMatchObject({
    user: ['ZhangSan'],
    skip_verify: false,
    state: 'expo',
    remark: '展会',
  });
  await write('externalcontact/del_contact_way', { config_id });
  expect(await write('externalcontact/get_contact_way', { config_id })).toMatchObject({ errcode: 41044 });
});

it.each([
  ['no type', { ...one, type: undefined }, 41037],
  ['type 3', { ...one, type: 3 }, 41039],
  ['no scene', { ...one, scene: undefined }, 41038],
  ['scene 3', { ...one, scene: 3 }, 41040],
  ['style 3', { ...one, style: 3 }, 0],
  ['style 4', { ...one, style: 4 }, 41042],
  ['a remark of 30', { ...one, remark: '备'.repeat(30) }, 0],
  ['a remark of 31', { ...one, remark: '备'.repeat(31) }, 40058],
  ['a state of 30', { ...one, state: 's'.repeat(30) }, 0],
  ['a state of 31', { ...one, state: 's'.repeat(31) }, 40058],
  ['nobody', { ...one, user: [] }, 40058],
  ['two for one', { ...one, user: ['lisi', 'ZhangSan'] }, 41041],
  ['a department for one', { ...one, party: [9] }, 40058],
  ['a department of 100', { ...several, party: [9] }, 0],
  ['101 people', { ...several, party: [9], user: ['lisi'] }, 41041],
  ['an unknown department', { ...several, party: [99] }, 60123],
  ['somebody unknown', { ...one, user: ['nobody'] }, 40003],
  ['somebody out of sight', { ...one, user: ['hidden'] }, 60011],
  ['somebody without customers', { ...one, user: ['plain'] }, 84074],
  ['somebody not activated', { ...one, user: ['sleeper'] }, 41054],
  ['somebody not verified', { ...one, user: ['new'] }, 40098],
  ['14 days', { ...one, is_temp: true, expires_in: 14 * DAY }, 0],
  ['more than 14 days', { ...one, is_temp: true, expires_in: 14 * DAY + 1 }, 40058],
  ['a chat of 14 days', { ...one, is_temp: true, chat_expires_in: 14 * DAY }, 0],
  ['a chat of more', { ...one, is_temp: true, chat_expires_in: 14 * DAY + 1 }, 40058],
  ['several temporary', { ...several, user: ['lisi'], is_temp: true }, 40058],
  [
    'an end of 4000 bytes',
    { ...one, is_temp: true, conclusions: { text: { content: 'a'.repeat(4000) } } },
    0,
  ],
  [
    'an end of 4001 bytes',
    { ...one, is_temp: true, conclusions: { text: { content: 'a'.repeat(4001) } } },
    40058,
  ],
])('answers a way with %s', async (_, body, errcode) => {
  const { write } = await openSmall({ corp: bigCorp() });
  expect(await write(ADD, body)).toMatchObject({ errcode });
});

it('has a picture only for what can be scanned, and shows the picture of an end by its address', async () => {
  const { write } = await openSmall();
  expect(await write(ADD, { ...one, scene: 1 })).not.toHaveProperty('qr_code');
  const conclusions = { text: { content: '再见' }, image: { media_id: 'M1' } };
  const { config_id } = await write(ADD, { ...one, is_temp: true, conclusions });
  expect((await write('externalcontact/get_contact_way', { config_id }))['contact_way']).toMatchObject({
    is_temp: true,
    conclusions: { text: { content: '再见' }, image: { pic_url: expect.stringContaining('M1') } },
  });
});

it('holds as many as the corp may have; temporary ones by the day', async () => {
  const { write, clock } = await openSmall({ rules: { contactWays: 1, tempContactWaysPerDay: 1 } });
  const temp = { ...one, is_temp: true };
  expect(await write(ADD, one)).toMatchObject({ errcode: 0 });
  expect(await write(ADD, one)).toMatchObject({ errcode: 41045 });
  expect(await write(ADD, temp)).toMatchObject({ errcode: 0 });
  expect(await write(ADD, temp)).toMatchObject({ errcode: 41045 });
  clock.pass(DAY);
  expect(await write(ADD, temp)).toMatchObject({ errcode: 0 });
});

it('lists the lasting ways of the last 90 days, page by page', async () => {
  const { write, clock } = await openSmall();
  const ids: unknown[] = [];
  for (let count = 0; count < 3; count += 1) {
    ids.push((await write(ADD, one))['config_id']);
    clock.pass(10);
  }
  await write(ADD, { ...one, is_temp: true });
  const LIST = 'externalcontact/list_contact_way';
  const first = await write(LIST, { limit: 2 });
  const second = await write(LIST, { limit: 2, cursor: first['next_cursor'] });
  const rows = [first, second].flatMap((page) => page['contact_way'] as { config_id: string }[]);
  expect(rows.map((row) => row.config_id)).toEqual(ids);
  clock.pass(90 * DAY - 20);
  expect((await write(LIST, {}))['contact_way']).toHaveLength(2);
  clock.pass(1);
  expect((await write(LIST, {}))['contact_way']).toHaveLength(1);
  expect((await write(LIST, { start_time: 1, end_time: 1 + 90 * DAY }))['errcode']).toBe(0);
  expect((await write(LIST, { start_time: 1, end_time: 2 + 90 * DAY }))['errcode']).toBe(40058);
});

it('brings its state to the member and into the events; without verification a half event comes first', async () => {
  const receiver = await aReceiver();
  const { write, read, platform } = await openSmall({ callback: receiver.callback });
  const { config_id } = await write(ADD, { ...one, state: 'expo' });
  const strict = await write(ADD, { ...one, state: 'booth', skip_verify: false });
  const scan = (configId: unknown, externalUserId: string) =>
    platform.actions.scanContactWay({ configId: String(configId), externalUserId });
  expect(scan(config_id, 'wm9')).toEqual({ userid: 'lisi', externalUserId: 'wm9' });
  await platform.settled();
  scan(strict['config_id'], 'wo9');
  await platform.settled();
  expect(receiver.letters.map(({ event }) => [event['ChangeType'], event['State']])).toEqual([
    ['add_half_external_contact', 'expo'],
    ['add_external_contact', 'expo'],
    ['add_external_contact', 'booth'],
  ]);
  const found = await read('externalcontact/get', { external_userid: 'wm9' });
  expect(found['follow_user']).toMatchObject([{ userid: 'lisi', state: 'expo', add_way: 1 }]);
});

it('lets members take turns, and gives a customer the same one again where it is exclusive', async () => {
  const { write, platform } = await openSmall();
  const users = ['ZhangSan', 'lisi', 'wangwu'];
  const { config_id } = await write(ADD, { ...several, user: users, is_exclusive: true });
  const scan = (wish: { name?: string; externalUserId?: string }) =>
    platform.actions.scanContactWay({ configId: String(config_id), ...wish });
  expect(['甲', '乙', '丙', '丁'].map((name) => scan({ name }).userid)).toEqual([...users, 'ZhangSan']);
  const { userid, externalUserId } = scan({ name: '戊' });
  platform.actions.deleteCustomer({ userid, externalUserId });
  expect(scan({ externalUserId }).userid).toBe(userid);
});

it('cannot be scanned when it is gone, expired, or its members are', async () => {
  const { write, platform, clock } = await openSmall();
  const temp = await write(ADD, { ...one, is_temp: true, expires_in: 60 });
  const scan = (configId: unknown) =>
    platform.actions.scanContactWay({ configId: String(configId), name: '甲' });
  clock.pass(59);
  expect(scan(temp['config_id']).userid).toBe('lisi');
  clock.pass(1);
  expect(() => scan(temp['config_id'])).toThrow('已失效');
  const lasting = await write(ADD, one);
  for (const member of platform.state.corp.staff) if (member.userid === 'lisi') member.status = 2;
  expect(() => scan(lasting['config_id'])).toThrow('不可用');
});

it('ends a temporary chat of two who know each other', async () => {
  const { write } = await openSmall();
  const close = (external_userid: string) =>
    write('externalcontact/close_temp_chat', { userid: 'lisi', external_userid });
  expect(await close('wm2')).toMatchObject({ errcode: 0 });
  expect(await close('wm9')).toMatchObject({ errcode: 84061 });
});

it.each(['get', 'update', 'del'])('%s_contact_way asks for a config_id that exists', async (name) => {
  const { write } = await openSmall();
  expect(await write(`externalcontact/${name}_contact_way`, {})).toMatchObject({ errcode: 41043 });
  expect(await write(`externalcontact/${name}_contact_way`, { config_id: 'X' })).toMatchObject({
    errcode: 41044,
  });
});
