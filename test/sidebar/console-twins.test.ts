import { afterAll, afterEach, expect, it } from 'vitest';
import { anAccount, anAccountRow } from './support/account-answers.ts';
import { checkLooks } from './support/check-looks.ts';
import { anAdmin } from './support/console-answers.ts';
import { openBrowser, wordsOf } from './support/open-browser.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

it('proposes to merge accounts that may be one company, and merges into the one that was chosen', async () => {
  const sent: [string, unknown][] = [];
  const twin = { id: 'a2', name: '华东精密制造（有限公司）' };
  const account = (id: string) =>
    id === 'a2'
      ? { ...anAccount(), account: { ...anAccount().account, ...anAccountRow({ ...twin }) }, twins: [] }
      : {
          ...anAccount(),
          account: { ...anAccount().account, legalName: '华东精密制造（江苏）有限公司' },
          twins: [twin],
        };
  const change = (path: string, body: unknown) => (sent.push([path, body]), anAccount());
  const page = await browser.visit({ path: '/console/#accounts/a1', api: { me: anAdmin, account, change } });
  await page.getByRole('heading', { name: '可能是同一家客户' }).waitFor();
  expect(await wordsOf(page)).toContain('工商全称');
  await checkLooks(page, 'account-twins');
  await page.getByRole('button', { name: '合并过去' }).click();
  await expect.poll(() => wordsOf(page)).toContain(`会移到「${twin.name}」`);
  await page.getByLabel('原因').fill('同一家');
  await page.getByRole('button', { name: '合并', exact: true }).click();
  await expect.poll(() => sent).toEqual([['accounts/a1/merge', { intoId: 'a2', reason: '同一家' }]]);
});
