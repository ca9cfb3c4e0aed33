import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, it } from 'vitest';
import type { Survey, SurveyDraft } from '../../server/api/contract/survey.ts';
import { aSurvey, aWillingApi } from './support/answers.ts';
import { openBrowser, wordsOf } from './support/open-browser.ts';
import { Refusal, type Api } from './support/serve-pages.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const path = '/s/eyJhbGciOi.tok-en_1';

/** A server that remembers answers, as the real one does. */
function aRecorder() {
  const drafts: SurveyDraft[] = [];
  let stored: Survey = aSurvey();
  const answerSurvey: Api['answerSurvey'] = async (token, draft) => {
    drafts.push(draft);
    const answer = await aWillingApi().answerSurvey(token, draft);
    if (!(answer instanceof Refusal)) stored = answer;
    return answer;
  };
  return { drafts, api: { answerSurvey, survey: () => stored } };
}

const rate = (page: Page, score: number) =>
  page.getByRole('button', { name: String(score), exact: true }).click();
const question = (page: Page) => page.getByRole('heading', { name: '您有多大可能把我们推荐给朋友或同事？' });

it('stores the score at the tap, under the token of the address', async () => {
  const { drafts, api } = aRecorder();
  const tokens: string[] = [];
  const page = await browser.visit({
    path,
    api: {
      ...api,
      survey: (token) => {
        tokens.push(token);
        return aSurvey();
      },
    },
  });
  await page.getByText('启明工业科技').waitFor();
  await page.getByText('张伟 想听听您的意见').waitFor();
  await rate(page, 10);
  await page.getByText('您给了 10 分').waitFor();
  await expect.poll(() => drafts).toEqual([{ score: 10, comment: '', wantsContact: false, isFinal: false }]);
  expect(tokens).toEqual(['eyJhbGciOi.tok-en_1']);
});

it.each([
  [10, '我们哪一点最打动您？'],
  [9, '我们哪一点最打动您？'],
  [8, '怎样做您会给更高分？'],
  [7, '怎样做您会给更高分？'],
  [6, '哪里让您失望了？我们想改正'],
  [0, '哪里让您失望了？我们想改正'],
])('asks after %i: %s', async (score, words) => {
  const page = await browser.visit({ path });
  await rate(page, score);
  await expect.poll(() => wordsOf(page)).toContain(words);
});

it('takes a comment and the wish to be called, and thanks', async () => {
  const { drafts, api } = aRecorder();
  const page = await browser.visit({ path, api });
  await rate(page, 3);
  await page.getByRole('textbox').fill('交货晚了两周');
  await page.getByLabel('请联系我').check();
  await page.getByRole('button', { name: '提交' }).click();
  await page.getByRole('heading', { name: '谢谢您直说' }).waitFor();
  await page.getByText('我们会尽快联系您').waitFor();
  expect(drafts.at(-1)).toEqual({
    score: 3,
    comment: '交货晚了两周',
    wantsContact: true,
    isFinal: true,
  });
});

it('lets a score be corrected later, and keeps the comment', async () => {
  const { drafts, api } = aRecorder();
  const answered = aSurvey({ state: 'answered', score: 6, comment: '还行', canCorrect: true });
  const page = await browser.visit({ path, api: { ...api, survey: () => answered } });
  await page.getByText('您给了 6 分').waitFor();
  await page.getByRole('button', { name: '修改评分' }).click();
  expect(await page.getByRole('button', { name: '6', exact: true }).getAttribute('aria-pressed')).toBe(
    'true',
  );
  await rate(page, 9);
  expect(await page.getByRole('textbox').inputValue()).toBe('还行');
  await expect
    .poll(() => drafts)
    .toEqual([{ score: 9, comment: '还行', wantsContact: false, isFinal: false }]);
});

