import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, it } from 'vitest';
import {
  aDoctorReport,
  aFinding,
  anAdmin,
  anEmptyConsole,
  anEvent,
  aTransfer,
  someSyncs,
} from './support/console-answers.ts';
import type { ConsoleApi } from './support/console-doors.ts';
import { openBrowser } from './support/open-browser.ts';
import { contrastFaults } from './support/contrast.ts';
import { smallTargets } from './support/small-targets.ts';
import { Refusal } from './support/serve-pages.ts';
import { takePicture } from './support/take-picture.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const start = (page: Page) => page.getByRole('button', { name: '开始体检' }).click();
const unfold = (page: Page) => page.getByText('按成员查看').first().click();

const LONG = `${'企业微信看到的地址不在列表里，'.repeat(20)}https://example.com/${'path'.repeat(60)}`;
const longNames = (): Partial<ConsoleApi> => ({
  doctor: () =>
    aDoctorReport({
      findings: [aFinding({ status: 'fail', answer: LONG, tried: LONG, cure: LONG, code: 'x' })],
    }),
  events: () => ({
    total: 900,
    events: [anEvent({ kind: 'k'.repeat(90), subject: 's'.repeat(90), error: LONG })],
  }),
  notices: () => ({
    notices: [
      {
        kind: 'k',
        subject: '',
        text: LONG,
        firstAt: '2025-01-01T00:00:00.000Z',
        lastAt: '2025-01-02T00:00:00.000Z',
        times: 99,
      },
    ],
  }),
  transfers: () => ({
    transfers: [
      aTransfer({ contact: { externalUserId: 'wm', name: LONG }, handover: { staffId: 's', name: LONG } }),
    ],
  }),
  syncs: () => ({ isUnderWay: false, runs: someSyncs().runs.map((run) => ({ ...run, warning: LONG })) }),
});

type Look = { tab: string; api?: Partial<ConsoleApi>; act?: (page: Page) => Promise<void> };
const LOOKS: Record<string, Look> = {
  'console-start': { tab: 'doctor' },
  'console-doctor': { tab: 'doctor', act: start },
  'console-healthy': { tab: 'doctor', api: anEmptyConsole(), act: start },
  'console-doctor-long': { tab: 'doctor', api: longNames(), act: start },
  'console-syncs': { tab: 'syncs', act: unfold },
  'console-syncs-long': { tab: 'syncs', api: longNames() },
  'console-events': { tab: 'events' },
  'console-events-long': { tab: 'events', api: longNames() },
  'console-events-empty': { tab: 'events', api: anEmptyConsole() },
  'console-notices': { tab: 'notices' },
  'console-notices-long': { tab: 'notices', api: longNames() },
  'console-notices-failed': {
    tab: 'notices',
    api: { notices: () => new Refusal(500, 'internal_error', '服务器出错了，请稍后再试') },
  },
  'console-handovers': { tab: 'handovers' },
  'console-channels': { tab: 'channels' },
  'console-handovers-long': { tab: 'handovers', api: longNames() },
};
const SCREENS = [
  [320, 568],
  [375, 812],
  [1280, 800],
] as const;

async function show({ tab, api, act }: Look, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const path = `/console/#${tab}`;
  const page = await browser.visit({ path, api: { me: anAdmin, ...api }, options: { colorScheme } });
  await page.getByRole('navigation').waitFor();
  await act?.(page);
  await page.waitForLoadState('networkidle');
  return page;
}

it.each(Object.entries(LOOKS))('%s never scrolls sideways, and has targets of 44 px', async (name, look) => {
  const page = await show(look);
  for (const [width, height] of SCREENS) {
    await page.setViewportSize({ width, height });
    await takePicture(page, `${name}-${width}`);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width, height: 6000 });
    expect(await smallTargets(page)).toEqual([]);
  }
});

it.each(['light', 'dark'] as const)('can be read in the %s theme: 4.5 to 1 everywhere', async (theme) => {
  for (const name of [
    'console-start',
    'console-doctor',
    'console-syncs',
    'console-events',
    'console-handovers',
    'console-channels',
  ]) {
    const page = await show(LOOKS[name] ?? { tab: 'doctor' }, theme);
    await takePicture(page, `${name}-${theme}`);
    expect(await contrastFaults(page)).toEqual([]);
  }
});

it('can be used by keyboard alone', async () => {
  const page = await show({ tab: 'doctor' });
  await page.keyboard.press('Tab');
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
  for (const name of [
    '客户',
    '预警',
    '请假',
    '交接',
    '渠道',
    '设置',
    '接口',
    '审计',
    '登录',
    '体检',
    '同步',
  ]) {
    expect(await focused()).toBe(name);
    if (name !== '同步') await page.keyboard.press('Tab');
  }
  const outline = await page.evaluate(
    () => document.activeElement && getComputedStyle(document.activeElement).outlineWidth,
  );
  expect(outline).toBe('2px');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '同步' }).waitFor();
  expect(await page.getByRole('button', { name: '同步', exact: true }).getAttribute('aria-current')).toBe(
    'page',
  );
});

const signedOut = () => new Refusal(401, 'signed_out', '请先登录');

it('fits the phone of somebody who cannot sign in, too', async () => {
  const page = await browser.visit({ path: '/console/', api: { me: signedOut } });
  await page.getByRole('button', { name: '重新登录' }).waitFor();
  expect(await smallTargets(page)).toEqual([]);
});
