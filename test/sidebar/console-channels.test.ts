import { afterAll, afterEach, expect, it } from 'vitest';
import { aMe } from './support/answers.ts';
import { aChannel, someChannels } from './support/channel-answers.ts';
import { checkLooks } from './support/check-looks.ts';
import { anAdmin, anEmptyConsole } from './support/console-answers.ts';
import { openBrowser, wordsOf } from './support/open-browser.ts';
import { Refusal, type Api } from './support/serve-pages.ts';
import { someSettings } from './support/settings-answers.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const visit = (api: Partial<Api> = {}) =>
  browser.visit({ path: '/console/#channels', api: { me: anAdmin, ...api } });

const kept = [
  { code: 'expo-2026', name: '广交会', costFen: 8_000_000 },
  { code: 'old', name: '旧码', costFen: 100 },
];

/** A server with something noted of channels; `saved` holds what it was given. */
function noted() {
  const saved: unknown[] = [];
  const { sections } = someSettings();
  const settings = () => ({
    sections: sections.map((each) =>
      each.name === 'channels' ? { ...each, value: kept, version: 4 } : each,
    ),
  });
  const saveSection = (name: string, wish: unknown) => (
    saved.push([name, wish]),
    { value: null, version: 5 }
  );
  return { saved, api: { settings, saveSection } };
}

it('tells contacts, accounts, orders and revenue of each channel beside its cost, and of all together', async () => {
  const page = await visit();
  await page.getByRole('heading', { name: '全部渠道' }).waitFor();
  expect(await page.getByLabel('从何时起认识的客户').inputValue()).toBe('2025-11-22');
  const rows = page.getByRole('listitem');
  expect((await rows.nth(0).innerText()).split(/\s+/)).toEqual(
    '全部渠道 联系人 192 客户 93 成交客户 18 订单 28 收入 ¥1,885,000.50 花费 ¥80,000'.split(' '),
  );
  const expo = await rows.nth(1).innerText();
  for (const part of ['广交会', '渠道活码 expo-2026', '¥1,285,000', '¥80,000', '每花 1 元带来收入 ¥16.1'])
    expect(expo).toContain(part);
  expect(await rows.nth(3).innerText()).toContain('web-07');
  await checkLooks(page, 'channels');
});

it('counts accounts known since another day', async () => {
  const asked: string[] = [];
  const { channels } = someChannels();
  const page = await visit({ channels: (since) => (asked.push(since), channels(since)) });
  await page.getByRole('heading', { name: '全部渠道' }).waitFor();
  await page.getByLabel('从何时起认识的客户').fill('2026-10-01');
  await expect.poll(() => asked).toEqual(['', '2026-10-01']);
  await page.getByRole('heading', { name: '全部渠道' }).waitFor();
  expect(await page.getByLabel('从何时起认识的客户').inputValue()).toBe('2026-10-01');
});

it('notes what a code is called and what it cost, and leaves the others as they are', async () => {
  const { saved, api } = noted();
  const page = await visit(api);
  await page.getByRole('button', { name: '名称和花费：web-07' }).click();
  await page.getByLabel('名称', { exact: true }).fill('官网');
  await page.getByLabel('花费（元）').fill('1.234');
  await page.getByRole('alert').getByText('花费要填 0 或更大的金额').waitFor();
  expect(await page.getByRole('dialog').getByRole('button', { name: '保存' }).isDisabled()).toBe(true);
  await page.getByLabel('花费（元）').fill('1,200.50');
  await checkLooks(page, 'channel-cost');
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await expect.poll(() => wordsOf(page)).toContain('已保存');
  const value = [...kept, { code: 'web-07', name: '官网', costFen: 120_050 }];
  expect(saved).toEqual([['channels', { value, version: 4 }]]);
});

it('forgets what was noted of a code when both are emptied', async () => {
  const { saved, api } = noted();
  const page = await visit(api);
  await page.getByRole('button', { name: '名称和花费：广交会' }).click();
  expect(await page.getByLabel('花费（元）').inputValue()).toBe('80000');
  await page.getByLabel('名称', { exact: true }).fill('');
  await page.getByLabel('花费（元）').fill('');
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await expect.poll(() => saved).toEqual([['channels', { value: [kept[1]], version: 4 }]]);
});

