import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChromium } from '../support/open-chromium.ts';
import { USUAL_TIME } from './support/clocks.ts';
import { logCall, openSandboxPage, sidebarOf, untilTagged } from './support/sandbox-page.ts';
import { startGenjin, type Genjin } from './support/start-genjin.ts';

let genjin: Genjin;
let browser: Awaited<ReturnType<typeof openChromium>>;

beforeAll(async () => {
  [genjin, browser] = await Promise.all([startGenjin({}, USUAL_TIME()), openChromium()]);
  await untilTagged(genjin);
});
afterAll(async () => {
  await browser.close();
  await genjin.close();
});

const openSandbox = (viewport?: { width: number; height: number }) =>
  openSandboxPage(browser, genjin, viewport);

/** The card of the cadence: our last touch is of today. */
const LAST_TODAY = /上次联系\s+\S+\s+今天/;

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
  await expect.poll(() => sidebar.locator('main').innerText()).toMatch(LAST_TODAY);
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
  await expect.poll(() => sidebar.locator('main').innerText()).toMatch(LAST_TODAY);
  await expect
    .poll(() => sidebar.locator('main').innerText())
    .toMatch(/最近跟进\s+发消息\s+今天\s+聊天 · 陈璐 · 环宇-薛景行\s+样品周五到，请安排收货。/);
  expect(complaints).toEqual([]);
});

it('takes the tour without a terminal: one tap asks the customers, one tells the manager', async () => {
  const { page, complaints } = await openSandbox();
  await page.locator('.tour-button').click();
  const tour = page.locator('.tour-sheet');
  await tour.getByRole('button', { name: '发起 NPS' }).click();
  await tour.getByRole('button', { name: '请客户打分' }).click();
  await page.getByText(/要问 \d+ 位客户/).waitFor();
  await tour.getByRole('button', { name: /的身份确认群发/ }).waitFor();
  await tour.getByRole('button', { name: '看经理日报' }).click();
  await tour.getByRole('button', { name: '发出日报，切到周明远' }).click();
  await page
    .getByText(/团队日报/)
    .first()
    .waitFor();
  expect(complaints).toEqual([]);
});

it('has warnings of late money and of a complaint that waits from the first minute', async () => {
  const context = await browser.newContext();
  await context.addCookies([{ name: 'sandbox_person', value: 'staff:zhoumingyuan', url: genjin.origin }]);
  const page = await context.newPage();
  await page.goto(`${genjin.origin}/console/#warnings`);
  await page.getByRole('heading', { name: '预警' }).first().waitFor();
  for (const kind of ['回款逾期', '投诉'])
    await expect.poll(() => page.locator('main').innerText(), { timeout: 30_000 }).toContain(kind);
  await context.close();
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
