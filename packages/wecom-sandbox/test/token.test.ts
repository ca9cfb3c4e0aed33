import { expect, it } from 'vitest';
import { openSmall } from './support/open-small.ts';

it('gives a token for the right secret and refuses every wrong one by its own errcode', async () => {
  const { get, platform } = await openSmall();
  const { corpId, agentSecret } = platform.credentials;
  const token = await get('gettoken', { corpid: corpId, corpsecret: agentSecret });
  expect(token).toMatchObject({ errcode: 0, errmsg: 'ok', expires_in: 7200 });
  expect(String(token['access_token'])).toHaveLength(214);
  expect(await get('gettoken', { corpid: 'ww1', corpsecret: agentSecret })).toMatchObject({ errcode: 40013 });
  expect(await get('gettoken', { corpid: corpId, corpsecret: 'no' })).toMatchObject({ errcode: 40001 });
  expect(await get('gettoken', { corpsecret: agentSecret })).toMatchObject({ errcode: 41002 });
  expect(await get('gettoken', { corpid: corpId })).toMatchObject({ errcode: 41004 });
});

it('gives the same token while it lives, and another one afterwards', async () => {
  const { clock, token, get } = await openSmall();
  const first = await token();
  clock.pass(7199);
  expect(await token()).toBe(first);
  expect(await get('department/list', { access_token: first })).toMatchObject({ errcode: 0 });
  clock.pass(1);
  expect(await get('department/list', { access_token: first })).toMatchObject({ errcode: 42001 });
  expect(await token()).not.toBe(first);
});

it('refuses a missing, an invented and a dropped token', async () => {
  const { platform, token, get } = await openSmall();
  expect(await get('department/list')).toMatchObject({ errcode: 41001 });
  expect(await get('department/list', { access_token: 'x' })).toMatchObject({
    errcode: 40014,
    department: [],
  });
  const dropped = await token();
  platform.faults.dropTokens();
  expect(await get('department/list', { access_token: dropped })).toMatchObject({ errcode: 40014 });
  expect(await token()).not.toBe(dropped);
});

it('words errors as the real platform does', async () => {
  const { get } = await openSmall();
  const { errmsg } = await get('department/list', { access_token: 'x' });
  expect(errmsg).toMatch(
    /^invalid access_token, hint: \[\d{24,}\], from ip: .+, more info at https:\/\/open\.work\.weixin\.qq\.com\/devtool\/query\?e=40014$/,
  );
});

it('has a ticket of its own for the corp and for the app', async () => {
  const { read } = await openSmall();
  const corp = await read('get_jsapi_ticket');
  const app = await read('ticket/get', { type: 'agent_config' });
  expect(corp).toMatchObject({ errcode: 0, expires_in: 7200 });
  expect(app['ticket']).not.toBe(corp['ticket']);
  expect(await read('ticket/get', { type: 'agent_config' })).toMatchObject({ ticket: app['ticket'] });
  expect(await read('ticket/get')).toMatchObject({ errcode: 40058 });
});

it('stops handing out tickets for an hour after the hundredth call', async () => {
  const { read, clock, platform } = await openSmall();
  platform.rules.ticketCallsPerHour = 2;
  expect(await read('get_jsapi_ticket')).toMatchObject({ errcode: 0 });
  expect(await read('get_jsapi_ticket')).toMatchObject({ errcode: 0 });
  expect(await read('get_jsapi_ticket')).toMatchObject({ errcode: 45009 });
  clock.pass(3599);
  expect(await read('get_jsapi_ticket')).toMatchObject({ errcode: 45009 });
  clock.pass(1);
  expect(await read('get_jsapi_ticket')).toMatchObject({ errcode: 0 });
});

it('names the addresses that callbacks come from', async () => {
  const { read } = await openSmall();
  expect(await read('getcallbackip')).toMatchObject({ errcode: 0, ip_list: ['127.0.0.1'] });
});

it('answers an unknown path, a wrong method and a body that is no JSON with 200 and an errcode', async () => {
  const { platform, token, read, write } = await openSmall();
  expect(await read('nonsense/list')).toMatchObject({ errcode: 40066 });
  expect(await write('department/list', {})).toMatchObject({ errcode: 43001 });
  expect(await read('externalcontact/mark_tag')).toMatchObject({ errcode: 43002 });
  const url = `${platform.origin}/cgi-bin/externalcontact/remark?access_token=${await token()}`;
  const answer = await fetch(url, { method: 'POST', body: '{"userid":' });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ errcode: 47001 });
});
