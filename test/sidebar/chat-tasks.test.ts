import { afterAll, afterEach, expect, it } from 'vitest';
import { checkLooks } from './support/check-looks.ts';
import { openBrowser, wordsOf } from './support/open-browser.ts';
import { Refusal, type Api } from './support/serve-pages.ts';
import { aTask } from './support/task-answers.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const ONE = { total: 1, items: [aTask()] };
const open = (path: string, api: Partial<Api> = {}) =>
  browser.visit({
    path,
    api: { tasks: () => ONE, ...api },
    options: { viewport: { width: 375, height: 900 } },
  });
const contact = '/sidebar/?contact=wm_wang';

it('shows in the profile who waits to be called, in their own words, until one line says what came of it', async () => {
  const [asked, closed]: [unknown[], unknown[]] = [[], []];
  const page = await open(contact, {
    tasks: (accountId) => (asked.push(accountId), ONE),
    closeTask: (id, result) => (closed.push([id, result]), { id }),
  });
  await page.getByRole('heading', { name: '待办' }).waitFor();
  expect(await wordsOf(page)).toContain('交货晚了两周，请给个说法');
  await page.getByRole('button', { name: /^已联系/ }).click();
  await page.getByRole('button', { name: '完成' }).click();
  await page.getByRole('alert').getByText('请写一句联系的结果').waitFor();
  await page.getByLabel('联系的结果').fill('已道歉，周五补货');
  await checkLooks(page, 'task-closing');
  await page.getByRole('button', { name: '完成' }).click();
  await expect.poll(() => page.getByRole('heading', { name: '待办' }).count()).toBe(0);
  expect([asked, closed]).toEqual([['a1'], [[aTask().id, '已道歉，周五补货']]]);
});

it('stands above the due list, which never says that all is done while somebody waits', async () => {
  const late = { total: 1, items: [aTask({ overdueWorkingDays: 2, dueOn: '2026-11-18' })] };
  const api: Partial<Api> = { due: () => ({ total: 0, items: [] }), tasks: () => late };
  const page = await open('/sidebar/', api);
  await page.getByText('逾期 2 个工作日').waitFor();
  expect(await wordsOf(page)).not.toContain('今天都跟进完了');
  expect(await page.getByRole('link', { name: /华东精密制造有限公司 王建国/ }).getAttribute('href')).toBe(
    '?contact=wm_wang',
  );
  await checkLooks(page, 'due-tasks');
});

it('says that a colleague was faster, and takes the task away', async () => {
  let isOpen = true;
  const page = await open(contact, {
    tasks: () => (isOpen ? ONE : { total: 0, items: [] }),
    closeTask: () => ((isOpen = false), new Refusal(409, 'task_closed', '这项待办已经关闭')),
  });
  await page.getByRole('button', { name: /^已联系/ }).click();
  await page.getByLabel('联系的结果').fill('好');
  await page.getByRole('button', { name: '完成' }).click();
  await expect.poll(() => page.getByRole('heading', { name: '待办' }).count()).toBe(0);
});
