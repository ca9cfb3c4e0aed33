import { afterAll, afterEach, expect, it } from 'vitest';
import { aBlankProfile, aCadence, aMe, aProfile } from './support/answers.ts';
import { aBridge, bridgeCalls } from './support/bridge.ts';
import { openBrowser, wordsOf } from './support/open-browser.ts';
import { Refusal } from './support/serve-pages.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

it("shows the customer of the chat, after agentConfig with the server's signature for this very address", async () => {
  const signed: string[] = [];
  const agentConfig = (url: string) => {
    signed.push(url);
    return { timestamp: 1_700_000_000, nonceStr: 'nonce-1', signature: 'signature-1' };
  };
  const page = await browser.visit({ path: '/sidebar/#top', bridge: aBridge(), api: { agentConfig } });
  await page.getByRole('heading', { name: '王建国' }).waitFor();
  expect(signed).toEqual([page.url().replace('#top', '')]);
  const calls = await bridgeCalls(page);
  expect(calls.map(({ name }) => name)).toEqual(['agentConfig', 'getContext', 'getCurExternalContact']);
  expect(calls[0]?.params).toMatchObject({
    corpid: aMe().corpId,
    agentid: aMe().agentId,
    timestamp: '1700000000',
    nonceStr: 'nonce-1',
    signature: 'signature-1',
    jsApiList: ['getContext', 'getCurExternalContact', 'sendChatMessage'],
  });
});

it('takes the contact from the address, without asking WeCom', async () => {
  const page = await browser.visit({ path: '/sidebar/?contact=wm_wang', bridge: aBridge() });
  await page.getByRole('heading', { name: '王建国' }).waitFor();
  expect(await bridgeCalls(page)).toEqual([]);
});

it('shows what an overdue head account needs, the most useful first', async () => {
  const page = await browser.visit({ path: '/sidebar/?contact=wm_wang' });
  await page.getByText('已逾期 3 个工作日').waitFor();
  const text = await page.locator('main').innerText();
  const inOrder = [
    '王建国',
    '华东精密制造有限公司',
    '已逾期 3 个工作日',
    '11月17日 周二',
    '周期：每 7 天',
    '交期能不能压到三周以内？',
    '118 天未核实',
    '完整度 67%',
    '级别',
    '¥500,000 以内可批',
    '决策链缺口：缺最终拍板人、技术把关人',
    '年度框架报价',
    '中立者',
    'NPS +30',
    '95% 区间 −4 ~ 64（20 份回答）',
  ];
  const places = inOrder.map((words) => text.indexOf(words));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(await page.locator('a[href="tel:13800138000"]').count()).toBe(1);
});

it('copies a way to reach the contact', async () => {
  const page = await browser.visit({
    path: '/sidebar/?contact=wm_wang',
    options: { permissions: ['clipboard-read', 'clipboard-write'] },
  });
  await page.getByRole('button', { name: '复制 138 0013 8000' }).click();
  await page.getByText('已复制').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('138 0013 8000');
});

it('tells a refusal apart from what was done: no tick beside it', async () => {
  const page = await browser.visit({
    path: '/sidebar/?contact=wm_wang',
    before: (opened) =>
      opened.addInitScript(() => {
        Object.defineProperty(navigator, 'clipboard', { value: undefined });
        document.execCommand = () => false;
      }),
  });
  await page.getByRole('button', { name: '复制 138 0013 8000' }).click();
  const toast = page.getByRole('status').filter({ hasText: '复制' });
  await toast.waitFor();
  expect(await toast.locator('.refused').count()).toBe(1);
});

it('shows the remark first and the nickname beside it, and marks what was set by hand', async () => {
  const { contact, account } = aProfile();
  const profile = () =>
    aProfile({
      contact: { ...contact, name: '王工-恒锐采购', nickname: '风中的猫' },
      account: { ...account, byHand: ['tier'] },
    });
  const page = await browser.visit({ path: '/sidebar/?contact=wm_wang', api: { profile } });
  await expect
    .poll(() => page.getByRole('heading', { level: 1 }).innerText())
    .toMatch(/^王工-恒锐采购\s+昵称 风中的猫/);
  expect(await page.getByRole('button', { name: /人工设定\s*头部/ }).count()).toBe(1);
  expect(await page.getByText('人工设定').count()).toBe(1);
});

it('says that a contact has deleted us, and that messages no longer arrive', async () => {
  const { contact } = aProfile();
  const profile = () => aProfile({ contact: { ...contact, isLost: true } });
  const page = await browser.visit({ path: '/sidebar/?contact=wm_wang', api: { profile } });
  await expect.poll(() => wordsOf(page)).toMatch(/已流失[^]*对方已把我们删除/);
});

it('has calm words for a contact of whom nothing is known', async () => {
  const page = await browser.visit({ path: '/sidebar/?contact=wm_wang', api: { profile: aBlankProfile } });
  for (const words of [
    '新客户等您联系，11月23日前',
    '待分配',
    '完整度 0%',
    '还没有跟进记录',
    '还没有评过分',
  ]) {
    await expect.poll(() => wordsOf(page)).toContain(words);
  }
});

it.each([
  ['an ordinary browser', undefined],
  ['the workbench', aBridge({ entry: 'normal' })],
  ['a group chat', aBridge({ entry: 'group_chat_tools' })],
])('lists whom to follow up today in %s', async (_where, bridge) => {
  const page = await browser.visit({ path: '/sidebar/', ...(bridge ? { bridge } : {}) });
  await page.getByRole('heading', { name: '今天要跟进的客户' }).waitFor();
  expect(await page.getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringMatching(/华东精密制造有限公司[^]*头部[^]*王建国[^]*逾期 3 个工作日/),
    expect.stringMatching(/苏州恒远自动化[^]*今天/),
    expect.stringMatching(/宁波北仑模具厂[^]*暂无可联系的人/),
  ]);
  await page.getByRole('link', { name: '华东精密制造有限公司' }).click();
  await page.getByRole('heading', { name: '王建国' }).waitFor();
});

it('reads again when it is looked at after a while, without a word', async () => {
  let reads = 0;
  const cadence = aCadence({ state: 'due_today', overdueWorkingDays: 0 });
  const profile = () => ((reads += 1) === 1 ? aProfile() : aProfile({ cadence }));
  const page = await browser.visit({ path: '/sidebar/?contact=wm_wang', api: { profile } });
  await page.getByText('已逾期 3 个工作日').waitFor();
  const turn = (isHidden: boolean) =>
    page.evaluate((isHidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
      document.dispatchEvent(new Event('visibilitychange'));
    }, isHidden);
  await turn(true);
  await page.clock.fastForward(5_000);
  await turn(false);
  expect(reads).toBe(1);
  await turn(true);
  await page.clock.fastForward(5 * 60_000);
  await turn(false);
  await expect.poll(() => wordsOf(page)).toContain('今天到期');
});

it('goes to sign in and comes back to the same address', async () => {
  let isSignedIn = false;
  const page = await browser.visit({
    path: '/sidebar/?contact=wm_wang',
    api: { me: () => (isSignedIn ? aMe() : new Refusal(401, 'unauthorized', '请先登录')) },
    before: (page) =>
      page.route('**/auth/login**', (route) => {
        isSignedIn = true;
        return route.continue();
      }),
  });
  await page.getByRole('heading', { name: '王建国' }).waitFor();
  expect(page.url()).toContain('/sidebar/?contact=wm_wang');
});
