import { afterAll, afterEach, expect, it } from 'vitest';
import type { SurveyDraft } from '../../server/api/contract/survey.ts';
import { aSurvey, aWillingApi } from './support/answers.ts';
import { openBrowser, wordsOf } from './support/open-browser.ts';
import { Refusal } from './support/serve-pages.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const path = '/s/eyJhbGciOi.tok-en_1';

it.each([
  [10, '谢谢您的肯定', true],
  [7, '谢谢您的反馈', false],
  [4, '谢谢您直说', false],
  [0, '谢谢您直说', false],
])('thanks for %i with "%s"; green: %s', async (score, words, isGreen) => {
  const survey = () => aSurvey({ state: 'answered', score, comment: '说过了', canCorrect: true });
  const page = await browser.visit({ path, api: { survey } });
  await page.getByRole('heading', { name: words }).waitFor();
  const [red = 0, green = 0, blue = 0] = await page
    .locator('.sign')
    .evaluate((sign) => (getComputedStyle(sign).backgroundColor.match(/[\d.]+/g) ?? []).map(Number));
  expect(green > red && green > blue).toBe(isGreen);
});

it('only thanks a browser that has answered: neither score nor comment, and no way to change them', async () => {
  const page = await browser.visit({ path, api: { survey: () => aSurvey({ state: 'given' }) } });
  await page.getByText('您的回答已经收到').waitFor();
  expect(await page.getByRole('button').count()).toBe(0);
  expect(await wordsOf(page)).not.toContain('分');
});

it('tells somebody else that they cannot answer here, at the door and after a tap', async () => {
  const foreign = await browser.visit({ path, api: { survey: () => aSurvey({ state: 'foreign' }) } });
  await foreign.getByRole('heading', { name: '这份问卷不能在这里作答' }).waitFor();
  expect(await foreign.getByRole('button').count()).toBe(0);
  const page = await browser.visit({
    path,
    api: { answerSurvey: () => new Refusal(403, 'answered_by_another', '已在别处作答') },
  });
  await page.getByRole('button', { name: '9', exact: true }).click();
  await page.getByRole('heading', { name: '这份问卷不能在这里作答' }).waitFor();
});

it('offers no change once the corrections are used up', async () => {
  const page = await browser.visit({
    path,
    api: { survey: () => aSurvey({ state: 'answered', score: 8, canCorrect: false }) },
  });
  await page.getByText('您给了 8 分').waitFor();
  expect(await page.getByRole('button').count()).toBe(0);
});

it('sends everything in one piece where the browser keeps no cookies', async () => {
  const drafts: SurveyDraft[] = [];
  const page = await browser.visit({
    path,
    before: (blank) =>
      blank.addInitScript(() => Object.defineProperty(navigator, 'cookieEnabled', { value: false })),
    api: {
      answerSurvey: (token, draft) => {
        drafts.push(draft);
        return aWillingApi().answerSurvey(token, draft);
      },
    },
  });
  await page.getByRole('button', { name: '8', exact: true }).click();
  await page.getByRole('textbox').fill('还行');
  await page.getByRole('button', { name: '提交' }).click();
  await page.getByRole('heading', { name: '谢谢您的反馈' }).waitFor();
  expect(drafts).toEqual([{ score: 8, comment: '还行', wantsContact: false, isFinal: true }]);
});
