import { expect, it } from 'vitest';
import { aReceiver } from './support/callback-receiver.ts';
import { openSmall } from './support/open-small.ts';

const LIST = 'department/list';
const FOLLOWERS = 'externalcontact/get_follow_user_list';

it('turns away callers from an IP that is not trusted, and names it; the token is had from everywhere', async () => {
  const { platform, read } = await openSmall({ rules: { trustedIps: ['10.0.0.1', '192.168.*'] } });
  expect(await read(LIST)).toMatchObject({
    errcode: 60020,
    errmsg: expect.stringContaining('from ip: 127.0.0.1'),
    department: [],
  });
  platform.rules.trustedIps = ['127.0.*'];
  expect(await read(LIST)).toMatchObject({ errcode: 0 });
  platform.rules.trustedIps = ['127.0.0.1'];
  expect(await read(LIST)).toMatchObject({ errcode: 0 });
  platform.rules.trustedIps = [];
  expect(await read(LIST)).toMatchObject({ errcode: 60020 });
});

it('refuses everything while the app is switched off', async () => {
  const { read } = await openSmall({ rules: { isAppDisabled: true } });
  expect(await read(LIST)).toMatchObject({ errcode: 50003, department: [] });
});

it('keeps customers and their events from an app without that permission', async () => {
  const receiver = await aReceiver();
  const { platform, read } = await openSmall({ ...receiver, rules: { hasContactPermission: false } });
  expect(await read(FOLLOWERS)).toMatchObject({ errcode: 48002, follow_user: [] });
  expect(await read(LIST)).toMatchObject({ errcode: 0 });
  platform.actions.deleteStaff({ userid: 'lisi', externalUserId: 'wm2' });
  platform.actions.createTags({ groupName: '组', names: ['一'] });
  await platform.settled();
  expect(receiver.letters).toEqual([]);
});

it('words a wrong secret and an unseen member as the rules say', async () => {
  const { platform, get, read } = await openSmall({
    rules: { wrongSecretErrcode: 40091, unseenErrcode: 60021 },
  });
  const { corpId } = platform.credentials;
  expect(await get('gettoken', { corpid: corpId, corpsecret: 'x' })).toMatchObject({ errcode: 40091 });
  expect(await read('externalcontact/list', { userid: 'hidden' })).toMatchObject({ errcode: 60021 });
  expect(await read('user/get', { userid: 'hidden' })).toMatchObject({ errcode: 60021 });
});

it('leaves members without a licence out, and refuses when there are only such', async () => {
  const { write } = await openSmall({ rules: { unlicensedUserids: ['LISI'] } });
  const batch = (userid_list: string[]) =>
    write('externalcontact/batch/get_by_user', { userid_list, limit: 100 });
  const answer = await batch(['lisi', 'ZhangSan']);
  expect(answer).toMatchObject({ errcode: 0, fail_info: { unlicensed_userid_list: ['lisi'] } });
  expect(answer['external_contact_list']).toHaveLength(2);
  expect(await batch(['lisi'])).toMatchObject({ errcode: 701008, external_contact_list: [] });
  expect(await batch(['ZhangSan'])).not.toHaveProperty('fail_info');
});

it('names the addresses of the API itself', async () => {
  const { read } = await openSmall();
  expect(await read('get_api_domain_ip')).toMatchObject({ errcode: 0, ip_list: ['127.0.0.1'] });
});

it('lets rules be read, changed and taken back through the control API', async () => {
  const { control, read } = await openSmall();
  expect(await (await control('rules')).json()).toMatchObject({
    isAppDisabled: false,
    callsPerHour: 150_000,
  });
  const changed = await control('rules', {
    body: { isAppDisabled: true, trustedIps: null, massPerPeriod: 2 },
  });
  expect(await changed.json()).toMatchObject({ isAppDisabled: true, massPerPeriod: 2 });
  expect(await read(LIST)).toMatchObject({ errcode: 50003 });
  expect((await control('rules', { body: { reset: true } })).status).toBe(200);
  expect(await read(LIST)).toMatchObject({ errcode: 0 });
});

it('changes one part of the events’ form and leaves the others', async () => {
  const { control, platform } = await openSmall();
  await control('rules', { body: { xmlStyle: { hasBom: true } } });
  expect(platform.rules.xmlStyle).toMatchObject({ hasBom: true, cdata: 'texts', order: 'usual' });
});

it.each([
  {},
  { isAppDisabled: 'yes' },
  { callsPerMinute: -1 },
  { callsPerMinute: null },
  { massPeriod: 'year' },
  { trustedIps: '127.0.0.1' },
  { noSuchRule: 1 },
  { wrongSecretErrcode: 1 },
  { xmlStyle: { cdata: 'some' } },
])('refuses %o as rules, and changes nothing', async (body) => {
  const { control, platform } = await openSmall();
  const before = structuredClone(platform.rules);
  expect((await control('rules', { body })).status).toBe(400);
  expect(platform.rules).toEqual(before);
});
