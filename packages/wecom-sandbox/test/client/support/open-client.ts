import type { Browser, Page } from 'playwright-core';
import type { FakePlatform } from './fake-platform.ts';

/** Sizes that the page is judged at, in px. */
const DESKTOP = { width: 1280, height: 800 };
export const MOBILE = { width: 375, height: 812 };
export const SMALL = { width: 320, height: 640 };

export type OpenPage = { page: Page; errors: string[]; close: () => Promise<void> };
export type Look = { viewport?: { width: number; height: number }; colorScheme?: 'light' | 'dark' };

/** Opens the client as a newcomer does; `errors` collects what the console complains about. */
export async function openClient(
  browser: Browser,
  { origin }: FakePlatform,
  look: Look = {},
): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: DESKTOP,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    ...look,
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(`${origin}/sandbox/`);
  return { page, errors, close: () => context.close() };
}

/** How far the page is wider than the window, in px; 0 when nothing is cut off. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
