import { afterAll, afterEach, expect, it } from 'vitest';
import { anAccountRow } from './support/account-answers.ts';
import { checkLooks } from './support/check-looks.ts';
import { anAdmin } from './support/console-answers.ts';
import { openBrowser } from './support/open-browser.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

it('opens on the list that a link in a message asks for', async () => {
  const asked: string[] = [];
  const accounts = (query: URLSearchParams) => (
    asked.push(query.toString()),
    { accounts: [anAccountRow()], next: null }
  );
  const page = await browser.visit({
    path: '/console/#accounts?due=due&whose=team',
    api: { me: anAdmin, accounts },
  });
  await page.getByRole('link', { name: '华东精密制造有限公司' }).waitFor();
  expect(asked).toEqual(['due=due&team=true&limit=50']);
  expect(await page.getByLabel('跟进日期').inputValue()).toBe('due');
  await checkLooks(page, 'accounts-due');
  await page.getByLabel('跟进日期').selectOption('overdue');
  await expect.poll(() => asked.at(-1)).toContain('due=overdue');
});
