import { expect, it } from 'vitest';
import { openSmall } from './support/open-small.ts';

const LIST = 'department/list';

it('answers the ordered errcode for as many calls as ordered, then works again', async () => {
  const { platform, read } = await openSmall();
  platform.faults.next(LIST, { errcode: 45009 }, 2);
  expect(await read(LIST)).toMatchObject({ errcode: 45009 });
  expect(await read('user/list', { department_id: '1' })).toMatchObject({ errcode: 0 });
  expect(await read(LIST)).toMatchObject({ errcode: 45009 });
  expect(await read(LIST)).toMatchObject({ errcode: 0 });
});

it('answers an HTTP status, a body that is no JSON, or nothing at all', async () => {
  const { platform, token } = await openSmall();
  const url = `${platform.origin}/cgi-bin/${LIST}?access_token=${await token()}`;
  platform.faults.next(`/cgi-bin/${LIST}`, { status: 502 });
  expect((await fetch(url)).status).toBe(502);
  platform.faults.next(LIST, { isGarbage: true });
  await expect((await fetch(url)).json()).rejects.toThrow(SyntaxError);
  platform.faults.next('*', { isCut: true });
  await expect(fetch(url)).rejects.toThrow('fetch failed');
  expect((await fetch(url)).status).toBe(200);
});

it('can do the work and still lose the answer', async () => {
  const { platform, token, write } = await openSmall();
  const url = `${platform.origin}/cgi-bin/message/send?access_token=${await token()}`;
  const body = JSON.stringify({
    touser: 'lisi',
    agentid: 1_000_002,
    msgtype: 'text',
    text: { content: 'x' },
  });
  platform.faults.next('message/send', { isCut: true, isAfterwards: true });
  await expect(fetch(url, { method: 'POST', body })).rejects.toThrow('fetch failed');
  expect(platform.state.messages).toHaveLength(1);
  platform.faults.next('message/send', { isCut: true });
  await expect(fetch(url, { method: 'POST', body })).rejects.toThrow('fetch failed');
  expect(platform.state.messages).toHaveLength(1);
  expect(await write('message/send', JSON.parse(body))).toMatchObject({ errcode: 0 });
});

it('takes orders through the control API, and takes them back', async () => {
  const { read, control } = await openSmall();
  expect((await control('faults', { body: { path: LIST, times: 3, errcode: -1 } })).status).toBe(204);
  expect(await read(LIST)).toMatchObject({ errcode: -1 });
  await control('faults', { body: { clear: true } });
  expect(await read(LIST)).toMatchObject({ errcode: 0 });
  expect((await control('faults', { body: { times: 3 } })).status).toBe(400);
});

it('shuts an API for a minute after too many calls', async () => {
  const { platform, read, clock } = await openSmall();
  platform.rules.callsPerMinute = 3;
  for (let calls = 0; calls < 3; calls += 1) expect(await read(LIST)).toMatchObject({ errcode: 0 });
  platform.rules.callsPerMinute = 3;
  clock.pass(30);
  const token = String(platform.state.tokens[0]?.value);
  const answer = async () => (await fetch(`${platform.origin}/cgi-bin/${LIST}?access_token=${token}`)).json();
  expect(await answer()).toMatchObject({ errcode: 45009 });
  clock.pass(59);
  expect(await answer()).toMatchObject({ errcode: 45009 });
  clock.pass(1);
  expect(await answer()).toMatchObject({ errcode: 0 });
});
