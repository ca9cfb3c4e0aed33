import { afterAll, afterEach, expect, it } from 'vitest';
import { checkLooks } from './support/check-looks.ts';
import { anAdmin } from './support/console-answers.ts';
import { openBrowser, wordsOf } from './support/open-browser.ts';
import { Refusal, type Api } from './support/serve-pages.ts';
import { aWarning, noWarnings, someWarnings } from './support/warning-answers.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const visit = (api: Partial<Api> = {}) =>
  browser.visit({
    path: '/console/#warnings',
    api: { me: anAdmin, warnings: () => ({ warnings: someWarnings(), nextBefore: null }), ...api },
  });

it('narrows the warnings by level and state, on the server, for whatever the visitor may see', async () => {
  const asked: string[] = [];
  const warnings = (query: URLSearchParams) => (asked.push(query.toString()), noWarnings().warnings(query));
  const page = await visit({ warnings });
  await page.getByText('没有符合条件的预警').waitFor();
  await checkLooks(page, 'warnings-empty');
  await page.getByLabel('级别').selectOption('high');
  await expect.poll(() => asked.at(-1)).toBe('scope=all&level=high&state=unresolved');
  await page.getByLabel('状态').selectOption('resolved');
  await expect.poll(() => asked.at(-1)).toBe('scope=all&level=high&state=resolved');
});

it('leads from a warning to its account', async () => {
  const page = await visit();
  await page.getByRole('link', { name: '华东精密制造有限公司' }).first().waitFor();
  await checkLooks(page, 'warnings');
  await page.getByRole('link', { name: '华东精密制造有限公司' }).first().click();
  await page.getByRole('heading', { name: '华东精密制造有限公司' }).waitFor();
  expect(new URL(page.url()).hash).toBe('#accounts/a1');
  expect(await page.getByRole('button', { name: '客户', exact: true }).getAttribute('aria-current')).toBe(
    'page',
  );
  await page.goBack();
  await page.getByRole('heading', { name: '预警' }).waitFor();
});

const pageAfter = (before: string | null) =>
  before
    ? { warnings: [aWarning({ id: 'w9', text: '更早的一条' })], nextBefore: null }
    : { warnings: [aWarning()], nextBefore: 'w1' };

it('shows at once what was taken on, and the next page below, also after it could not be read', async () => {
  let isBroken = true;
  const broken = new Refusal(500, 'internal_error', '服务器出错了');
  const warnings = (query: URLSearchParams) =>
    query.has('before') && isBroken ? broken : pageAfter(query.get('before'));
  const page = await visit({ warnings });
  await page.getByRole('button', { name: '再看一些' }).click();
  await page.getByRole('alert').getByText('服务器出错了').waitFor();
  isBroken = false;
  await page.getByRole('button', { name: '再看一些' }).click();
  await expect.poll(() => wordsOf(page)).toContain('更早的一条');
  await page.getByRole('button', { name: '处理：回款逾期' }).first().click();
  await page.getByRole('button', { name: '我来处理' }).waitFor();
  await checkLooks(page, 'warning-handle');
  await page.getByRole('button', { name: '我来处理' }).click();
  await expect.poll(() => page.getByRole('listitem').first().innerText()).toContain('张伟 今天开始处理');
});
