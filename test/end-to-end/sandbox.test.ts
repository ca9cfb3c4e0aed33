import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openChromium } from '../support/open-chromium.ts';
import { startGenjin, type Genjin } from './support/start-genjin.ts';

type SandboxState = {
  relations: { externalUserId: string; userid: string; tags: { groupName: string; tagName: string }[] }[];
};

let genjin: Genjin;
let browser: Awaited<ReturnType<typeof openChromium>>;

beforeAll(async () => {
  [genjin, browser] = await Promise.all([startGenjin(), openChromium()]);
  await vi.waitFor(async () => expect(await tagged()).toBeGreaterThan(80), {
    timeout: 30_000,
    interval: 200,
  });
});
afterAll(async () => {
  await browser.close();
  await genjin.close();
});

async function stateOf(): Promise<SandboxState> {
  return (await fetch(`${genjin.origin}/sandbox/control/state`)).json() as Promise<SandboxState>;
}

async function tagged(): Promise<number> {
  return (await stateOf()).relations.filter(({ tags }) => tags.length > 0).length;
}

const sidebarOf = (page: Page): FrameLocator => page.frameLocator('iframe[name="wecom"]');

/** Two taps. */
async function logCall(sidebar: FrameLocator): Promise<void> {
  await sidebar.getByRole('button', { name: '记录跟进' }).click();
  await sidebar.getByRole('button', { name: /电话/ }).first().click();
}

async function openSandbox(
  viewport = { width: 1280, height: 800 },
): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({ viewport });
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${genjin.origin}/sandbox/`);
  return { page, complaints };
}

it(
  'does the whole job: a new customer is tagged, followed up, asked, and heard by the manager',
  { timeout: 120_000 },
  async () => {
    const { page, complaints } = await openSandbox();
    const rail = page.getByRole('navigation', { name: '选择身份' });
    await rail.getByRole('button', { name: /陈璐/ }).click();

    const before = (await stateOf()).relations.length;
    await page.getByRole('button', { name: '添加客户', exact: true }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: '新建一位' }).check();
    await dialog.getByPlaceholder('例如：周文博').fill('许志远');
    await dialog.getByPlaceholder('例如：启明精密').fill('芜湖顺达汽车零部件有限公司');
    const addedAt = Date.now();
    await dialog.getByRole('button', { name: '添加客户', exact: true }).click();
    const tagsOfNew = async () =>
      (await stateOf()).relations.slice(before).flatMap(({ tags }) => tags.map(({ tagName }) => tagName));
    await expect.poll(tagsOfNew, { timeout: 5000, interval: 50 }).toEqual(expect.arrayContaining(['头部']));
    expect(Date.now() - addedAt).toBeLessThan(10_000);

    const sidebar = sidebarOf(page);
    await sidebar.getByText('许志远').first().waitFor();
    await sidebar.getByText('芜湖顺达汽车零部件有限公司').first().waitFor();
    await logCall(sidebar);
    await sidebar
      .getByText(/已记录/)
      .first()
      .waitFor();

    const opened = await genjin.cli('nps', 'start', '--name', '四季度', '--audience', 'all', '--json');
    expect(opened).toMatchObject({ code: 0, stderr: '' });
    const asked = await genjin.cli('job', 'ask-nps', '--json');
    expect(JSON.parse(asked.stdout)).toMatchObject({ tally: { done: 91, failed: 0 } });
    await page.locator('[data-chat="tasks"]').click();
    await page.getByRole('button', { name: '确认发送' }).first().click();
    await page
      .getByText(/已群发给/)
      .first()
      .waitFor();

    const customer = (await stateOf()).relations.at(-1)?.externalUserId ?? '';
    await fetch(`${genjin.origin}/sandbox/control/person`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person: `customer:${customer}` }),
    });
    const phone = await browser.newPage({ viewport: { width: 375, height: 812 } });
    await phone
      .context()
      .addCookies([{ name: 'sandbox_person', value: `customer:${customer}`, url: genjin.origin }]);
    const { link } = JSON.parse(opened.stdout) as { link: string };
    await phone.goto(link);
    await phone.getByText('您有多大可能').waitFor();
    await phone.getByRole('button', { name: /^9/ }).click();
    await phone.getByRole('textbox').fill('交货准时，沟通顺畅');
    await phone.getByRole('button', { name: /提交/ }).click();
    await phone
      .getByText(/感谢|谢谢/)
      .first()
      .waitFor();

    await rail.getByRole('button', { name: /陈璐/ }).click();
    await page.getByText('许志远').first().click();
    await sidebar.getByText('交货准时，沟通顺畅').waitFor();

    expect(await genjin.cli('job', 'send-digest')).toMatchObject({ code: 0 });
    await rail.getByRole('button', { name: /周明远/ }).click();
    await page.locator('[data-chat="app"]').click();
    await page.getByText(/9 分/).first().waitFor();
    expect(complaints).toEqual([]);
  },
);

it.each([375, 320])('fits a phone of %i px: nothing is cut off sideways', async (width) => {
  const { page } = await openSandbox({ width, height: 740 });
  await page.getByPlaceholder('搜索客户').waitFor();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

it('opens the sidebar from a chat on a phone, signed for the JS-SDK, and takes a follow-up in two taps', async () => {
  const { page, complaints } = await openSandbox({ width: 375, height: 812 });
  await page.locator('.row', { hasText: '薛景行' }).click();
  await page.getByRole('button', { name: '侧边栏' }).last().click();
  const sidebar = sidebarOf(page);
  await expect
    .poll(() => sidebar.locator('main').innerText(), { timeout: 15_000 })
    .toContain('扬州环宇泵业有限公司');
  await page.getByText('JS-SDK 签名 ✓').waitFor();
  await logCall(sidebar);
  await sidebar
    .getByText(/已记录/)
    .first()
    .waitFor();
  await sidebar.getByText('太早').first().waitFor();
  expect(complaints).toEqual([]);
});

it('sends a text from the sidebar into the chat, where it stands; the next date moves, and the history tells', async () => {
  const { page, complaints } = await openSandbox();
  await page.locator('.row', { hasText: '薛景行' }).click();
  const sidebar = sidebarOf(page);
  await sidebar.getByRole('button', { name: '发消息' }).click();
  await sidebar.getByLabel('消息内容').fill('样品周五到，请安排收货。');
  await sidebar.getByRole('button', { name: /发送到聊天|仍要发送/ }).click();
  await sidebar.getByText('已发送').waitFor();
  await page.locator('.is-mine .bubble', { hasText: '样品周五到，请安排收货。' }).waitFor();
  await sidebar.getByText('太早').first().waitFor();
  await expect
    .poll(() => sidebar.locator('main').innerText())
    .toMatch(/最近跟进\s+发消息\s+今天\s+聊天 · 陈璐 · 薛景行\s+样品周五到，请安排收货。/);
  expect(complaints).toEqual([]);
});

it('keeps commands with the running server after somebody started a second one by mistake', async () => {
  expect(await genjin.second()).toMatchObject({
    code: 1,
    output: expect.stringContaining('is in use by the process'),
  });
  expect(await genjin.cli('job', 'remind-owners')).toMatchObject({ code: 0 });
  const answer = await fetch(`${genjin.origin}/sandbox/control/messages?person=staff:hejing`);
  const { items } = (await answer.json()) as { items: { kind: string; text?: string }[] };
  expect(items.filter(({ kind, text }) => kind === 'app' && text?.includes('今日跟进'))).toHaveLength(1);
});
