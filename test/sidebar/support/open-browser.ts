import type { BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { openChromium } from '../../support/open-chromium.ts';
import { buildPages } from './build-pages.ts';
import { aWillingApi, NOW } from './answers.ts';
import { installBridge, WECOM_AGENT, type Bridge } from './bridge.ts';
import { servePages, type Api } from './serve-pages.ts';

/** ms before a step that finds nothing gives up. */
const WAIT_MS = 10_000;

export type Visit = {
  path: string;
  api?: Partial<Api>;
  /** Absent: an ordinary browser. */
  bridge?: Bridge | 'missing';
  options?: BrowserContextOptions;
  /** Runs before the page is asked for. */
  before?: (page: Page) => Promise<unknown>;
};

/** Everything a person reads on the page now. */
export const wordsOf = (page: Page): Promise<string> => page.locator('body').innerText();

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // Chromium itself reports every refused request; those are what the tests are about.
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return;
    complaints.push(message.text());
  });
}

/** A real Chromium over the built pages, for one test file. */
export async function openBrowser() {
  const pages = await buildPages();
  const browser = await openChromium();
  const complaints: string[] = [];

  const visit = async ({ path, api, bridge, options, before }: Visit): Promise<Page> => {
    const server = await servePages(pages.folder, { ...aWillingApi(), ...api });
    const context = await browser.newContext({
      baseURL: server.origin,
      viewport: { width: 375, height: 667 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      ...(bridge ? { userAgent: WECOM_AGENT } : {}),
      ...options,
    });
    // A page that nobody looks at any more goes on drawing, and the next test waits for it.
    onTestFinished(async () => {
      await context.close();
      await server.close();
    });
    context.setDefaultTimeout(WAIT_MS);
    const page = await context.newPage();
    listen(page, complaints);
    await page.clock.install({ time: NOW });
    if (bridge && bridge !== 'missing') await installBridge(page, bridge);
    await before?.(page);
    await page.goto(path);
    return page;
  };

  const close = async () => {
    await browser.close();
    pages.remove();
  };

  /** `complaints`: console errors and uncaught ones of all pages so far; `folder` holds the built pages. */
  return { visit, complaints, close, folder: pages.folder };
}
