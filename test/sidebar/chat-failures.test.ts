import { afterAll, afterEach, expect, it } from 'vitest';
import { aProfile } from './support/answers.ts';
import { aBridge } from './support/bridge.ts';
import { openBrowser, wordsOf } from './support/open-browser.ts';
import { Refusal, type Api } from './support/serve-pages.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const PAST_EVERY_LIMIT_MS = 20_000;

it.each([
  { how: 'never appears', bridge: 'missing' as const, title: '企业微信没有响应', check: '连接企业微信' },
  {
    how: 'keeps silent on agentConfig',
    bridge: aBridge({ agentConfig: null }),
    title: '企业微信迟迟没有答复',
    check: '应用授权（agentConfig）',
  },
])('stops waiting for a bridge that $how', async ({ bridge, title, check }) => {
  const page = await browser.visit({ path: '/sidebar/', bridge });
  await page.waitForLoadState('networkidle');
  expect(await page.getByRole('heading', { name: title }).count()).toBe(0);
  await page.clock.fastForward(PAST_EVERY_LIMIT_MS);
  await page.getByRole('heading', { name: title }).waitFor();
  await page.getByRole('listitem').filter({ hasText: check }).filter({ hasText: '未通过' }).waitFor();
  await page.getByRole('button', { name: '重新打开' }).waitFor();
});

it("shows WeCom's own word when it refuses the app, and names the usual reasons", async () => {
  const agentConfig = 'agentConfig:fail invalid signature (40093)';
  const page = await browser.visit({ path: '/sidebar/', bridge: aBridge({ agentConfig }) });
  await page.getByRole('heading', { name: '企业微信拒绝了应用授权' }).waitFor();
  const text = await page.locator('main').innerText();
  for (const words of [agentConfig, '可信域名', '签名', '可见范围', '127.0.0.1'])
    expect(text).toContain(words);
  await page.getByRole('button', { name: '先看今天要跟进的客户' }).click();
  await page.getByText('苏州恒远自动化').waitFor();
});

it('tells a missing signature from a refused one', async () => {
  const api: Partial<Api> = { agentConfig: () => new Refusal(502, 'wecom_refused', 'invalid corpsecret') };
  const page = await browser.visit({ path: '/sidebar/', bridge: aBridge(), api });
  await page.getByRole('heading', { name: '服务器没有给出签名' }).waitFor();
  expect(await wordsOf(page)).toContain('invalid corpsecret（wecom_refused）');
});

it('says what WeCom said when it does not tell the customer', async () => {
  const page = await browser.visit({ path: '/sidebar/', bridge: aBridge({ externalUserId: null }) });
  await page.getByRole('heading', { name: '读不到当前客户' }).waitFor();
  expect(await wordsOf(page)).toContain('getCurExternalContact:without context of external contact');
});

it.each([
  [403, 'not_your_contact', '这位客户不在你名下'],
  [404, 'contact_not_found', '这位客户还没有同步'],
  [500, 'internal_error', '服务器出错了'],
  [429, 'too_many_requests', '操作太频繁'],
  [503, 'database_away', '服务器暂时没有响应'],
])('explains %i %s, and shows the customer once a retry works', async (status, code, title) => {
  let isMended = false;
  const profile: Api['profile'] = () => (isMended ? aProfile() : new Refusal(status, code, '原因'));
  const page = await browser.visit({ path: '/sidebar/', bridge: aBridge(), api: { profile } });
  await page.getByRole('heading', { name: title }).waitFor();
  expect(await wordsOf(page)).toContain(`原因（${code}）`);
  isMended = true;
  await page.getByRole('button', { name: '重试' }).click();
  await page.getByRole('heading', { name: '王建国' }).waitFor();
});

it('shows a customer who arrives later by itself, without losing what was opened meanwhile', async () => {
  let asked = 0;
  const profile: Api['profile'] = () => {
    asked += 1;
    return asked < 4 ? new Refusal(404, 'contact_not_found', '原因') : aProfile();
  };
  const page = await browser.visit({ path: '/sidebar/', bridge: aBridge(), api: { profile } });
  await page.getByRole('heading', { name: '这位客户还没有同步' }).waitFor();
  for (const seconds of [2, 3, 4]) {
    const before = asked;
    await page.clock.fastForward(seconds * 1000);
    await expect.poll(() => asked).toBe(before + 1);
  }
  await page.getByRole('heading', { name: '王建国' }).waitFor();
  await page.clock.fastForward(60_000);
  expect(asked).toBe(4);
});

it('comes back after a time without network', async () => {
  const page = await browser.visit({
    path: '/sidebar/?contact=wm_wang',
    before: (page) => page.route('**/profile', (route) => route.abort('internetdisconnected')),
  });
  await page.getByRole('heading', { name: '网络不通' }).waitFor();
  await page.unroute('**/profile');
  await page.getByRole('button', { name: '重试' }).click();
  await expect.poll(() => wordsOf(page)).toContain('王建国');
});

it('gives up on a server that takes for ever', async () => {
  let isAsked = false;
  const profile = () => {
    isAsked = true;
    return new Promise<never>(() => undefined);
  };
  const page = await browser.visit({ path: '/sidebar/?contact=wm_wang', api: { profile } });
  await expect.poll(() => isAsked).toBe(true);
  expect(await page.getByRole('status').first().innerText()).toBe('正在读取客户资料');
  await page.clock.fastForward(PAST_EVERY_LIMIT_MS);
  await page.getByRole('heading', { name: '网络不通' }).waitFor();
});

it('tells somebody of another company whom the page is for', async () => {
  const api: Partial<Api> = { me: () => new Refusal(403, 'not_a_member', '外部人员') };
  const page = await browser.visit({ path: '/sidebar/', api });
  await expect.poll(() => wordsOf(page)).toContain('这个页面只对本企业成员开放');
});

it('goes to sign in three times at most, not in circles', async () => {
  let logins = 0;
  const page = await browser.visit({
    path: '/sidebar/',
    api: { me: () => new Refusal(401, 'session_expired', '登录已过期') },
    before: (page) => {
      page.on('request', (request) => {
        if (new URL(request.url()).pathname === '/auth/login') logins += 1;
      });
      return Promise.resolve();
    },
  });
  await page.getByRole('heading', { name: '没有登录成功' }).waitFor();
  await page.getByText('登录已过期（session_expired）').waitFor();
  expect(logins).toBe(3);
  await page.getByRole('button', { name: '重新登录' }).click();
  await expect.poll(() => logins).toBe(4);
});
