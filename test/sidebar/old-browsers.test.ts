import { parse } from 'acorn';
import { afterAll, afterEach, expect, it } from 'vitest';
import type { SurveyDraft } from '../../server/api/contract/survey.ts';
import { TARGETS } from '../../vite.config.ts';
import { aWillingApi } from './support/answers.ts';
import { builtFilesOf } from './support/built-files.ts';
import { cssFaults } from './support/css-faults.ts';
import { openBrowser } from './support/open-browser.ts';
import { removeNewApis } from './support/remove-new-apis.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

/** What the browsers of each target can read: ECMAScript editions by their release notes, Safari 15.4 like iOS 15.4. */
const PAGES = [
  { page: 'sidebar/survey/index.html', target: TARGETS.survey, ecmaVersion: 2019, chrome: 66, ios: 12.2 },
  { page: 'sidebar/chat/index.html', target: TARGETS.staff, ecmaVersion: 2022, chrome: 97, ios: 15.4 },
  { page: 'sidebar/console/index.html', target: TARGETS.staff, ecmaVersion: 2022, chrome: 97, ios: 15.4 },
] as const;

it('knows what the targets of the build can read', () => {
  for (const { target, chrome, ios } of PAGES) {
    expect(target).toContain(`chrome${chrome}`);
    expect(
      target.some((name) => /^(?:ios|safari)/.test(name) && ios >= Number(/[\d.]+$/.exec(name)?.[0])),
    ).toBe(true);
  }
});

it.each(PAGES)('builds scripts of $page that the oldest browser can read', ({ page, ecmaVersion }) => {
  const scripts = builtFilesOf(browser.folder, page).filter(({ name }) => name.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(0);
  for (const { text } of scripts) {
    expect(() => parse(text, { ecmaVersion, sourceType: 'module' })).not.toThrow();
    // Part of ES2018, but Safari learnt it with 16.4.
    expect(text).not.toMatch(/\(\?<[=!]/);
  }
});

it.each(PAGES)(
  'styles $page with what the oldest browser knows, or with something in its place',
  async (each) => {
    const sheets = builtFilesOf(browser.folder, each.page).filter(({ name }) => name.endsWith('.css'));
    expect(sheets.length).toBeGreaterThan(0);
    for (const { text } of sheets) expect(await cssFaults(text, each)).toEqual([]);
  },
);

it.each([
  ['a{display:flex;gap:4px}', 1],
  ['a{width:clamp(1px,2vw,3px)}', 1],
  ['a{inset:0}', 1],
  ['a{color:color-mix(in srgb,red,blue)}', 1],
  ['a{min-height:100dvh}', 1],
  ['a{min-height:100vh;min-height:100dvh}', 0],
  ['a{display:grid;grid-gap:4px}', 0],
])('would find in %s faults: %i', async (css, faults) => {
  expect(await cssFaults(css, { chrome: 66, ios: 12.2 })).toHaveLength(faults);
});

it('is answered on a phone whose browser has none of the newer functions', async () => {
  const drafts: SurveyDraft[] = [];
  const page = await browser.visit({
    path: '/s/eyJhbGciOi.tok-en_1',
    before: removeNewApis,
    api: {
      answerSurvey: (token, draft) => {
        drafts.push(draft);
        return aWillingApi().answerSurvey(token, draft);
      },
    },
  });
  await page.getByRole('button', { name: '4', exact: true }).click();
  await page.getByRole('textbox').fill('交货晚了');
  await page.getByLabel('请联系我').check();
  await page.getByRole('button', { name: '提交' }).click();
  await page.getByRole('heading', { name: '谢谢您直说' }).waitFor();
  expect(drafts).toEqual([
    { score: 4, comment: '', wantsContact: false, isFinal: false },
    { score: 4, comment: '交货晚了', wantsContact: true, isFinal: true },
  ]);
});
