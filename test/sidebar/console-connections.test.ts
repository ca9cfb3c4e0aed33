import { afterAll, afterEach, expect, it } from 'vitest';
import { HOOK_EVENTS } from '../../server/domain/system/webhook.ts';
import { checkLooks } from './support/check-looks.ts';
import { anApiKey, aWebhook, someConnections } from './support/connection-answers.ts';
import { anAdmin } from './support/console-answers.ts';
import { openBrowser, wordsOf } from './support/open-browser.ts';
import { Refusal, type Api } from './support/serve-pages.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const visit = (api: Partial<Api> = {}) =>
  browser.visit({ path: '/console/#connections', api: { me: anAdmin, ...api } });
const none = (): Partial<Api> => ({ apiKeys: () => ({ keys: [] }), webhooks: () => ({ webhooks: [] }) });

it('lists keys with what they may and their last use, and webhooks with what waits and failed', async () => {
  const page = await visit();
  await page.getByText('还没有用过').waitFor();
  const words = await wordsOf(page);
  for (const part of ['写入订单', '最近使用 11月22日 08:30', '已吊销于 11月1日', '已放弃 3', '孙丽建于'])
    expect(words).toContain(part);
  await page.getByText('对方怎样确认消息是我们发的').click();
  expect(await wordsOf(page)).toContain('对「<t>.<正文>」算 HMAC-SHA256');
  await checkLooks(page, 'connections');
});

it('shows a new key once, lets it be copied, and forgets it when somebody says that it is kept', async () => {
  const wishes: unknown[] = [];
  const createApiKey = (wish: unknown) => (wishes.push(wish), { id: 'e'.repeat(24), secret: 'gk_secret' });
  const page = await visit({ ...none(), createApiKey });
  await page.getByText('还没有密钥').waitFor();
  await checkLooks(page, 'connections-empty');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: '新建密钥' }).click();
  const send = page.getByRole('dialog').getByRole('button', { name: '新建密钥' });
  await page.getByLabel('给谁用').fill('用友 ERP');
  expect(await send.isDisabled()).toBe(true);
  await page.getByLabel('写入订单').check();
  await page.getByLabel('每分钟').fill('6001');
  expect(await send.isDisabled()).toBe(true);
  await page.getByLabel('每分钟').fill('60');
  await checkLooks(page, 'key-new');
  await send.click();
  await expect.poll(() => wordsOf(page)).toContain('gk_secret');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('复制');
  await checkLooks(page, 'key-secret');
  await page.getByRole('button', { name: '复制' }).click();
  await expect.poll(() => wordsOf(page)).toContain('已复制');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('gk_secret');
  await page.getByRole('button', { name: '我已保存好' }).click();
  expect(await wordsOf(page)).not.toContain('gk_secret');
  expect(wishes).toEqual([{ name: '用友 ERP', scopes: ['orders:write'], perMinute: 60, days: 365 }]);
});

it('asks once more before a key is revoked or a webhook deleted', async () => {
  const ended: string[] = [];
  const page = await visit({
    apiKeys: () => ({ keys: ended.length ? [] : [anApiKey()] }),
    revokeApiKey: (id) => (ended.push(id), {}),
    deleteWebhook: (id) => (ended.push(id), {}),
  });
  await page.getByRole('button', { name: '吊销：金蝶 ERP' }).click();
  await page.getByText('使用它的系统立刻不能再访问').waitFor();
  await checkLooks(page, 'key-revoke');
  await page.getByRole('dialog').getByRole('button', { name: '吊销' }).click();
  await page.getByText('还没有密钥').waitFor();
  await page.getByRole('button', { name: '删除：https' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '删除' }).click();
  await expect.poll(() => ended).toEqual(['a'.repeat(24), 'b'.repeat(24)]);
});

it('makes a webhook after our refusal was mended, and tests it', async () => {
  const wishes: { url: string }[] = [];
  let isDown = true;
  const page = await visit({
    ...none(),
    webhooks: () => ({
      webhooks: wishes.length > 1 ? [aWebhook({ url: `https://erp.example.com/${'path'.repeat(60)}` })] : [],
    }),
    createWebhook: (wish) =>
      wishes.push(wish as { url: string }) === 1
        ? new Refusal(400, 'bad_url', '地址应以 https:// 开头')
        : { id: 'f'.repeat(24), secret: 'whs_secret' },
    testWebhook: () =>
      isDown ? { ok: false, status: 500, error: null } : { ok: true, status: 204, error: null },
  });
  await page.getByRole('button', { name: '新建 webhook' }).click();
  await page.getByLabel('对方的地址').fill('erp.example.com');
  await page.getByRole('button', { name: '全部不选' }).click();
  await page.getByRole('button', { name: '全选' }).click();
  await page.getByLabel('负责人变化').uncheck();
  const send = page.getByRole('dialog').getByRole('button', { name: '新建 webhook' });
  await send.click();
  await page.getByRole('alert').getByText('地址应以 https:// 开头').waitFor();
  await checkLooks(page, 'hook-new');
  await page.getByLabel('对方的地址').fill('https://erp.example.com');
  await send.click();
  await expect.poll(() => wordsOf(page)).toContain('whs_secret');
  expect(wishes[1]).toMatchObject({
    url: 'https://erp.example.com',
    events: { length: HOOK_EVENTS.length - 1 },
  });
  await page.getByRole('button', { name: '测试：https' }).click();
  await expect.poll(() => wordsOf(page)).toContain('测试没有成功：对方返回 500');
  isDown = false;
  await page.getByRole('button', { name: '测试：https' }).click();
  await expect.poll(() => wordsOf(page)).toContain('测试成功，对方返回 204');
  await checkLooks(page, 'hook-tested');
});

it('tells what became of each message, and sends again what was given up or everything since', async () => {
  const asked: unknown[] = [];
  const { deliveries } = someConnections();
  const page = await visit({
    deliveries: (query) => (asked.push(query), deliveries(query)),
    replayDeliveries: (body) => (asked.push(body), { replayed: 3 }),
  });
  await page.getByRole('button', { name: '投递记录' }).click();
  const dialog = page.getByRole('dialog');
  await expect.poll(() => dialog.innerText()).toContain('试了 10 次 · 对方返回 503');
  expect(await dialog.innerText()).toContain('connect ECONNREFUSED');
  await checkLooks(page, 'deliveries');
  await dialog.getByLabel('状态').selectOption('failed');
  await expect.poll(() => asked.at(-1)).toBe('limit=100&state=failed');
  await dialog.getByRole('button', { name: '重发' }).click();
  await expect.poll(() => wordsOf(page)).toContain('已安排重发 3 条');
  await dialog.getByLabel('从何时起').fill('2026-11-20T08:00');
  await dialog.getByRole('button', { name: '重发' }).click();
  await expect.poll(() => asked).toContainEqual({ since: '2026-11-20T00:00:00.000Z' });
  expect(asked).toContainEqual({});
});
