import { afterAll, afterEach, expect, it } from 'vitest';
import { aGate } from '../support/a-gate.ts';
import { anAccount, anAccountRow } from './support/account-answers.ts';
import { anAdmin } from './support/console-answers.ts';
import { openBrowser, wordsOf } from './support/open-browser.ts';
import type { Api } from './support/serve-pages.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const visit = (place: string, api: Partial<Api> = {}) =>
  browser.visit({ path: `/console/#accounts${place}`, api: { me: anAdmin, ...api } });

const namesakes = () => ({
  members: [
    { staffId: 'zhangwei', name: '张伟' },
    { staffId: 'zhangwei2', name: '张伟' },
  ],
});

it('finds another account by the last search, whichever answer comes first, and not while Chinese is composed', async () => {
  const asked: string[] = [];
  const gate = aGate();
  const accounts = async (query: URLSearchParams) => {
    const text = query.get('text') ?? '';
    asked.push(text);
    if (text === '北') await gate.passed;
    return { accounts: [anAccountRow({ id: `a-${text}`, name: `${text}模具厂` })], next: null };
  };
  const page = await visit('/a1', { accounts });
  await page.getByRole('button', { name: '合并到…' }).click();
  const field = page.getByLabel('合并到哪个客户');
  await field.fill('北');
  await field.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
  expect(asked).not.toContain('北');
  await field.press('Enter');
  await expect.poll(() => asked).toContain('北');
  await field.fill('北仑');
  await field.press('Enter');
  await page.getByRole('button', { name: '北仑模具厂' }).waitFor();
  const answered = page.waitForResponse((response) =>
    response.url().includes(encodeURIComponent('北') + '&'),
  );
  gate.open();
  await (await answered).finished();
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  expect(await page.getByRole('button', { name: '北模具厂', exact: true }).count()).toBe(0);
  expect(await page.getByRole('button', { name: '北仑模具厂' }).count()).toBe(1);
});

it('tells namesakes and names apart in the history: no line says that something became what it was', async () => {
  const shown = anAccount();
  const change = { at: '2026-10-02T18:00:00.000Z', by: '周明远', isRename: false, assigned: null };
  const account = () => ({
    ...shown,
    history: [
      { ...change, kind: 'account', from: '华东精密', to: '华东精密制造有限公司', isRename: true },
      { ...change, kind: 'owner', from: 'zhangwei', to: 'zhangwei2' },
    ],
  });
  const page = await visit('/a1', { account, members: namesakes });
  await expect.poll(() => wordsOf(page)).toContain('负责人：张伟（zhangwei） → 张伟（zhangwei2）');
  expect(await wordsOf(page)).toContain('改名：华东精密 → 华东精密制造有限公司');
});
