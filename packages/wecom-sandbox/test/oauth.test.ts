import { expect, it } from 'vitest';
import { openSmall } from './support/open-small.ts';

const TRUSTED = 'http://localhost:3000';

async function withPhone(more: Record<string, string> = {}) {
  const opened = await openSmall({ trustedOrigin: TRUSTED });
  const authorize = (person: string | null, query: Record<string, string> = {}, prefix = '') => {
    const all = {
      appid: 'ww00000000000000ab',
      redirect_uri: `${TRUSTED}/auth/callback?next=1`,
      response_type: 'code',
      scope: 'snsapi_base',
      state: 'abc123',
      ...more,
      ...query,
    };
    const url = `${opened.platform.origin}${prefix}/connect/oauth2/authorize?${new URLSearchParams(all)}`;
    return fetch(url, {
      redirect: 'manual',
      headers: person === null ? {} : { cookie: `sandbox_person=${person}` },
    });
  };
  const codeOf = async (person: string, query: Record<string, string> = {}) =>
    new URL((await authorize(person, query)).headers.get('location') ?? '').searchParams.get('code') ?? '';
  return { ...opened, authorize, codeOf };
}

it('sends a known person straight back with code and state, on both paths', async () => {
  const { authorize } = await withPhone();
  for (const prefix of ['', '/sandbox']) {
    const answer = await authorize('staff:lisi', {}, prefix);
    expect(answer.status).toBe(302);
    const target = new URL(answer.headers.get('location') ?? '');
    expect(target.origin + target.pathname).toBe(`${TRUSTED}/auth/callback`);
    expect(target.searchParams.get('next')).toBe('1');
    expect(target.searchParams.get('state')).toBe('abc123');
    expect(target.searchParams.get('code')).toHaveLength(43);
  }
});

it('tells members by userid, customers by both ids, strangers by openid only', async () => {
  const { codeOf, read } = await withPhone();
  const visit = async (person: string) => {
    const {
      errcode,
      errmsg: _errmsg,
      ...who
    } = await read('auth/getuserinfo', { code: await codeOf(person) });
    expect(errcode).toBe(0);
    return who;
  };
  expect(await visit('staff:lisi')).toEqual({ userid: 'lisi' });
  expect(await visit('customer:wm1')).toEqual({ openid: 'open-wm1', external_userid: 'wm1' });
  expect(await visit('customer:wm9')).toEqual({ openid: 'open-wm9' });
  expect(await visit('customer:wm4')).toEqual({ openid: 'open-wm4' });
});

it('gives a user_ticket to members who were asked for private info', async () => {
  const { codeOf, read } = await withPhone();
  const code = await codeOf('staff:lisi', { scope: 'snsapi_privateinfo', agentid: '1000002' });
  expect(await read('auth/getuserinfo', { code })).toMatchObject({
    userid: 'lisi',
    user_ticket: expect.any(String),
  });
});

it('takes a code once, for five minutes', async () => {
  const { codeOf, read, clock } = await withPhone();
  const code = await codeOf('staff:lisi');
  expect(await read('auth/getuserinfo', { code })).toMatchObject({ errcode: 0 });
  expect(await read('auth/getuserinfo', { code })).toMatchObject({ errcode: 42022 });
  const late = await codeOf('staff:lisi');
  clock.pass(300);
  expect(await read('auth/getuserinfo', { code: late })).toMatchObject({ errcode: 40029 });
  expect(await read('auth/getuserinfo', { code: 'x' })).toMatchObject({ errcode: 40029 });
});

it('redirects to the trusted domain only, port included', async () => {
  const { authorize } = await withPhone();
  for (const redirect_uri of ['http://localhost:3001/a', 'http://evil.example/a', 'nonsense', '']) {
    const answer = await authorize('staff:lisi', { redirect_uri });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('50001');
  }
});

it.each([
  [{ appid: 'ww1' }, 'appid'],
  [{ response_type: 'token' }, 'response_type'],
  [{ scope: 'all' }, 'scope'],
  [{ scope: 'snsapi_privateinfo' }, 'agentid'],
  [{ state: 'a-b' }, 'state'],
])('explains a wrong authorize URL: %o', async (query, word) => {
  const { authorize } = await withPhone();
  const answer = await authorize('staff:lisi', query);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain(word);
});

it('asks who is there, and goes on with the choice', async () => {
  const { authorize, platform } = await withPhone();
  const page = await (await authorize(null)).text();
  const [, href = ''] = /href="([^"]+customer%3Awm1)"/.exec(page) ?? [];
  const answer = await fetch(platform.origin + href.replaceAll('&amp;', '&'), { redirect: 'manual' });
  expect(answer.status).toBe(302);
  expect(answer.headers.get('set-cookie')).toBe('sandbox_person=customer:wm1; path=/; samesite=lax');
  expect((await authorize('staff:gone')).status).toBe(200);
});

it('gives a ticket for private details only to a member in range who was asked for them', async () => {
  const { platform, read } = await openSmall();
  const expiresAt = platform.clock.now().getTime() + 1000;
  const codeOf = (userid: string, scope: string) => {
    const code = `${userid}.${scope}`;
    platform.state.codes.push({ code, person: `staff:${userid}`, scope, expiresAt, isUsed: false });
    return read('auth/getuserinfo', { code });
  };
  expect(await codeOf('lisi', 'snsapi_privateinfo')).toMatchObject({
    userid: 'lisi',
    user_ticket: expect.stringMatching(/^\w{128}$/),
  });
  expect(await codeOf('lisi', 'snsapi_base')).not.toHaveProperty('user_ticket');
  expect(await codeOf('hidden', 'snsapi_privateinfo')).not.toHaveProperty('user_ticket');
  expect(platform.state.userTickets).toMatchObject([{ userid: 'lisi' }]);
});

it('answers the older path with capitals', async () => {
  const { platform, read } = await openSmall();
  const expiresAt = platform.clock.now().getTime() + 1000;
  for (const person of ['staff:lisi', 'customer:wm1', 'customer:wm9'])
    platform.state.codes.push({ code: person, person, scope: 'snsapi_base', expiresAt, isUsed: false });
  expect(await read('user/getuserinfo', { code: 'staff:lisi' })).toMatchObject({ UserId: 'lisi' });
  expect(await read('user/getuserinfo', { code: 'customer:wm1' })).toMatchObject({
    OpenId: 'open-wm1',
    external_userid: 'wm1',
  });
  expect(await read('user/getuserinfo', { code: 'customer:wm9' })).not.toHaveProperty('external_userid');
  expect(await read('user/getuserinfo', { code: 'staff:lisi' })).toMatchObject({ errcode: 42022 });
});
