import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const PLACES = [process.env['CHROMIUM_PATH'] ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'];
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** A real browser. */
export function openChromium(): Promise<Browser> {
  const executablePath = PLACES.find((place) => place && existsSync(place)) ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: QUIET });
}
