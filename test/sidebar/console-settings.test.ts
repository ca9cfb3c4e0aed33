import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, SECTION_NAMES } from '../../server/domain/settings.ts';
import { anAdmin, anEmptyConsole } from './support/console-answers.ts';
import type { ConsoleApi } from './support/console-doors.ts';
import { aPreview } from './support/settings-answers.ts';
import { openBrowser, wordsOf } from './support/open-browser.ts';
import { Refusal } from './support/serve-pages.ts';
import { SECTION } from '../../sidebar/console/settings/labels.ts';
import { smallTargets } from './support/small-targets.ts';
import { takePicture } from './support/take-picture.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const visit = (tab: string, api: Partial<ConsoleApi> = {}, role: 'manager' | 'admin' = 'admin') =>
  browser.visit({ path: `/console/#${tab}`, api: { me: () => ({ ...anAdmin(), role }), ...api } });
async function openSection(title: string, api: Partial<ConsoleApi> = {}): Promise<Page> {
  const page = await visit('settings', api);
  await page.getByRole('button', { name: title }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  return page;
}
async function picture(page: Page, name: string): Promise<void> {
  for (const width of [375, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await takePicture(page, `${name}-${width}`, { fullPage: true });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
  }
}

it('shows a manager nothing that only administrators change', async () => {
  const page = await visit('settings', {}, 'manager');
  await page.getByRole('heading', { name: '客户', exact: true }).waitFor();
  expect(await page.getByRole('navigation').getByRole('button').allInnerTexts()).not.toContain('设置');
});

it('lists every section, with who saved it and when', async () => {
  const page = await visit('settings');
  await expect.poll(() => wordsOf(page)).toContain('欧阳丽 保存于');
  expect(await page.getByRole('listitem').count()).toBe(SECTION_NAMES.length);
  await picture(page, 'settings-list');
});

it.each(SECTION_NAMES)(
  'has a form that fits %s, at 375 px and 1280 px, and never far to save',
  async (name) => {
    const page = await openSection(SECTION[name].title);
    const save = page.getByRole('button', { name: '保存', exact: true });
    const box = await save.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(667);
    await picture(page, `settings-${name}`);
    expect(await save.isDisabled()).toBe(true);
  },
);

it('adds up the percents as they are typed, tells what would move, and saves what was tried', async () => {
  const wishes: unknown[] = [];
  const page = await openSection('客户分层', {
    saveSection: (_name, wish) => {
      wishes.push(wish);
      return { value: (wish as { value: unknown }).value, version: 4 };
    },
  });
  await page.getByLabel('头部').first().fill('20');
  await expect.poll(() => wordsOf(page)).toContain('合计 110%，应为 100%');
  await page.getByLabel('尾部').first().fill('50');
  await expect.poll(() => wordsOf(page)).toContain('合计 100%');
  await page.getByRole('button', { name: '先看影响' }).click();
  await expect.poll(() => wordsOf(page)).toContain('按这些数字，34 个客户会变化');
  await picture(page, 'settings-preview');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect.poll(() => wishes.length).toBe(1);
  const rankPercent = { head: 20, waist: 30, tail: 50 };
  expect(wishes[0]).toEqual({ value: { ...DEFAULT_SETTINGS.tier, rankPercent }, version: 3 });
});

it('shows how far a preview of a large book is, and then what came of it', async () => {
  let asked = 0;
  const page = await openSection('客户分层', {
    previewSection: () => {
      asked += 1;
      if (asked === 1) return { state: 'waiting', seen: 9, total: 100_000 };
      return asked === 2 ? { state: 'running', seen: 32_000, total: 100_000 } : aPreview();
    },
  });
  await page.getByLabel('头部').first().fill('20');
  await page.getByRole('button', { name: '先看影响' }).click();
  await expect.poll(() => wordsOf(page)).toContain('另一组数字正在试算');
  await expect.poll(() => wordsOf(page)).toContain('已看 32000 / 100000 个客户');
  await expect.poll(() => wordsOf(page), { timeout: 10_000 }).toContain('按这些数字，34 个客户会变化');
  expect(await wordsOf(page)).not.toContain('正在试算');
});

it('forgets a preview whose numbers were changed meanwhile', async () => {
  let asked = 0;
  const page = await openSection('客户分层', {
    previewSection: () => ((asked += 1), { state: 'running', seen: asked, total: 100_000 }),
  });
  await page.getByLabel('头部').first().fill('20');
  await page.getByRole('button', { name: '先看影响' }).click();
  await expect.poll(() => wordsOf(page)).toContain('正在试算');
  await page.getByLabel('头部').first().fill('30');
  await expect.poll(() => page.getByRole('button', { name: '先看影响' }).isEnabled()).toBe(true);
  expect(await wordsOf(page)).not.toContain('正在试算');
});

it('says that due dates follow, after saving what they are counted by', async () => {
  const page = await openSection(SECTION.cadence.title, {
    saveSection: (_name, wish) => ({ value: (wish as { value: unknown }).value, version: 1 }),
  });
  await page.getByRole('spinbutton').first().fill('8');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect.poll(() => wordsOf(page)).toContain('已保存，跟进日期一分钟内更新');
});

it('shows each problem beside its field', async () => {
  const details = [{ field: 'staleDays', message: '要填 1 到 3650 之间的整数' }];
  const page = await openSection('决策人资料', {
    saveSection: () => new Refusal(400, 'invalid_settings', '要填 1 到 3650 之间的整数').with(details),
  });
  await page.getByRole('spinbutton').fill('0');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect.poll(() => page.locator('.field .problem').allInnerTexts()).toEqual([details[0]?.message]);
  await picture(page, 'settings-problem');
});

it('keeps mine when somebody saved first, shows theirs, and saves mine over it only knowingly', async () => {
  const versions: unknown[] = [];
  const theirs = {
    value: { staleDays: 60 },
    version: 2,
    savedBy: { staffId: 'l', name: '陈璐' },
    savedAt: null,
  };
  const page = await openSection('决策人资料', {
    saveSection: (_name, wish) => {
      versions.push((wish as { version: number }).version);
      return versions.length === 1
        ? new Refusal(409, 'changed_meanwhile', 'x').with(theirs)
        : { value: theirs.value, version: 3 };
    },
  });
  await page.getByRole('spinbutton').fill('45');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect.poll(() => page.getByRole('dialog').innerText()).toContain('陈璐');
  expect(await page.getByRole('dialog').innerText()).toMatch(/45[\s\S]*60/);
  await picture(page, 'settings-conflict');
  await page.getByRole('button', { name: '保留我的' }).click();
  expect(await page.getByRole('spinbutton').inputValue()).toBe('45');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect.poll(() => versions).toEqual([0, 2]);
});

it('lists who read and changed what, and tells whether the log is whole', async () => {
  const page = await visit('audit');
  await expect.poll(() => wordsOf(page)).toContain('被拒绝 403');
  expect(await wordsOf(page)).toContain('设置：客户分层');
  await page.getByRole('button', { name: '检查完整性' }).click();
  await expect.poll(() => wordsOf(page)).toContain('共 2 条，没有被改动过');
  await picture(page, 'audit');
  await page.setViewportSize({ width: 375, height: 3000 });
  expect(await smallTargets(page)).toEqual([]);
});

it('says that nothing fits the filter, and sends it', async () => {
  const queries: string[] = [];
  const page = await visit('audit', {
    ...anEmptyConsole(),
    audit: (query) => (queries.push(query), { entries: [], next: null }),
  });
  await page.getByLabel('成员账号').fill('zhaomin');
  await page.getByRole('button', { name: '查找' }).click();
  await expect.poll(() => queries.at(-1)).toBe('by=zhaomin');
  await expect.poll(() => wordsOf(page)).toContain('没有符合条件的记录');
});
