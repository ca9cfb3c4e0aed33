import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, it } from 'vitest';
import type { Profile } from '../../server/api/contract/profile.ts';
import { aCadence, aProfile } from './support/answers.ts';
import { checkLooks as check } from './support/check-looks.ts';
import { openBrowser, wordsOf } from './support/open-browser.ts';
import { someFollowUps, somePromises } from './support/talk-answers.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const path = '/sidebar/?contact=wm_wang';
const DONE = aCadence({
  state: 'on_track',
  overdueWorkingDays: 0,
  dueOn: '2026-11-27',
  owed: [{ reason: 'interval', dueOn: '2026-11-27', overdueWorkingDays: 0 }],
});

/** A profile, and a server that says yes to every act and keeps what it was asked. */
async function open(changes: Partial<Profile>): Promise<{ page: Page; asked: [string, unknown][] }> {
  let reads = 0;
  const profile = () => ((reads += 1) === 1 ? aProfile(changes) : aProfile({ cadence: DONE }));
  const page = await browser.visit({ path, api: { profile } });
  const asked: [string, unknown][] = [];
  await page.route(/\/api\/v1\/accounts\/a1\/.+\/(settle|close|correct|take-back)$/, async (route) => {
    const request = route.request();
    asked.push([new URL(request.url()).pathname.replace('/api/v1/accounts/a1/', ''), request.postDataJSON()]);
    await route.fulfill({ json: { id: 'x', cadence: DONE } });
  });
  return { page, asked };
}

it('names everything that is owed under one headline, and when the customer last stirred', async () => {
  const cadence = aCadence({
    reason: 'detractor',
    dueOn: '2026-11-19',
    overdueWorkingDays: 1,
    lastSignAt: '2026-11-21T03:00:00.000Z',
    owed: [
      { reason: 'detractor', dueOn: '2026-11-19', overdueWorkingDays: 1 },
      { reason: 'promise', dueOn: '2026-11-30', overdueWorkingDays: 0 },
      { reason: 'question', dueOn: '2026-11-24', overdueWorkingDays: 0 },
    ],
  });
  const { page } = await open({ cadence, promises: somePromises });
  await page.getByText('贬损者还没回访，已逾期 1 个工作日').waitFor();
  const words = await wordsOf(page);
  expect(words).toContain('还应做：约定 11月30日、客户提问 11月24日');
  expect(words).toContain('客户最近动态：昨天');
  expect(words.match(/逾期/g)).toHaveLength(1);
  await check(page, 'cadence-owed');
});

it('says once that a follow-up is late, though a warning says so too', async () => {
  const { page } = await open({});
  await page.getByText('已逾期 3 个工作日').waitFor();
  expect((await wordsOf(page)).match(/已逾期/g)).toHaveLength(1);
});

it('ends a promise where it stands, and the rhythm follows', async () => {
  const { page, asked } = await open({ promises: somePromises });
  await page.getByRole('button', { name: '处理约定：发阶梯报价单' }).click();
  await check(page, 'promise-sheet');
  await page.getByRole('button', { name: '已兑现' }).click();
  await page.getByText('约定已更新').waitFor();
  await page.getByText('节奏正常').waitFor();
  expect(asked).toEqual([['promises/p1/settle', { act: 'kept', day: null }]]);
});

it('closes the loop of a bad mark with cause and action, and with nothing less', async () => {
  const waiting = [
    {
      answerId: 'c1:wm_li',
      externalUserId: 'wm_li',
      contactName: '李娜',
      score: 3,
      comment: '备件总是缺货',
      since: '2026-11-20T03:00:00.000Z',
    },
  ];
  const { page, asked } = await open({ nps: { ...aProfile().nps, waiting } });
  await page.getByRole('button', { name: '闭环', exact: true }).click();
  const finish = page.getByRole('button', { name: '完成闭环' });
  await page.getByLabel('原因').fill('备件缺货');
  expect(await finish.isDisabled()).toBe(true);
  await page.getByLabel('措施').fill('当天补发');
  await check(page, 'close-loop');
  await finish.click();
  await page.getByText('已闭环').waitFor();
  expect(asked).toEqual([['detractors/c1%3Awm_li/close', { cause: '备件缺货', action: '当天补发' }]]);
});

it('lets the author correct a follow-up, or take it back at the second tap', async () => {
  const followUps = someFollowUps.map((one, index) => ({ ...one, mayCorrect: index === 0 }));
  const { page, asked } = await open({ followUps });
  await page.getByRole('button', { name: '更正或撤回：年度框架报价' }).click();
  await page.getByLabel('备注').fill('改过');
  await check(page, 'correct-sheet');
  await page.getByRole('button', { name: '撤回这条' }).click();
  expect(asked).toEqual([]);
  await page.getByRole('button', { name: '确定撤回？' }).click();
  await page.getByText('已撤回，约定和问题已恢复').waitFor();
  expect(asked).toEqual([['follow-ups/f2/take-back', {}]]);
});