it('overwrites nobody who noted the same code since the page was read, and says what stands there', async () => {
  const { saved, api } = noted();
  const theirs = [{ code: 'expo-2026', name: '广交会', costFen: 9_000_000 }, kept[1]];
  const settings = () => ({
    sections: someSettings().sections.map((each) =>
      each.name === 'channels'
        ? { ...each, value: theirs, version: 5, savedBy: { staffId: 'olga', name: '王芳' } }
        : each,
    ),
  });
  const page = await visit({ ...api, settings });
  await page.getByRole('button', { name: '名称和花费：广交会' }).click();
  await page.getByLabel('花费（元）').fill('85000');
  const save = page.getByRole('dialog').getByRole('button', { name: '保存' });
  await save.click();
  await expect.poll(() => wordsOf(page)).toContain('王芳 刚刚改过这个渠道');
  expect(await wordsOf(page)).toContain('花费 ¥90,000');
  expect(saved).toEqual([]);
  expect(await page.getByLabel('花费（元）').inputValue()).toBe('85000');
  await checkLooks(page, 'channel-cost-conflict');
  await save.click();
  await expect.poll(() => wordsOf(page)).toContain('已保存');
  expect(saved).toEqual([
    ['channels', { value: [kept[1], { code: 'expo-2026', name: '广交会', costFen: 8_500_000 }], version: 5 }],
  ]);
});

it('keeps what others noted of other codes since the page was read', async () => {
  const { saved, api } = noted();
  const page = await visit(api);
  await page.getByRole('button', { name: '名称和花费：广交会' }).click();
  await page.getByLabel('花费（元）').fill('1');
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await expect
    .poll(() => saved)
    .toEqual([
      ['channels', { value: [kept[1], { code: 'expo-2026', name: '广交会', costFen: 100 }], version: 4 }],
    ]);
});

it('keeps the form when somebody else saved meanwhile', async () => {
  const refusal = new Refusal(409, 'changed_meanwhile', '别人刚改过，请刷新');
  const page = await visit({ ...noted().api, saveSection: () => refusal });
  await page.getByRole('button', { name: '名称和花费：web-07' }).click();
  await page.getByLabel('名称', { exact: true }).fill('官网');
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await page.getByRole('alert').getByText('别人刚改过').waitFor();
  expect(await page.getByLabel('名称', { exact: true }).inputValue()).toBe('官网');
});

it('lets managers read and not note, and keeps sales people out', async () => {
  const page = await visit({ me: () => ({ ...anAdmin(), role: 'manager' }) });
  await page.getByRole('heading', { name: '广交会' }).waitFor();
  expect(await page.getByRole('button', { name: /名称和花费/ }).count()).toBe(0);
  const sales = await visit({ me: () => aMe() });
  await sales.getByRole('navigation').waitFor();
  expect(await sales.getByRole('button', { name: '渠道', exact: true }).count()).toBe(0);
});

it('says so when nobody came, and can be read again after a failure', async () => {
  let isBroken = true;
  const broken = new Refusal(500, 'internal_error', '服务器出错了');
  const page = await visit({ channels: (since) => (isBroken ? broken : anEmptyConsole().channels(since)) });
  await page.getByRole('alert').getByText('服务器出错了').waitFor();
  await checkLooks(page, 'channels-failed');
  isBroken = false;
  await page.getByRole('button', { name: '重试' }).click();
  await expect.poll(() => wordsOf(page)).toContain('这段时间没有新客户');
  await checkLooks(page, 'channels-empty');
});

it('holds names and sums far longer than anybody planned for', async () => {
  const long = aChannel({
    code: 'x'.repeat(120),
    name: '华南区工业博览会暨智能制造装备展'.repeat(6),
    contacts: 1_234_567,
    revenueFen: 99_999_999_999_999,
    costFen: 88_888_888_888_888,
  });
  const page = await visit({ channels: () => ({ since: '2025-11-22', channels: [long] }) });
  await expect.poll(() => wordsOf(page)).toContain('¥999,999,999,999.99');
  await checkLooks(page, 'channels-long');
});
