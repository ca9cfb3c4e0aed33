import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, it } from 'vitest';
import { checkLooks } from './support/check-looks.ts';
import { anAdmin } from './support/console-answers.ts';
import { openBrowser, wordsOf } from './support/open-browser.ts';
import type { Api } from './support/serve-pages.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const open = (path: string, api: Partial<Api>) => browser.visit({ path, api: { me: anAdmin, ...api } });

/** A server that gives the first account to 孙丽 and no other, and keeps what it was sent. */
function aSharer() {
  const sent: { isPreview: boolean; accountIds: string[] }[] = [];
  const change = (_path: string, body: unknown) => {
    const wish = body as (typeof sent)[number];
    sent.push(wish);
    const [first = '', ...skippedIds] = wish.accountIds;
    return { assigned: [{ accountId: first, ownerId: 'sunli' }], skippedIds, hasMore: false };
  };
  return { sent, change };
}
const dialog = (page: Page) => page.getByRole('dialog');
const assign = (page: Page, name: RegExp | string) => dialog(page).getByRole('button', { name }).click();

it('gives those of the pool that are chosen, after it was shown who would get what', async () => {
  const { sent, change } = aSharer();
  const page = await open('/console/#handovers', { change });
  await expect.poll(() => wordsOf(page)).toContain('已选 0 家');
  expect(await page.getByRole('button', { name: '分配客户' }).isDisabled()).toBe(true);
  expect(await page.getByLabel('选择 扬州环宇泵业有限公司').isDisabled()).toBe(true);
  await page.getByLabel('选择 宁波北仑模具厂').check();
  await page.getByLabel('按名称、地区、产品或原负责人筛选').fill('江苏');
  await page.getByLabel('全选（1 家）').check();
  await expect.poll(() => wordsOf(page)).toContain('已选 2 家，其中 1 家不在当前筛选里');
  await checkLooks(page, 'pool-chosen');
  await page.getByRole('button', { name: '分配选中的 2 家' }).click();
  await page.getByLabel('分给谁').fill('sunli\nzhangwei');
  await assign(page, '预览分配结果');
  await expect.poll(() => wordsOf(page)).toContain('预览：还没有分配');
  for (const part of ['孙丽：1 家', '宁波北仑模具厂', '不分配 1 家', '苏州泵阀设备有限公司'])
    expect(await dialog(page).innerText()).toContain(part);
  const heading = page.getByRole('heading', { name: '预览：还没有分配' });
  expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(sent).toMatchObject([{ isPreview: true, accountIds: ['a2', 'a3'] }]);
  await checkLooks(page, 'pool-preview');
  await page.getByLabel('分给谁').fill('sunli');
  await expect.poll(() => wordsOf(page)).not.toContain('预览：还没有分配');
  await assign(page, '预览分配结果');
  await assign(page, '确认分配 1 家');
  await expect.poll(() => wordsOf(page)).toContain('已分配 1 家，1 家没有分出');
  expect(sent.map(({ isPreview }) => isPreview)).toEqual([true, true, false]);
  await expect.poll(() => wordsOf(page)).toContain('已选 0 家');
});

it('shows the preview of many in view on a phone', async () => {
  const { change } = aSharer();
  const page = await open('/console/#handovers', { change });
  await page.setViewportSize({ width: 375, height: 620 });
  await page.getByLabel('全选（2 家）').check();
  await page.getByRole('button', { name: '分配选中的 2 家' }).click();
  await page.getByLabel('分配方式').selectOption('by_region');
  await page.getByLabel('其他地区还可以给谁').fill('chenlu');
  await assign(page, '预览分配结果');
  const heading = page.getByRole('heading', { name: '预览：还没有分配' });
  await expect.poll(async () => ((await heading.boundingBox())?.y ?? 999) + 20).toBeLessThan(620 - 70);
});

it('gives what was chosen to members by region, and knows who took a region before', async () => {
  const { sent, change } = aSharer();
  const page = await open('/console/#handovers', { change });
  await page.getByLabel('全选（2 家）').check();
  await page.getByRole('button', { name: '分配选中的 2 家' }).click();
  await page.getByLabel('分配方式').selectOption('by_region');
  await expect.poll(() => wordsOf(page)).toContain('江苏（1 家）');
  await page.getByLabel('江苏给谁').fill('孙丽、chenlu');
  await page.getByRole('button', { name: '添加地区' }).click();
  await page.getByLabel('地区', { exact: true }).fill('上海');
  await page.getByLabel('上海给谁').fill('chenlu');
  await page.getByLabel('其他地区还可以给谁').fill('zhangwei');
  await checkLooks(page, 'pool-by-region');
  await assign(page, '预览分配结果');
  await assign(page, /确认分配/);
  await expect.poll(() => wordsOf(page)).toContain('已分配 1 家');
  expect(sent.at(-1)).toEqual({
    strategy: 'by_region',
    accountIds: ['a2', 'a3'],
    staffIds: ['sunli', 'chenlu', 'zhangwei'],
    regions: [
      { region: '江苏', staffIds: ['sunli', 'chenlu'] },
      { region: '上海', staffIds: ['chenlu'] },
    ],
    products: [],
    isPreview: false,
  });
  await page.getByLabel('全选（2 家）').check();
  await page.getByRole('button', { name: '分配选中的 2 家' }).click();
  await page.getByLabel('分配方式').selectOption('by_region');
  await expect.poll(() => page.getByLabel('江苏给谁').inputValue()).toBe('孙丽、chenlu');
});

it('gives what was chosen to members by product, and says by what the product is known', async () => {
  const { sent, change } = aSharer();
  const page = await open('/console/#handovers', { change });
  await page.getByLabel('选择 苏州泵阀设备有限公司').check();
  await page.getByRole('button', { name: '分配选中的 1 家' }).click();
  await page.getByLabel('分配方式').selectOption('by_product');
  await expect.poll(() => wordsOf(page)).toContain('离心泵（1 家）');
  expect(await wordsOf(page)).toContain('看最新一个未结束的商机');
  await page.getByLabel('离心泵给谁').fill('孙丽');
  await checkLooks(page, 'pool-by-product');
  await assign(page, '预览分配结果');
  await assign(page, '确认分配 1 家');
  await expect.poll(() => wordsOf(page)).toContain('已分配 1 家');
  const products = [{ product: '离心泵', staffIds: ['sunli'] }];
  const wish = { strategy: 'by_product', accountIds: ['a3'], staffIds: ['sunli'], regions: [], products };
  expect(sent.at(-1)).toEqual({ ...wish, isPreview: false });
});
