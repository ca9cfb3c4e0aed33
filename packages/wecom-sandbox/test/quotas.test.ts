import { expect, it } from 'vitest';
import { openSmall } from './support/open-small.ts';

const LIST = 'department/list';

type Small = Awaited<ReturnType<typeof openSmall>>;

/** Asks with one token, so that only the API in question counts. */
async function aCaller({ get, token, platform }: Small) {
  // Tokens outlive every jump of these tests.
  platform.rules.tokenSeconds = 1e9;
  const access_token = await token();
  return async (path = LIST) => (await get(path, { access_token })).errcode;
}

const NOON = '2026-03-10T04:00:00.000Z';
const MINUTE = 60;
const HOUR = 3600;

it.each([
  ['callsPerMinute', MINUTE],
  ['callsPerHour', HOUR],
  ['callsPerMonth', 30 * 86_400],
  ['ipCallsPerMinute', MINUTE],
  ['ipCallsPerHour', HOUR],
] as const)('%s: one call too many shuts that API for %i s, and no other', async (rule, seconds) => {
  const small = await openSmall({ rules: { [rule]: 2 } });
  const call = await aCaller(small);
  expect([await call(), await call(), await call()]).toEqual([0, 0, 45009]);
  expect(await call('department/simplelist')).toBe(0);
  small.platform.clock.advance(seconds - 1);
  expect(await call()).toBe(45009);
  small.platform.clock.advance(1);
  expect(await call()).toBe(0);
});

it('shuts for the rest of the Shanghai day after the limit of a day', async () => {
  const small = await openSmall({ rules: { callsPerDay: 1 } });
  const call = await aCaller(small);
  small.platform.clock.set(NOON);
  expect([await call(), await call()]).toEqual([0, 45009]);
  small.platform.clock.set('2026-03-10T15:59:59.000Z');
  expect(await call()).toBe(45009);
  small.platform.clock.set('2026-03-10T16:00:00.000Z');
  expect(await call()).toBe(0);
});

it('starts every minute anew as long as nothing was too much', async () => {
  const small = await openSmall({ rules: { callsPerMinute: 2 } });
  const call = await aCaller(small);
  for (let minute = 0; minute < 3; minute += 1) {
    expect([await call(), await call()]).toEqual([0, 0]);
    small.platform.clock.advance(MINUTE);
  }
});

it('has limits of single APIs', async () => {
  const small = await openSmall({ rules: { callLimits: { 'department/list': { perHour: 1 } } } });
  const call = await aCaller(small);
  expect([await call(), await call()]).toEqual([0, 45009]);
  expect([await call('department/simplelist'), await call('department/simplelist')]).toEqual([0, 0]);
  small.platform.clock.advance(HOUR);
  expect(await call()).toBe(0);
});

it('counts both kinds of tickets together for the corp', async () => {
  const small = await openSmall({ rules: { ticketCallsPerCorpHour: 2 } });
  expect(await small.read('get_jsapi_ticket')).toMatchObject({ errcode: 0 });
  expect(await small.read('ticket/get', { type: 'agent_config' })).toMatchObject({ errcode: 0 });
  expect(await small.read('get_jsapi_ticket')).toMatchObject({ errcode: 45009 });
});

it('hands out no token for an hour after too many wrong secrets', async () => {
  const { get, platform } = await openSmall({ rules: { tokenFailuresPerHour: 2 } });
  const { corpId: corpid, agentSecret } = platform.credentials;
  const ask = async (corpsecret: string) => (await get('gettoken', { corpid, corpsecret })).errcode;
  expect([await ask('no'), await ask('no'), await ask(agentSecret)]).toEqual([40001, 40001, 0]);
  expect([await ask('no'), await ask(agentSecret)]).toEqual([45009, 45009]);
  platform.clock.advance(HOUR - 1);
  expect(await ask(agentSecret)).toBe(45009);
  platform.clock.advance(1);
  expect(await ask(agentSecret)).toBe(0);
});

it('does not count who asks with a code that is good', async () => {
  const small = await openSmall({ rules: { callsPerMinute: 2 } });
  const access_token = await small.token();
  const who = async (code: string) => (await small.get('auth/getuserinfo', { access_token, code })).errcode;
  for (let n = 0; n < 3; n += 1) {
    small.platform.state.codes.push({
      code: `code${n}`,
      person: 'staff:lisi',
      scope: 'snsapi_base',
      expiresAt: Date.parse(NOON),
      isUsed: false,
    });
    expect(await who(`code${n}`)).toBe(0);
  }
  expect([await who('code0'), await who('nonsense'), await who('nonsense')]).toEqual([42022, 40029, 45009]);
});

/** One text to one member, or to several. */
const textTo = (touser: string) => ({
  touser,
  agentid: 1_000_002,
  msgtype: 'text',
  text: { content: 'x' },
});

it.each([
  ['appMessagesPerMinute', MINUTE],
  ['appMessagesPerHour', HOUR],
] as const)('%s: drops what is too much for one member, and tells nobody', async (rule, seconds) => {
  const { platform, write } = await openSmall({ rules: { [rule]: 2 } });
  const send = (touser: string) => write('message/send', textTo(touser));
  for (let n = 0; n < 3; n += 1) expect(await send('lisi|wangwu')).toMatchObject({ errcode: 0 });
  expect(platform.state.messages.filter((message) => message.to === 'lisi')).toHaveLength(2);
  expect(await send('ZhangSan')).toMatchObject({ errcode: 0 });
  expect(platform.state.messages.at(-1)).toMatchObject({ to: 'ZhangSan' });
  platform.clock.advance(seconds);
  await send('lisi');
  expect(platform.state.messages.at(-1)).toMatchObject({ to: 'lisi' });
});

it('lets an app send two hundred messages a day per account, counted by receivers', async () => {
  const { platform, write } = await openSmall({ rules: { appAccounts: 0.02 } });
  platform.clock.set(NOON);
  expect(await write('message/send', textTo('lisi|wangwu|ZhangSan'))).toMatchObject({ errcode: 0 });
  expect(await write('message/send', textTo('lisi|wangwu'))).toMatchObject({ errcode: 45009 });
  expect(await write('message/send', textTo('lisi'))).toMatchObject({ errcode: 0 });
  expect(await write('message/send', textTo('lisi'))).toMatchObject({ errcode: 45009, invaliduser: '' });
  platform.clock.set('2026-03-10T16:00:00.000Z');
  expect(await write('message/send', textTo('lisi'))).toMatchObject({ errcode: 0 });
});

it('guards remarks and tags alike against parallel writes', async () => {
  const { platform, write } = await openSmall({ rules: { parallelWrites: 1, writeMs: 30 } });
  platform.rules.tokenSeconds = 1e9;
  const key = { userid: 'lisi', external_userid: 'wm2' };
  const codes = await Promise.all([
    write('externalcontact/remark', { ...key, remark: '一' }),
    write('externalcontact/mark_tag', { ...key, add_tag: ['etHot'] }),
  ]);
  expect(codes.map(({ errcode }) => errcode).toSorted()).toEqual([0, 45033]);
});
