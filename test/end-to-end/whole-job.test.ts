import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { openChromium } from '../support/open-chromium.ts';
import { playedClocks } from './support/clocks.ts';
import { logCall, openSandboxPage, sidebarOf, stateOf, untilTagged } from './support/sandbox-page.ts';
import { startGenjin, type Genjin } from './support/start-genjin.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await openChromium();
});
afterAll(() => browser.close());

/** What the tour of the sandbox shows, through its pages: it must not matter when somebody takes it. */
it.each(playedClocks())(
  'does the whole job at %s: a new customer is tagged, followed up, asked, and heard by the manager',
  { timeout: 180_000 },
  async (_, clock) => {
    const genjin = await startGenjin({}, clock());
    onTestFinished(() => genjin.close());
    await untilTagged(genjin);
    const { page, complaints } = await openSandboxPage(browser, genjin);
    const rail = page.getByRole('navigation', { name: '选择身份' });
    await rail.getByRole('button', { name: /陈璐/ }).click();

    const before = (await stateOf(genjin)).relations.length;
    await addCustomer(page);
    await expect
      .poll(() => tagsFrom(genjin, before), { timeout: 10_000, interval: 50 })
      .toEqual(expect.arrayContaining(['头部']));
    const sidebar = sidebarOf(page);
    await sidebar.getByText('许志远').first().waitFor();
    await sidebar.getByText('芜湖顺达汽车零部件有限公司').first().waitFor();
    await logCall(sidebar);
    await sidebar
      .getByText(/已记录/)
      .first()
      .waitFor();

    const link = await askEverybody(genjin);
    await page.locator('[data-chat="tasks"]').click();
    await page.getByRole('button', { name: '确认发送' }).first().click();
    await page
      .getByText(/已群发给/)
      .first()
      .waitFor();
    const customer = (await stateOf(genjin)).relations.at(-1)?.externalUserId ?? '';
    await answerOnPhone(genjin, customer, link);

    await rail.getByRole('button', { name: /陈璐/ }).click();
    await page.getByText('许志远').first().click();
    await showsAnswer(sidebar);
    expect(await genjin.cli('job', 'send-digest')).toMatchObject({ code: 0 });
    await rail.getByRole('button', { name: /周明远/ }).click();
    await page.locator('[data-chat="app"]').click();
    await page.getByText(/9 分/).first().waitFor();
    expect(complaints).toEqual([]);
  },
);

async function addCustomer(page: Page): Promise<void> {
  await page.getByRole('button', { name: '添加客户', exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: '新建一位' }).check();
  await dialog.getByPlaceholder('例如：周文博').fill('许志远');
  await dialog.getByPlaceholder('例如：启明精密').fill('芜湖顺达汽车零部件有限公司');
  await dialog.getByRole('button', { name: '添加客户', exact: true }).click();
}

const tagsFrom = async (genjin: Genjin, first: number): Promise<string[]> =>
  (await stateOf(genjin)).relations.slice(first).flatMap(({ tags }) => tags.map(({ tagName }) => tagName));

/** @returns the campaign's link */
async function askEverybody(genjin: Genjin): Promise<string> {
  const opened = await genjin.cli('nps', 'start', '--name', '四季度', '--audience', 'all', '--json');
  expect(opened).toMatchObject({ code: 0, stderr: '' });
  const asked = await genjin.cli('job', 'ask-nps', '--json');
  // All 91 but one, who answered yesterday.
  expect(JSON.parse(asked.stdout)).toMatchObject({ tally: { done: 90, failed: 0 } });
  return (JSON.parse(opened.stdout) as { link: string }).link;
}

async function answerOnPhone({ origin }: Genjin, customer: string, link: string): Promise<void> {
  await fetch(`${origin}/sandbox/control/person`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: `customer:${customer}` }),
  });
  const phone = await browser.newPage({ viewport: { width: 375, height: 812 } });
  await phone.context().addCookies([{ name: 'sandbox_person', value: `customer:${customer}`, url: origin }]);
  await phone.goto(link);
  await phone.getByText('您有多大可能').waitFor();
  await phone.getByRole('button', { name: /^9/ }).click();
  await phone.getByRole('textbox').fill('交货准时，沟通顺畅');
  await phone.getByRole('button', { name: /提交/ }).click();
  await phone
    .getByText(/感谢|谢谢/)
    .first()
    .waitFor();
  await phone.close();
}

const showsAnswer = (sidebar: FrameLocator) => sidebar.getByText('交货准时，沟通顺畅').waitFor();
