import { afterAll, afterEach, expect, it } from 'vitest';
import { contrastFaults } from './support/contrast.ts';
import { openBrowser, wordsOf } from './support/open-browser.ts';
import { Refusal, type Api } from './support/serve-pages.ts';
import { smallTargets } from './support/small-targets.ts';
import { aWarning, noWarnings, someWarnings } from './support/warning-answers.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const open = (api: Partial<Api> = {}) =>
  browser.visit({
    path: '/sidebar/?contact=wm_wang',
    api: { warnings: () => ({ warnings: someWarnings(), nextBefore: null }), ...api },
    options: { viewport: { width: 375, height: 2600 } },
  });
const card = '.card:has(h2:text-is("预警"))';

it('lists the unresolved warnings of the account, the gravest first', async () => {
  const asked: string[] = [];
  const warnings = (query: URLSearchParams) => {
    asked.push(query.toString());
    return { warnings: someWarnings(), nextBefore: null };
  };
  const page = await open({ warnings });
  await page.locator(card).waitFor();
  const rows = await page.locator(card).getByRole('listitem').allInnerTexts();
  expect(rows.map((text) => text.split('\n')[0])).toEqual(
    ['高风险', '中风险', '低风险'].map((level) => expect.stringContaining(level)),
  );
  expect(rows[0]).toContain('有 1 笔回款逾期，最久 12 天');
  expect(rows[2]).toContain('张伟 昨天开始处理');
  expect(asked).toEqual(['scope=own&accountId=a1']);
});

it('shows no card where nothing is going wrong', async () => {
  const page = await open(noWarnings());
  await page.getByRole('heading', { name: '关键决策人' }).waitFor();
  expect(await page.getByRole('heading', { name: '预警' }).count()).toBe(0);
});

it('takes a warning on in two taps, without a note', async () => {
  const notes: string[] = [];
  const acknowledge = (id: string, note: string) => (
    notes.push(`${id}:${note}`),
    noWarnings().acknowledge(id, note)
  );
  const page = await open({ acknowledge });
  await page.getByRole('button', { name: '处理：回款逾期' }).click();
  await page.getByRole('button', { name: '我来处理' }).click();
  await expect.poll(() => wordsOf(page)).toContain('已记下，由您处理');
  await expect.poll(() => page.locator(card).innerText()).toContain('张伟 今天开始处理');
  expect(notes).toEqual(['w1:']);
});

it('tells why, with the facts and the boundary in the words of people', async () => {
  const page = await open();
  await page.getByRole('button', { name: '处理：回款逾期' }).click();
  const words = await page.getByRole('dialog').innerText();
  for (const part of ['华东精密制造有限公司', '到货付款', '11月10日', '12 天', '¥120,000', '逾期 1 天起'])
    expect(words).toContain(part);
});

it('asks for the result before a warning counts as resolved, which then leaves the card', async () => {
  const page = await open();
  await page.getByRole('button', { name: '处理：回款逾期' }).click();
  await page.getByRole('button', { name: '已解决' }).click();
  await page.getByRole('alert').getByText('请写一句处理结果').waitFor();
  await page.getByRole('textbox').fill('客户已付清');
  await page.getByRole('button', { name: '已解决' }).click();
  await expect.poll(() => page.locator(card).getByRole('listitem').count()).toBe(2);
});

it('says why taking on did not work, and keeps the note', async () => {
  const page = await open({ acknowledge: () => new Refusal(409, 'warning_resolved', '这条预警已经解决') });
  await page.getByRole('button', { name: '处理：回款逾期' }).click();
  await page.getByRole('textbox').fill('明天去拜访');
  await page.getByRole('button', { name: '我来处理' }).click();
  await page.getByRole('alert').getByText('这条预警已经解决').waitFor();
  expect(await page.getByRole('textbox').inputValue()).toBe('明天去拜访');
});

it('folds more than three, and says so', async () => {
  const many = Array.from({ length: 5 }, (_, index) => aWarning({ id: `w${index}` }));
  const page = await open({ warnings: () => ({ warnings: many, nextBefore: null }) });
  await page.getByRole('button', { name: '还有 2 条' }).click();
  expect(await page.locator(card).getByRole('listitem').count()).toBe(5);
});

it('can read the warnings again after a failure, and shows the profile meanwhile', async () => {
  let isBroken = true;
  const page = await open({
    warnings: () =>
      isBroken ? new Refusal(500, 'internal_error', 'x') : { warnings: [aWarning()], nextBefore: null },
  });
  await page.getByText('预警没有读到').waitFor();
  await page.getByRole('heading', { name: '关键决策人' }).waitFor();
  isBroken = false;
  await page.getByRole('button', { name: '重试' }).click();
  await expect.poll(() => page.getByRole('button', { name: '处理：回款逾期' }).count()).toBe(1);
});

it('says so when a sheet cannot be fetched any more', async () => {
  const page = await open();
  await page.getByRole('button', { name: '处理：回款逾期' }).waitFor();
  await page.route('**/WarningSheet*', (route) => route.abort());
  await page.getByRole('button', { name: '处理：回款逾期' }).click();
  await expect.poll(() => wordsOf(page)).toContain('刷新页面再打开一次');
  browser.complaints.splice(0); // Vue reports the failed fetch, as it should
});

it.each(['light', 'dark'] as const)('can be read and tapped in the %s theme', async (colorScheme) => {
  const page = await browser.visit({
    path: '/sidebar/?contact=wm_wang',
    api: { warnings: () => ({ warnings: someWarnings(), nextBefore: null }) },
    options: { colorScheme, viewport: { width: 375, height: 2600 } },
  });
  await page.getByRole('button', { name: '处理：回款逾期' }).waitFor();
  expect(await contrastFaults(page)).toEqual([]);
  expect(await smallTargets(page)).toEqual([]);
});
