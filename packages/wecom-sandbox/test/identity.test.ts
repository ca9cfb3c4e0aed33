import { expect, it } from 'vitest';
import { openSmall } from './support/open-small.ts';
import { aSmallCorp } from './support/small-corp.ts';

const ORIGIN = 'https://genjin.example';
const open = () => openSmall({ trustedOrigin: ORIGIN });

/** The user_ticket of a member who came with a code for private details. */
async function aTicket({ platform, read }: Awaited<ReturnType<typeof open>>): Promise<unknown> {
  const query = new URLSearchParams({
    appid: platform.credentials.corpId,
    redirect_uri: `${ORIGIN}/auth`,
    response_type: 'code',
    scope: 'snsapi_privateinfo',
    agentid: platform.credentials.agentId,
    state: 's',
  });
  const page = await fetch(`${platform.origin}/connect/oauth2/authorize?${query}`, {
    headers: { cookie: 'sandbox_person=staff:lisi' },
    redirect: 'manual',
  });
  const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? '';
  return (await read('auth/getuserinfo', { code }))['user_ticket'];
}

it('tells the private details of a member for half an hour', async () => {
  const opened = await open();
  const user_ticket = await aTicket(opened);
  const ask = (ticket: unknown) => opened.write('auth/getuserdetail', { user_ticket: ticket });
  opened.clock.pass(1799);
  const detail = await ask(user_ticket);
  expect(detail).toMatchObject({ errcode: 0, userid: 'lisi', mobile: expect.stringMatching(/^139\d{8}$/) });
  expect(detail['gender']).toMatch(/^[12]$/);
  expect(await ask(user_ticket)).toEqual(detail);
  opened.clock.pass(1);
  expect(await ask(user_ticket)).toMatchObject({ errcode: 84014 });
  expect(await ask('X')).toMatchObject({ errcode: 84015 });
  expect(await ask(undefined)).toMatchObject({ errcode: 84015 });
});

it('turns ids into openids, of WeChat users and members only', async () => {
  const { write } = await open();
  const customer = (external_userid: string) =>
    write('externalcontact/convert_to_openid', { external_userid });
  expect(await customer('wm1')).toMatchObject({ errcode: 0, openid: 'open-wm1' });
  expect(await customer('wo3')).toMatchObject({ errcode: 41056 });
  expect(await customer('wmX')).toMatchObject({ errcode: 40096 });
  expect(await write('user/convert_to_openid', { userid: 'LISI' })).toEqual(
    await write('user/convert_to_openid', { userid: 'lisi' }),
  );
  expect(await write('user/convert_to_openid', { userid: 'nobody' })).toMatchObject({ errcode: 40003 });
});

it.each(['externalcontact', 'idconvert'])('%s knows a customer by unionid and openid', async (family) => {
  const corp = aSmallCorp();
  for (const person of corp.customers) person.unionId = `union-${person.externalUserId}`;
  const { write } = await openSmall({ corp });
  const ask = (unionid: string, openid: string) =>
    write(`${family}/unionid_to_external_userid`, { unionid, openid });
  expect(await ask('union-wm1', 'open-wm1')).toMatchObject({ errcode: 0, external_userid: 'wm1' });
  expect(await ask('union-wm1', 'open-wm2')).toMatchObject({ errcode: 0, external_userid: '' });
  expect(await ask('union-wm9', 'open-wm9')).toMatchObject({ errcode: 0, external_userid: '' });
  const without = await open();
  const body = { unionid: 'union-wm1', openid: 'open-wm1' };
  expect(await without.write(`${family}/unionid_to_external_userid`, body)).toMatchObject({ errcode: 41057 });
});

const pages = {
  new: '/wwlogin/sso/login?login_type=CorpApp',
  old: '/wwopen/sso/qrConnect?',
  'on our own origin': '/sandbox/wwlogin/sso/login?login_type=CorpApp',
};

it.each(Object.keys(pages) as (keyof typeof pages)[])(
  'lets a member log in on a computer by the %s page',
  async (page) => {
    const { platform, read } = await open();
    const { corpId, agentId } = platform.credentials;
    const query = new URLSearchParams({
      appid: corpId,
      agentid: agentId,
      redirect_uri: `${ORIGIN}/auth`,
      state: 'abc',
    });
    const go = (path: string, person: string) =>
      fetch(`${platform.origin}${path}`, {
        headers: { cookie: `sandbox_person=${person}` },
        redirect: 'manual',
      });
    const first = await go(`${pages[page]}&${query}`, 'staff:lisi');
    const second = await go(first.headers.get('location') ?? '', 'staff:lisi');
    const back = new URL(second.headers.get('location') ?? '');
    expect([back.origin, back.searchParams.get('state')]).toEqual([ORIGIN, 'abc']);
    const code = back.searchParams.get('code') ?? '';
    expect(await read('auth/getuserinfo', { code })).toMatchObject({ userid: 'lisi' });
    expect(await (await go(`${pages[page]}&${query}`, 'customer:wm1')).text()).toContain(
      '请使用企业微信扫码',
    );
  },
);

it('refuses a login page for another app or without its kind', async () => {
  const { platform } = await open();
  const textOf = async (path: string) => (await fetch(`${platform.origin}${path}`)).text();
  expect(await textOf('/wwlogin/sso/login?login_type=CorpApp&agentid=1')).toContain('40056');
  expect(await textOf('/wwlogin/sso/login?agentid=1000002')).toContain('login_type');
});

it('turns a customer id into the one of a provider and back, and tells new ids by old ones', async () => {
  const { platform, write } = await open();
  const to = await write('externalcontact/to_service_external_userid', { external_userid: 'wm1' });
  const theirs = to['external_userid'];
  expect(theirs).not.toBe('wm1');
  const back = (external_userid: unknown, source_agentid: string = platform.credentials.agentId) =>
    write('externalcontact/from_service_external_userid', { external_userid, source_agentid });
  expect(await back(theirs)).toMatchObject({ errcode: 0, external_userid: 'wm1' });
  expect(await back('wm1')).toMatchObject({ errcode: 40096 });
  expect(await back(theirs, '1')).toMatchObject({ errcode: 40056 });
  const asked = { external_userid_list: ['wm1', 'wmX'] };
  expect((await write('externalcontact/get_new_external_userid', asked))['items']).toEqual([
    { external_userid: 'wm1', new_external_userid: theirs },
  ]);
});

it('lists everybody who is served, page by page', async () => {
  const { write } = await open();
  const first = await write('externalcontact/contact_list', { limit: 1 });
  expect(first['info_list']).toEqual([
    expect.objectContaining({ is_customer: true, external_userid: expect.stringMatching(/^w/) }),
  ]);
  const { next_cursor: cursor } = first;
  const second = await write('externalcontact/contact_list', { limit: 1000, cursor });
  expect(second).toMatchObject({ errcode: 0, next_cursor: '' });
  expect(second['info_list']).not.toContainEqual((first['info_list'] as unknown[])[0]);
});
