import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, it } from 'vitest';
import { aBlankProfile, aLongProfile } from './support/answers.ts';
import { contrastFaults } from './support/contrast.ts';
import { aChart, aNode } from './support/kdm-answers.ts';
import { openBrowser } from './support/open-browser.ts';
import { Refusal, type Api } from './support/serve-pages.ts';
import { smallTargets } from './support/small-targets.ts';
import { takePicture } from './support/take-picture.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const path = '/sidebar/?contact=wm_wang';
const tall = { viewport: { width: 375, height: 2400 } };
const tap = (page: Page, name: string) => page.getByRole('button', { name }).first().click();

it('shows who changed what and when, and how close we were over time', async () => {
  const page = await browser.visit({ path });
  await tap(page, '变更记录');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('初步沟通 → 常规合作').waitFor();
  const text = await dialog.innerText();
  for (const words of ['空 → ¥500,000', '空 → 手机 138 0013 8000', '空 → 周总', '赵敏', '确认资料无误'])
    expect(text).toContain(words);
  expect(await dialog.getByRole('list').first().getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringMatching(/不清楚\s+最早/),
    expect.stringMatching(/初步沟通\s+3月2日起/),
    expect.stringMatching(/常规合作\s+9月1日起/),
  ]);
});

it('draws who reports to whom as an indented tree, with the gaps of the chain one by one', async () => {
  const page = await browser.visit({ path });
  await tap(page, '组织架构');
  const dialog = page.getByRole('dialog');
  await dialog.locator('.person').first().waitFor();
  for (const gap of ['最终拍板人', '技术把关人'])
    await dialog.getByRole('listitem').filter({ hasText: gap }).waitFor();
  const lefts = [];
  for (const name of ['周总', '王建国', '李娜']) {
    const row = dialog.locator('.person').filter({ has: page.locator('.name', { hasText: name }) });
    const box = await row.boundingBox();
    lefts.push(box?.x ?? 0);
  }
  expect(lefts.toSorted((a, b) => a - b)).toEqual(lefts);
  expect(new Set(lefts).size).toBe(3);
  await dialog.getByText('还不知道上级的人').waitFor();
  expect(await dialog.getByRole('link', { name: '李娜' }).getAttribute('href')).toBe('?contact=wm_li');
  expect(await dialog.locator('.here').innerText()).toContain('王建国');
});

it.each([
  ['变更记录', 'kdmHistory'],
  ['组织架构', 'orgChart'],
] as const)('says when %s could not be read, and reads it on a retry', async (name, door) => {
  let isMended = false;
  const doors = { kdmHistory: () => ({ total: 0, saves: [], closeness: [] }), orgChart: aChart };
  const api: Partial<Api> = {
    [door]: () => (isMended ? doors[door]() : new Refusal(500, 'internal_error', '服务器出错了')),
  };
  const page = await browser.visit({ path, api });
  await tap(page, name);
  await page.getByRole('alert').getByText('没有读到').waitFor();
  isMended = true;
  await tap(page, '重试');
  await page.getByText(door === 'orgChart' ? '决策链还缺' : '还没有人改过这份资料').waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
});

const long = '一个非常长的名字与职务'.repeat(6);
const aDeepChart = () => ({
  ...aChart(),
  nodes: Array.from({ length: 40 }, (_, depth) =>
    aNode(`wm_${depth}`, `第${depth}位`, { title: depth % 9 === 3 ? long : '经理', depth }),
  ),
});
const problems = [{ field: 'superiorId', message: '上级必须是同一客户的联系人，请重新选择' }];
const refused = () => new Refusal(400, 'invalid_kdm', '不对').with(problems);

type Look = { api?: Partial<Api>; act: (page: Page) => Promise<unknown> };
const LOOKS: Record<string, Look> = {
  'kdm-card': { act: (page) => page.getByRole('heading', { name: '关键决策人' }).scrollIntoViewIfNeeded() },
  'kdm-edit': { act: (page) => tap(page, '编辑资料') },
  'kdm-edit-blank': { api: { profile: aBlankProfile }, act: (page) => tap(page, '编辑资料') },
  'kdm-edit-long': { api: { profile: aLongProfile }, act: (page) => tap(page, '编辑资料') },
  'kdm-edit-refused': {
    api: { saveKdm: refused },
    act: async (page) => {
      await tap(page, '编辑资料');
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  'kdm-history': { act: (page) => tap(page, '变更记录') },
  'kdm-history-empty': {
    api: { kdmHistory: () => ({ total: 0, saves: [], closeness: [{ since: null, closeness: null }] }) },
    act: (page) => tap(page, '变更记录'),
  },
  'kdm-chart': { act: (page) => tap(page, '组织架构') },
  'kdm-chart-deep': { api: { orgChart: aDeepChart }, act: (page) => tap(page, '组织架构') },
};

it.each(Object.entries(LOOKS))('%s never scrolls sideways, on phones or on desktops', async (name, look) => {
  const page = await browser.visit({ path, ...(look.api ? { api: look.api } : {}) });
  await look.act(page);
  await page.waitForLoadState('networkidle');
  for (const [width, height] of [
    [320, 568],
    [375, 667],
    [1280, 800],
  ] as const) {
    await page.setViewportSize({ width, height });
    await takePicture(page, `${name}-${width}`);
    const overflow = await page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('dialog .body')].map(
        (each) => each.scrollWidth - each.clientWidth,
      ),
    );
    expect(Math.max(...overflow)).toBeLessThanOrEqual(0);
  }
});

it.each(['kdm-edit', 'kdm-edit-refused', 'kdm-history', 'kdm-chart'])(
  '%s has targets of 44 px and readable words, in light and dark',
  async (name) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const look = LOOKS[name];
      const page = await browser.visit({
        path,
        ...(look?.api ? { api: look.api } : {}),
        options: { ...tall, colorScheme },
      });
      await look?.act(page);
      await page.waitForLoadState('networkidle');
      await page.getByRole('dialog').waitFor();
      await takePicture(page, `${name}-tall-${colorScheme}`);
      await page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished)));
      expect(await smallTargets(page)).toEqual([]);
      expect(await contrastFaults(page)).toEqual([]);
    }
  },
);

it('can be edited by keyboard alone', async () => {
  const page = await browser.visit({ path });
  await page.getByRole('button', { name: '编辑资料' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('生产部');
  expect(await page.getByLabel('部门').inputValue()).toBe('生产部');
  await page.keyboard.press('Enter');
  await page.getByText('已保存').waitFor();
});