it('never lets a slow score overtake its correction', async () => {
  const arrived: number[] = [];
  const waiting: (() => void)[] = [];
  const answerSurvey: Api['answerSurvey'] = async (token, draft) => {
    if (arrived.push(draft.score) === 1) await new Promise<void>((resolve) => waiting.push(resolve));
    return aWillingApi().answerSurvey(token, draft);
  };
  const page = await browser.visit({ path, api: { answerSurvey } });
  await rate(page, 2);
  await expect.poll(() => arrived).toEqual([2]);
  await page.getByRole('button', { name: '修改评分' }).click();
  await rate(page, 8);
  waiting.forEach((letGo) => letGo());
  await expect.poll(() => arrived).toEqual([2, 8]);
});

it('asks somebody who gave only a score for the reason, not for the score again', async () => {
  const page = await browser.visit({
    path,
    api: { survey: () => aSurvey({ state: 'answered', score: 8, canCorrect: true }) },
  });
  await expect.poll(() => wordsOf(page)).toContain('怎样做您会给更高分？');
});

it('says when the campaign is over: at the door, and when it closes meanwhile', async () => {
  const closed = await browser.visit({ path, api: { survey: () => aSurvey({ state: 'closed', score: 9 }) } });
  await closed.getByRole('heading', { name: '本次调查已经结束' }).waitFor();
  expect(await wordsOf(closed)).toContain('您给了 9 分');
  const api: Partial<Api> = { answerSurvey: () => new Refusal(410, 'survey_closed', '调查已结束') };
  const page = await browser.visit({ path, api });
  await rate(page, 9);
  await expect.poll(() => wordsOf(page)).toContain('本次调查已经结束');
});

it('says that a link is not known', async () => {
  const page = await browser.visit({
    path,
    api: { survey: () => new Refusal(404, 'survey_not_found', '没有') },
  });
  await expect.poll(() => wordsOf(page)).toContain('链接无效或已失效');
});

it('keeps an answer that could not be sent, and sends it when the network is back', async () => {
  const { drafts, api } = aRecorder();
  const page = await browser.visit({ path, api });
  await question(page).waitFor();
  await page.context().setOffline(true);
  await rate(page, 9);
  await page.getByRole('alert').getByText('还没有送达').waitFor();
  await page.getByRole('textbox').fill('服务好');
  await page.getByRole('button', { name: '重试' }).click();
  await page.getByRole('alert').waitFor();
  expect(drafts).toEqual([]);
  await page.context().setOffline(false);
  await expect
    .poll(() => drafts)
    .toEqual([{ score: 9, comment: '服务好', wantsContact: false, isFinal: true }]);
  await page.getByRole('alert').waitFor({ state: 'detached' });
});

it('sends a kept answer when the page is opened again', async () => {
  const { drafts, api } = aRecorder();
  const page = await browser.visit({ path, api });
  await page.route('**/survey/**', (route) => route.abort('internetdisconnected'));
  await rate(page, 4);
  await page.getByRole('alert').waitFor();
  await page.reload();
  await page.getByText('您的 4 分已保存在本机').waitFor();
  await page.unroute('**/survey/**');
  await page.getByRole('button', { name: '重试' }).click();
  await expect.poll(() => drafts).toEqual([{ score: 4, comment: '', wantsContact: false, isFinal: false }]);
  await page.getByRole('heading', { name: '哪里让您失望了？我们想改正' }).waitFor();
});

it.each([
  [320, 568],
  [375, 667],
  [1280, 800],
])('has eleven buttons of one size that a thumb can hit at %i px', async (width, height) => {
  const page = await browser.visit({ path, options: { viewport: { width, height } } });
  await question(page).waitFor();
  const boxes = await Promise.all(
    (await page.getByRole('button').all()).map((button) => button.boundingBox()),
  );
  const sizes = boxes.flatMap((box) => (box ? [[box.width, box.height]] : []));
  expect(sizes).toHaveLength(11);
  expect(Math.min(...sizes.flat())).toBeGreaterThanOrEqual(44);
  const first = sizes[0]?.map((length) => expect.closeTo(length, 1));
  for (const size of sizes) expect(size).toEqual(first);
});
