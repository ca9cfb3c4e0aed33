import { rm } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { buildClient } from './build-client.ts';
import { openFakePlatform, type FakePlatform } from './fake-platform.ts';
import { openChromium } from './open-chromium.ts';
import { openClient, type Look, type OpenPage } from './open-client.ts';

export type OpenWorld = OpenPage & { platform: FakePlatform; [Symbol.asyncDispose]: () => Promise<void> };

/** Builds the page and starts a browser once per file; the answer opens a fresh small world with a visitor in it. */
export function useClient(): (look?: Look) => Promise<OpenWorld> {
  let folder = '';
  let browser: Browser | undefined;
  beforeAll(async () => {
    folder = await buildClient();
    browser = await openChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });
  return async (look) => {
    if (!browser) throw new Error('the browser did not start');
    const platform = await openFakePlatform(folder);
    const open = await openClient(browser, platform, look);
    const close = async (): Promise<void> => {
      await open.close();
      await platform.close();
    };
    return { ...open, platform, [Symbol.asyncDispose]: close };
  };
}
