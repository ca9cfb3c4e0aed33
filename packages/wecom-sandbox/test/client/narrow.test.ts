import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { MOBILE, overflowOf, SMALL } from './support/open-client.ts';
import { useClient, type OpenWorld } from './support/open-world.ts';

const openWorld = useClient();
const tab = (page: Page, name: string) => page.click(`.tabbar button:has-text("${name}")`);

/** Controls that a finger would miss: lower than 44 px, by their text; what lies inside messages is exempt. */
const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, summary, input:not([type=radio], [type=checkbox])')]
      .filter((control) => control.checkVisibility() && !control.closest('.search'))
      .filter((control) => control.getBoundingClientRect().height < 44)
      .map((control) => control.textContent.trim() || control.outerHTML.slice(0, 80)),
  );

/** Elements that reach beyond the window, by class. */
const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('#app *, dialog *')]
      .filter(
        (element) => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 0.5,
      )
      .map((element) => element.className || element.tagName),
  );

async function walk({ page, platform }: OpenWorld, look: () => Promise<void>): Promise<void> {
  await page.waitForSelector('.row');
  await look();
  await page.click('.column-head .button');
  await look();
  await page.keyboard.press('Escape');
  await page.click('[data-chat="customer:wm-c"]');
  await look();
  for (const name of ['侧边栏', '日志', '身份', '聊天']) {
    await tab(page, name);
    await look();
  }
  await page.click('.chat-head .only-narrow');
  platform.proposeSurvey('chen.hao');
  await page.click('[data-chat=tasks]');
  await page.waitForSelector('.task');
  await look();
  await page.click('.task >> text=确认发送');
  await page.click('.task .face.is-button');
  await page.waitForSelector('.phone .link-card');
  await look();
  await page.click('.tour-button');
  await page.click('.tour-toggle:has-text("发起 NPS")');
  await look();
}

it.each([
  ['375 px', MOBILE],
  ['320 px', SMALL],
])('fits a screen of %s, one column at a time, with room for a finger', async (_name, viewport) => {
  await using world = await openWorld({ viewport });
  await walk(world, async () => {
    await expect.poll(() => overflowOf(world.page)).toBe(0);
    await expect.poll(() => cutOff(world.page)).toEqual([]);
    await expect.poll(() => smallTargets(world.page)).toEqual([]);
  });
  expect(world.errors).toEqual([]);
});

it('can be used with the keyboard alone', async () => {
  await using world = await openWorld();
  const { page, platform } = world;
  await page.focus('.rail-item[aria-pressed=true]');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => platform.state.person).toBe('staff:zhao.lei');
  await page.focus('.row >> nth=0');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('.chat-name').textContent()).toContain('周文博');
  await page.focus('.column-head .button');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open]');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('dialog').count()).toBe(0);
  await page.focus('.tour-button');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.tour-sheet');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.tour-sheet').count()).toBe(0);
});
