import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** The shell is the same engine without a window's surroundings, which cost more than the pages. */
const PLACES = [
  process.env['CHROMIUM_PATH'] ?? '',
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
];
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** A real browser that asks nobody but us. Throws when none is installed. */
export function openChromium(): Promise<Browser> {
  const executablePath = PLACES.find((place) => place && existsSync(place));
  if (!executablePath) throw new Error('no Chromium: sudo apt-get install chromium-headless-shell');
  return chromium.launch({ executablePath, args: QUIET });
}
