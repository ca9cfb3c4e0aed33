import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { contrastFaults } from './contrast.ts';
import { smallTargets } from './small-targets.ts';
import { takePicture } from './take-picture.ts';

/** Pictures on a phone and a desktop, on which nothing overflows, is too small to tap or too faint to read. */
export async function checkLooks(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  for (const width of [375, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await takePicture(page, `${name}-${width}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(over).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width, height: 3000 });
    expect([await smallTargets(page), await contrastFaults(page)]).toEqual([[], []]);
  }
}
