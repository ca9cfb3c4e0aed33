import type { Browser, FrameLocator, Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import type { Genjin } from './start-genjin.ts';

type SandboxState = {
  relations: { externalUserId: string; userid: string; tags: { groupName: string; tagName: string }[] }[];
};

/** What the platform of a sandbox knows. */
export const stateOf = async ({ origin }: Genjin): Promise<SandboxState> =>
  (await fetch(`${origin}/sandbox/control/state`)).json() as Promise<SandboxState>;

/** Until the book of a new sandbox was synchronised and tagged. */
export async function untilTagged(genjin: Genjin): Promise<void> {
  const isTagged = async () => (await stateOf(genjin)).relations.filter(({ tags }) => tags.length > 0).length;
  await vi.waitFor(async () => expect(await isTagged()).toBeGreaterThan(80), {
    timeout: 60_000,
    interval: 200,
  });
}

/** The sidebar beside the open chat. */
export const sidebarOf = (page: Page): FrameLocator => page.frameLocator('iframe[name="wecom"]');

/** Two taps. */
export async function logCall(sidebar: FrameLocator): Promise<void> {
  await sidebar.getByRole('button', { name: '记录跟进' }).click();
  await sidebar.getByRole('button', { name: '已沟通' }).click();
}

/** The stand-in client in a browser whose clock goes with the server's; `complaints` collects what its scripts throw. */
export async function openSandboxPage(
  browser: Browser,
  { origin, clockOffsetMs }: Genjin,
  viewport = { width: 1280, height: 800 },
): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({ viewport });
  page.setDefaultTimeout(30_000);
  await page.addInitScript(shiftClock, clockOffsetMs);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${origin}/sandbox/`);
  return { page, complaints };
}

/** Runs in the page, before its own scripts; the same as `shift-clock.mjs` for a process. */
function shiftClock(offsetMs: number): void {
  const RealDate = Date;
  globalThis.Date = new Proxy(RealDate, {
    construct: (_, args: ConstructorParameters<DateConstructor>, target) =>
      Reflect.construct(RealDate, args.length > 0 ? args : [RealDate.now() + offsetMs], target) as Date,
    get: (date, key) => (key === 'now' ? () => RealDate.now() + offsetMs : Reflect.get(date, key)),
  });
}
