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

const zhang = { staffId: 'zhangwei', name: '张伟' };
const aGroup = (n: number, mayMerge = true) => ({
  accounts: [
    { id: `old${n}`, name: `华东第${n}精密制造有限公司`, owner: zhang, mayMerge: true },
    { id: `new${n}`, name: `华东第${n}精密制造（有限公司）`, owner: null, mayMerge },
  ],
});

const named = (id: string) => ({
  ...anAccount(),
  account: { ...anAccount().account, ...anAccountRow({ id, name: `客户 ${id}` }) },
});
const moreTwins = () => ({ groups: [aGroup(1)], next: 'twinKey:new1' });

it('lists who may be one company from a chip above the accounts, each with the merge form one tap away', async () => {
  const sent: [string, unknown][] = [];
  const change = (path: string, body: unknown) => (sent.push([path, body]), anAccount());
  const twins = () => ({
    groups: sent.length > 0 ? [aGroup(2, false)] : [aGroup(1), aGroup(2, false)],
    next: null,
  });
  const page = await browser.visit({
    path: '/console/#accounts',
    api: { me: anAdmin, account: named, twins, change },
  });
  await checkLooks(page, 'accounts-twins-chip');
  await page.getByRole('button', { name: '疑似重复 2' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByText('需由负责人或主管合并').waitFor();
  await checkLooks(page, 'accounts-twins');
  await sheet.getByRole('button', { name: /^把 .*合并到/ }).click();
  await expect.poll(() => wordsOf(page)).toContain('会移到「客户 old1」');
  await checkLooks(page, 'accounts-twins-merge');
  await page.getByLabel('原因').fill('同一家');
  await page.getByRole('button', { name: '合并', exact: true }).click();
  await expect.poll(() => sent).toEqual([['accounts/new1/merge', { intoId: 'old1', reason: '同一家' }]]);
  await page.getByRole('button', { name: '疑似重复 1' }).waitFor();
});

it('says that there are more than were read, and shows no chip where there are none', async () => {
  const page = await browser.visit({ path: '/console/#accounts', api: { me: anAdmin, twins: moreTwins } });
  await page.getByRole('button', { name: '疑似重复 1+' }).waitFor();
  const other = await browser.visit({ path: '/console/#accounts', api: { me: anAdmin } });
  await other.getByRole('link', { name: /华东精密/ }).waitFor();
  expect(await other.getByRole('button', { name: /疑似重复/ }).count()).toBe(0);
});
