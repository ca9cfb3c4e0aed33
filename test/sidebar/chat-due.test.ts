import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, it } from 'vitest';
import { aMe, aProfile } from './support/answers.ts';
import { aBridge } from './support/bridge.ts';
import { checkLooks } from './support/check-looks.ts';
import { aLongDueList } from './support/due-answers.ts';
import { openBrowser, wordsOf } from './support/open-browser.ts';
import { Refusal } from './support/serve-pages.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const rows = (page: Page) => page.getByRole('listitem').count();
const more = (page: Page) => page.getByRole('button', { name: /显示更多/ });

it('shows the rest of the list with one tap, and then no more button', async () => {
  const page = await browser.visit({
    path: '/sidebar/',
    api: { due: (limit) => aLongDueList(73, limit) },
  });
  await expect.poll(() => rows(page)).toBe(20);
  expect(await more(page).innerText()).toBe('显示更多（共 73 个）');
  await more(page).click();
  await expect.poll(() => rows(page)).toBe(73);
  expect(await more(page).count()).toBe(0);
});

it('says that the list is longer than all it can show', async () => {
  const page = await browser.visit({
    path: '/sidebar/',
    api: { due: (limit) => aLongDueList(512, limit) },
  });
  await more(page).click();
  await expect.poll(() => wordsOf(page)).toContain('先列出最紧急的 200 个，共 512 个');
  expect(await more(page).count()).toBe(0);
});

it('keeps what it shows when the rest cannot be read, and reads it at the next tap', async () => {
  let isDown = true;
  const due = (limit: number) =>
    limit > 20 && isDown ? new Refusal(503, 'unavailable', '忙') : aLongDueList(73, limit);
  const page = await browser.visit({ path: '/sidebar/', api: { due } });
  await more(page).click();
  await expect.poll(() => wordsOf(page)).toContain('没有读到，请重试');
  expect(await rows(page)).toBe(20);
  isDown = false;
  await more(page).click();
  await expect.poll(() => rows(page)).toBe(73);
});

it('stays as long as it was when it is read again', async () => {
  const asked: number[] = [];
  const due = (limit: number) => {
    asked.push(limit);
    return aLongDueList(73, limit);
  };
  const page = await browser.visit({ path: '/sidebar/', api: { due } });
  await more(page).click();
  await expect.poll(() => rows(page)).toBe(73);
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await expect.poll(() => asked).toEqual([20, 200, 200]);
  expect(await rows(page)).toBe(73);
});

const profileOf = (id: string) =>
  id === 'wm_wang'
    ? aProfile()
    : aProfile({ contact: { ...aProfile().contact, externalUserId: id, name: '陈思' } });
const title = (page: Page) => page.getByRole('heading', { level: 1 }).innerText();

it('opens from the customer of the chat and leads back there, also by the way back of the browser', async () => {
  const page = await browser.visit({ path: '/sidebar/', bridge: aBridge() });
  await page.getByRole('button', { name: '今天要跟进' }).click();
  await expect.poll(() => title(page)).toBe('今天要跟进的客户');
  await page.getByRole('button', { name: '返回客户资料' }).click();
  await expect.poll(() => title(page)).toContain('王建国');
  await page.getByRole('button', { name: '今天要跟进' }).click();
  await expect.poll(() => title(page)).toBe('今天要跟进的客户');
  await page.goBack();
  await expect.poll(() => title(page)).toContain('王建国');
});

it('says that who was opened from the list is not the customer of the open chat, offers no message, and leads back', async () => {
  const page = await browser.visit({ path: '/sidebar/', bridge: aBridge(), api: { profile: profileOf } });
  await page.getByRole('button', { name: '今天要跟进' }).click();
  await page.getByRole('link', { name: /苏州恒远自动化/ }).click();
  await expect.poll(() => title(page)).toContain('陈思');
  await page.getByText('不是当前聊天的客户').waitFor();
  expect(await page.getByRole('button', { name: '发消息' }).count()).toBe(0);
  await page.reload();
  await page.getByText('不是当前聊天的客户').waitFor();
  await page.getByRole('button', { name: '返回今天要跟进' }).click();
  await expect.poll(() => title(page)).toBe('今天要跟进的客户');
  await page.goBack();
  await expect.poll(() => title(page)).toContain('王建国');
  expect(await page.getByText('不是当前聊天的客户').count()).toBe(0);
});

it('lets a member leave here, or in all browsers at once, and come back to this page', async () => {
  const ended: string[] = [];
  const endSessions = (whose: string) => (ended.push(whose), { ended: 2 });
  const page = await browser.visit({ path: '/sidebar/', api: { endSessions } });
  const open = () => page.getByRole('button', { name: '退出登录' }).click();
  const sheet = page.getByRole('dialog');
  await open();
  await sheet.getByText('您已登录').waitFor();
  await checkLooks(page, 'chat-sign-out');
  const leave = (name: string) => {
    const left = page.waitForURL('**/auth/logout?next=%2Fsidebar%2F');
    return Promise.all([left, sheet.getByRole('button', { name }).click()]);
  };
  await leave('退出登录');
  expect(ended).toEqual([]);
  await page.goBack();
  await open();
  await leave('在所有设备上退出');
  expect(ended).toEqual(['me']);
});

it('says so when nobody answers who is signed in', async () => {
  let isDown = false;
  const me = () => (isDown ? new Refusal(503, 'unavailable', '忙') : aMe());
  const page = await browser.visit({ path: '/sidebar/', api: { me } });
  await page.getByRole('button', { name: '退出登录' }).waitFor();
  isDown = true;
  await page.getByRole('button', { name: '退出登录' }).click();
  await expect.poll(() => wordsOf(page)).toContain('没有读到登录信息，请重试');
});
