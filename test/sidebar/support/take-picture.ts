import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** A folder for pictures that people look at (`PICTURES=/tmp/pictures npx vitest run test/sidebar`); without it none is taken. */
const FOLDER = process.env['PICTURES'];

/** Lets the page come to rest, and takes a picture of it; no test reads the picture. */
export async function takePicture(page: Page, name: string, { fullPage = false } = {}): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (const each of document.getAnimations()) {
      if (each.effect?.getComputedTiming().endTime === Infinity) each.cancel();
      else each.finish();
    }
  });
  if (!FOLDER) return;
  mkdirSync(FOLDER, { recursive: true });
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled', fullPage });
}
