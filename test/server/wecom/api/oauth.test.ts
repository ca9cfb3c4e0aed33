import { describe, expect, it } from 'vitest';
import { createOauthApi } from '../../../../server/wecom/api/oauth.ts';
import {
  asLimited,
  asWritten,
  aWecom,
  playCase,
  playLimit,
  samples,
  type ApiCase,
  type LimitCase,
} from '../../../support/wecom-cases.ts';
import { aCaller, aTokenServer, CORP, ok } from '../../../support/wecom-parts.ts';
import { openSmall } from '../../../../packages/wecom-sandbox/test/support/open-small.ts';

const BACK = 'https://crm.example.com/auth/callback';
const corpAt = (oauthUrl: string) => ({ corpId: CORP.corpId, agentId: CORP.agentId, oauthUrl });

/** Signs in at the sandbox as somebody, and gives the code with which they come back. */
async function comeBackAs(person: string) {
  const { platform } = await openSmall({ trustedOrigin: new URL(BACK).origin });
  const oauth = createOauthApi(aCaller(platform.origin).call, corpAt(platform.origin));
  const answer = await fetch(oauth.authorizeUrl(BACK, 'state123'), {
    redirect: 'manual',
    headers: { cookie: `sandbox_person=${encodeURIComponent(person)}` },
  });
  const back = new URL(answer.headers.get('location') ?? 'http://nowhere');
  return { oauth, back, code: back.searchParams.get('code') ?? '' };
}

describe('the way to sign in', () => {
  it('is written as WeCom wants it, with everything escaped', () => {
    const oauth = createOauthApi(aCaller('http://unused').call, corpAt('https://open.weixin.qq.com'));
    expect(oauth.authorizeUrl(`${BACK}?a=1&b=中`, 'abc123')).toBe(
      'https://open.weixin.qq.com/connect/oauth2/authorize?appid=ww00000000000000ab' +
        '&redirect_uri=https%3A%2F%2Fcrm.example.com%2Fauth%2Fcallback%3Fa%3D1%26b%3D%E4%B8%AD' +
        '&response_type=code&scope=snsapi_base&state=abc123&agentid=1000002#wechat_redirect',
    );
  });

  it('leads back with a code and the same state', async () => {
    const { back, code } = await comeBackAs('staff:lisi');
    expect(`${back.origin}${back.pathname}`).toBe(BACK);
    expect(back.searchParams.get('state')).toBe('state123');
    expect(code).not.toBe('');
  });
});

describe('who came back', () => {
  it.each([
    ['staff:lisi', { kind: 'staff', staffId: 'lisi' }],
    ['customer:wm1', { kind: 'contact', externalUserId: 'wm1' }],
    ['customer:wm9', { kind: 'stranger' }],
    ['customer:wm4', { kind: 'stranger' }],
  ])('as %s is %j', async (person, visitor) => {
    const { oauth, code } = await comeBackAs(person);
    expect(await oauth.visitor(code)).toEqual(visitor);
  });

  it('can be asked once: a used code is refused, as is a wrong one', async () => {
    const { oauth, code } = await comeBackAs('staff:lisi');
    await oauth.visitor(code);
    await expect(oauth.visitor(code)).rejects.toMatchObject({ errcode: 42022 });
    await expect(oauth.visitor('made-up')).rejects.toMatchObject({ errcode: 40029 });
  });

  it.each([
    [
      { userid: 'lisi', user_ticket: 't' },
      { kind: 'staff', staffId: 'lisi' },
    ],
    [
      { openid: 'o', external_userid: 'wm1' },
      { kind: 'contact', externalUserId: 'wm1' },
    ],
    [{ openid: 'o' }, { kind: 'stranger' }],
    [{ userid: '', openid: 'o', external_userid: '' }, { kind: 'stranger' }],
    [{}, { kind: 'stranger' }],
  ])('told as %j is %j', async (fields, visitor) => {
    const server = await aTokenServer(() => ok(fields));
    const oauth = createOauthApi(aCaller(server.origin).call, corpAt('http://unused'));
    expect(await oauth.visitor('c0de')).toEqual(visitor);
    expect(server.of('getuserinfo')[0]?.query).toMatchObject({ code: 'c0de' });
  });
});

const wrong = (field: string) => expect.objectContaining({ name: 'WecomLimitError', field });

describe('what goes over the line', () => {
  const SAMPLE = samples('identity');
  const PAGE = 'https://scrm.example.com/back?a=1';

  it('shows a QR code on a computer', async () => {
    const { wecom } = await aWecom(() => ok());
    expect(wecom.oauth.qrLoginUrl(PAGE, 'abc123')).toBe(
      'https://login.work.weixin.qq.com/wwlogin/sso/login?login_type=CorpApp&appid=ww00000000000000ab&agentid=1000002&redirect_uri=https%3A%2F%2Fscrm.example.com%2Fback%3Fa%3D1&state=abc123',
    );
  });

  it.each(['authorizeUrl', 'qrLoginUrl'] as const)(
    '%s takes a state of 128 letters and digits, and no more or others',
    async (name) => {
      const { wecom } = await aWecom(() => ok());
      const urlOf = (state: string, back = PAGE) => wecom.oauth[name](back, state);
      expect(urlOf('a'.repeat(128))).toContain('a'.repeat(128));
      expect(() => urlOf('a'.repeat(129))).toThrow(wrong('state'));
      expect(() => urlOf('a-b')).toThrow(wrong('state'));
      expect(() => urlOf('a', 'scrm.example.com')).toThrow(wrong('redirect_uri'));
    },
  );

  const played: ApiCase[] = [
    [
      'knows a member',
      (wecom) => wecom.oauth.visitor('CODE'),
      ['GET', 'auth/getuserinfo', { code: 'CODE' }],
      SAMPLE['getuserinfo'] ?? {},
      { kind: 'staff', staffId: 'USERID' },
    ],
  ];
  it.each(played)('%s', async (...each) => {
    expect(await playCase(each)).toEqual(asWritten(each));
  });

  const bounds: LimitCase[] = [
    ['code', 512, 513, (n) => (wecom) => wecom.oauth.visitor('c'.repeat(n))],
    ['code', 1, 0, (n) => (wecom) => wecom.oauth.visitor('c'.repeat(n))],
  ];
  it.each(bounds)('%s: %i goes out, %i does not', async (...limit) => {
    expect(await playLimit(limit)).toEqual(asLimited(limit));
  });
});
