import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, it } from 'vitest';
import type { Survey } from '../../server/api/contract/survey.ts';
import { aBlankProfile, aLongProfile, aSurvey } from './support/answers.ts';
import { aLongDueList } from './support/due-answers.ts';
import { aBridge } from './support/bridge.ts';
import { openBrowser, wordsOf, type Visit } from './support/open-browser.ts';
import { Refusal } from './support/serve-pages.ts';
import { takePicture } from './support/take-picture.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const contact = '/sidebar/?contact=wm_wang';
const click = (name: string) => (page: Page) => page.getByRole('button', { name }).first().click();
const openForm = async (page: Page) => {
  await click('记录跟进')(page);
  await click('补充详情')(page);
};

const answered = (given: Partial<Survey>): Visit => ({
  path: '/s/t',
  api: { survey: () => aSurvey({ state: 'answered', canCorrect: true, ...given }) },
});

type Look = { visit: Visit; act?: (page: Page) => Promise<void> };
const LOOKS: Record<string, Look> = {
  profile: { visit: { path: contact } },
  'profile-blank': { visit: { path: contact, api: { profile: aBlankProfile } } },
  'profile-long': { visit: { path: contact, api: { profile: aLongProfile } } },
  'why-tier': { visit: { path: contact }, act: click('头部') },
  'why-stage': { visit: { path: contact }, act: click('长期') },
  'follow-up': { visit: { path: contact }, act: click('记录跟进') },
  'follow-up-form': { visit: { path: contact, api: { profile: aLongProfile } }, act: openForm },
  due: { visit: { path: '/sidebar/' } },
  'due-long': { visit: { path: '/sidebar/', api: { due: (limit) => aLongDueList(73, limit) } } },
  'due-empty': { visit: { path: '/sidebar/', api: { due: () => ({ total: 0, items: [] }) } } },
  refused: {
    visit: { path: '/sidebar/', bridge: aBridge({ agentConfig: 'agentConfig:fail invalid signature' }) },
  },
  'not-yours': {
    visit: { path: contact, api: { profile: () => new Refusal(403, 'not_your_contact', '无权') } },
  },
  'survey-score': { visit: { path: '/s/t' } },
  'survey-chosen': { visit: answered({ score: 8, comment: '还行' }), act: click('修改评分或意见') },
  'survey-why': { visit: answered({ score: 3 }) },
  'survey-thanks': { visit: answered({ score: 9, comment: '好'.repeat(999) }) },
  'survey-thanks-low': { visit: answered({ score: 4, comment: '交货晚了两周', wantsContact: true }) },
  'survey-thanks-middle': { visit: answered({ score: 8, comment: '还行' }) },
  'survey-given': { visit: { path: '/s/t', api: { survey: () => aSurvey({ state: 'given' }) } } },
  'survey-foreign': { visit: { path: '/s/t', api: { survey: () => aSurvey({ state: 'foreign' }) } } },
  'survey-unknown': {
    visit: { path: '/s/t', api: { survey: () => new Refusal(404, 'survey_not_found', '没有') } },
  },
  'survey-failed': {
    visit: { path: '/s/t', api: { survey: () => new Refusal(500, 'internal_error', '错') } },
  },
  'survey-closed': { visit: { path: '/s/t', api: { survey: () => aSurvey({ state: 'closed' }) } } },
};
const SCREENS = [
  [320, 568],
  [375, 667],
  [1280, 800],
] as const;

async function show({ visit, act }: Look, options: NonNullable<Visit['options']>): Promise<Page> {
  const page = await browser.visit({ ...visit, options });
  await page.waitForLoadState('networkidle');
  await act?.(page);
  return page;
}

it.each(Object.entries(LOOKS))('%s never scrolls sideways, on phones or on desktops', async (name, look) => {
  const page = await show(look, {});
  for (const [width, height] of SCREENS) {
    await page.setViewportSize({ width, height });
    await takePicture(page, `${name}-${width}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    const column = await page.locator('main').boundingBox();
    expect(column?.width).toBeLessThanOrEqual(560);
  }
});

/** Words of what can be tapped on screen, but not 21 px above and below its middle. */
const smallTargets = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('button, a[href], label')].flatMap((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      // What a sheet covers cannot be tapped at all.
      const hits = [y, y - 21, y + 21].map((level) => element.contains(document.elementFromPoint(x, level)));
      return !hits[0] || !hits.includes(false) ? [] : [element.textContent];
    }),
  );

it.each(['profile', 'follow-up', 'due', 'due-long', 'survey-score', 'survey-why'])(
  '%s has targets of 44 px',
  async (name) => {
    const look = LOOKS[name];
    const page = await show(look ?? { visit: { path: '/' } }, { viewport: { width: 375, height: 2400 } });
    expect(await smallTargets(page)).toEqual([]);
  },
);

/** Of `rgb(17, 17, 17)` the first number: our grounds and inks are grey. */
const redOf = (colour: string) => Number(/\d+/.exec(colour)?.[0]);

/** How bright ground and ink are, 0–255. */
async function brightness(colorScheme: 'light' | 'dark'): Promise<{ ground: number; ink: number }> {
  const page = await show({ visit: { path: contact } }, { colorScheme });
  await takePicture(page, `profile-${colorScheme}`);
  const [ground = '', ink = ''] = await page.evaluate(() => {
    const { backgroundColor, color } = getComputedStyle(document.body);
    return [backgroundColor, color];
  });
  return { ground: redOf(ground), ink: redOf(ink) };
}

it('follows the light or dark theme of the phone', async () => {
  const [light, dark] = [await brightness('light'), await brightness('dark')];
  expect(light.ground).toBeGreaterThan(light.ink);
  expect(dark.ground).toBeLessThan(dark.ink);
});

it('can be used by keyboard alone: a sheet takes the focus, keeps it, and gives it back', async () => {
  const page = await show({ visit: { path: contact } }, {});
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
  await page.keyboard.press('Tab');
  expect(await focused()).toContain('头部');
  const outline = await page.evaluate(
    () => document.activeElement && getComputedStyle(document.activeElement).outlineWidth,
  );
  expect(outline).toBe('2px');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  expect(await focused()).toContain('为什么是头部');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await focused()).toContain('头部');
});

it('logs a follow-up by keyboard', async () => {
  const page = await show({ visit: { path: contact } }, {});
  await page.getByRole('button', { name: '记录跟进' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => wordsOf(page)).toContain('已记录，下次 11月26日');
});

it('keeps its place while loading, so that nothing jumps', async () => {
  const page = await browser.visit({
    path: contact,
    api: { profile: () => new Promise<never>(() => undefined) },
  });
  const skeleton = await page.locator('main .card').first().boundingBox();
  const loaded = await show({ visit: { path: contact } }, {});
  const card = await loaded.locator('main .card').first().boundingBox();
  expect(Math.abs((skeleton?.height ?? 0) - (card?.height ?? 0))).toBeLessThanOrEqual(8);
  expect(skeleton?.y).toBe(card?.y);
});
