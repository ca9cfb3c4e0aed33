import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, it } from 'vitest';
import type { FollowUpDraft } from '../../server/api/contract/profile.ts';
import { aCadence, aProfile, aWillingApi } from './support/answers.ts';
import { somePromises } from './support/talk-answers.ts';
import { checkLooks as check } from './support/check-looks.ts';
import { openBrowser } from './support/open-browser.ts';
import { Refusal, type Api } from './support/serve-pages.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const path = '/sidebar/?contact=wm_wang';
const isUuid = expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);

/** A server that keeps what it is told; `refusals` come first. */
function aRecorder(...refusals: Refusal[]) {
  const drafts: FollowUpDraft[] = [];
  const saveFollowUp: Api['saveFollowUp'] = (id, draft) => {
    drafts.push(draft);
    return refusals.shift() ?? aWillingApi().saveFollowUp(id, draft);
  };
  return { drafts, saveFollowUp };
}

const openSheet = (page: Page) => page.getByRole('button', { name: '记录跟进' }).click();
const openForm = async (page: Page) => {
  await openSheet(page);
  await page.getByRole('button', { name: '补充详情再保存' }).click();
};

it('logs a follow-up in two or three taps, and never without what came of it; the rhythm moves at once, and the profile follows', async () => {
  const { drafts, saveFollowUp } = aRecorder();
  let reads = 0;
  // The second reading never ends: what shows the new rhythm is the answer to the save.
  const profile = () => ((reads += 1) === 1 ? aProfile() : new Promise<never>(() => undefined));
  const page = await browser.visit({ path, api: { saveFollowUp, profile } });
  await openSheet(page);
  await page.getByText('电话', { exact: true }).click();
  await page.getByRole('button', { name: '已沟通' }).click();
  await page.getByText('已记录，下次 11月26日').waitFor();
  await page.getByText('太早，刚联系过').waitFor();
  await page.getByText('11月24日起再主动联系比较合适').waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(drafts).toEqual([
    {
      requestId: isUuid,
      channel: 'call',
      outcome: 'talked',
      purpose: '例行跟进',
      notes: '',
      questions: [],
      answeredQuestionIds: [],
      nextStep: '',
      nextOn: null,
    },
  ]);
  await expect.poll(() => reads).toBe(2);
});

it('sends everything the form holds', async () => {
  const { drafts, saveFollowUp } = aRecorder();
  const page = await browser.visit({ path, api: { saveFollowUp } });
  await openForm(page);
  await page.getByText('会议', { exact: true }).click();
  await page.getByLabel('目的').fill('谈年框');
  await page.getByLabel('备注').fill('财务也在');
  await page.getByLabel('交期能不能压到三周以内？').check();
  await page.getByLabel('客户的新问题').fill('能否月结？\n\n  质保几年？ ');
  await page.getByLabel('下一步').fill('发合同');
  await page.getByRole('button', { name: '+1周' }).click();
  expect(await page.getByLabel('下次联系').last().inputValue()).toBe('2026-11-29');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('已记录').waitFor();
  expect(drafts).toEqual([
    {
      requestId: isUuid,
      channel: 'meeting',
      purpose: '谈年框',
      notes: '财务也在',
      questions: ['能否月结？', '质保几年？'],
      answeredQuestionIds: ['q1'],
      nextStep: '发合同',
      nextOn: '2026-11-29',
    },
  ]);
});

it('sends the level, who took part with their titles, and what was promised, when somebody unfolds them', async () => {
  const { drafts, saveFollowUp } = aRecorder();
  const page = await browser.visit({ path, api: { saveFollowUp } });
  await openForm(page);
  await page.getByText('已沟通', { exact: true }).click();
  await page.getByText('参与人、层级和承诺').click();
  await page.getByLabel('层级').selectOption('leadership');
  await page.getByLabel('对方参与人').fill(' 王建国  采购 总监 \n\n李娜');
  await page.getByLabel('我方参与人').fill(`张伟 ${'经理'.repeat(26)}`);
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('参与人“张伟…”太长').waitFor();
  expect(drafts).toEqual([]);
  await page.getByLabel('我方参与人').fill('张伟 经理');
  await page.getByLabel('我们答应了什么').fill('周五前送样');
  await check(page, 'follow-up-more');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('已记录').waitFor();
  expect(drafts).toMatchObject([
    {
      level: 'leadership',
      participants: [
        { side: 'theirs', name: '王建国', title: '采购 总监' },
        { side: 'theirs', name: '李娜', title: '' },
        { side: 'ours', name: '张伟', title: '经理' },
      ],
      promises: '周五前送样',
    },
  ]);
});

it('keeps the text when saving fails, and retries under the same request id', async () => {
  const { drafts, saveFollowUp } = aRecorder(new Refusal(500, 'internal_error', '服务器内部错误'));
  const page = await browser.visit({ path, api: { saveFollowUp } });
  await openForm(page);
  await page.getByLabel('备注').fill('说了很多');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByRole('alert').getByText('没有保存：服务器内部错误').waitFor();
  expect(await page.getByLabel('备注').inputValue()).toBe('说了很多');
  await page.getByRole('button', { name: '重试' }).click();
  await page.getByText('已记录').waitFor();
  expect(drafts).toHaveLength(2);
  expect(drafts[1]).toEqual(drafts[0]);
});

it('retries a two-tap follow-up whose answer was lost, under the same request id', async () => {
  const { drafts, saveFollowUp } = aRecorder();
  const page = await browser.visit({ path, api: { saveFollowUp } });
  await page.route(
    '**/follow-ups',
    async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    },
    { times: 1 },
  );
  await openSheet(page);
  await page.getByText('拜访', { exact: true }).click();
  await page.getByRole('button', { name: '已拒绝' }).click();
  await page.getByRole('alert').getByText('网络不通').waitFor();
  await page.getByRole('button', { name: '重试' }).click();
  await page.getByText('已记录').waitFor();
  expect(drafts.map(({ channel }) => channel)).toEqual(['visit', 'visit']);
  expect(drafts[1]?.requestId).toBe(drafts[0]?.requestId);
});

it('brings an unsaved text back after the page was closed, and a new id after a save', async () => {
  const { drafts, saveFollowUp } = aRecorder();
  const page = await browser.visit({ path, api: { saveFollowUp } });
  await openForm(page);
  await page.getByLabel('备注').fill('写到一半');
  await page.reload();
  await openSheet(page);
  expect(await page.getByLabel('备注').inputValue()).toBe('写到一半');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('已记录').waitFor();
  await openSheet(page);
  await page.getByRole('button', { name: '已沟通' }).click();
  await expect.poll(() => drafts.length).toBe(2);
  expect(drafts[1]).toMatchObject({ notes: '', channel: 'chat' });
  expect(drafts[1]?.requestId).not.toBe(drafts[0]?.requestId);
});

it('offers to sign in again when the session ended, and the text waits', async () => {
  const { saveFollowUp } = aRecorder(new Refusal(401, 'unauthorized', '请先登录'));
  const page = await browser.visit({ path, api: { saveFollowUp } });
  await openForm(page);
  await page.getByLabel('备注').fill('很重要');
  await page.getByRole('button', { name: '保存' }).click();
  const loaded = page.waitForEvent('load');
  await page.getByRole('button', { name: '重新登录' }).click();
  await loaded;
  await openSheet(page);
  expect(await page.getByLabel('备注').inputValue()).toBe('很重要');
});

it('warns that it is too soon, and lets the follow-up be logged', async () => {
  const { drafts, saveFollowUp } = aRecorder();
  const cadence = aCadence({ state: 'too_soon', overdueWorkingDays: 0, welcomeFrom: '2026-11-24' });
  const page = await browser.visit({ path, api: { saveFollowUp, profile: () => aProfile({ cadence }) } });
  await openSheet(page);
  await page.getByText('刚联系过，11月24日起再主动联系比较合适。').waitFor();
  await page.getByRole('button', { name: '已沟通' }).click();
  await page.getByText('已记录').waitFor();
  expect(drafts).toHaveLength(1);
});

it('asks what came of a blank log, and who agreed on a time says which one', async () => {
  const { drafts, saveFollowUp } = aRecorder();
  const page = await browser.visit({ path, api: { saveFollowUp } });
  await openForm(page);
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('请选择结果，或写一句聊了什么').waitFor();
  expect(drafts).toEqual([]);
  await page.getByText('未接通', { exact: true }).click();
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('已记录').waitFor();
  await openSheet(page);
  await page.getByRole('button', { name: '约了时间' }).click();
  await page.getByRole('button', { name: '+3天' }).click();
  await page.getByRole('button', { name: '保存' }).click();
  await expect.poll(() => drafts.length).toBe(2);
  expect(drafts).toMatchObject([{ outcome: 'no_answer' }, { outcome: 'scheduled', nextOn: '2026-11-25' }]);
});

it('shows the promises that stand on any log: kept from their day on, else left, and anybody may say otherwise', async () => {
  const { drafts, saveFollowUp } = aRecorder();
  const [later] = somePromises;
  const due = { ...somePromises[0], id: 'p0', text: '送样', day: '2026-11-22' };
  const promises = [due, later].flatMap((each) => each ?? []) as typeof somePromises;
  const page = await browser.visit({ path, api: { saveFollowUp, profile: () => aProfile({ promises }) } });
  await openSheet(page);
  const act = (text: string) => page.getByLabel(`处理约定：${text}`).and(page.locator('select'));
  expect([await act('送样').inputValue(), await act('发阶梯报价单').inputValue()]).toEqual(['kept', 'keep']);
  await check(page, 'follow-up-promises');
  await act('发阶梯报价单').selectOption('moved');
  await page.getByRole('button', { name: '已沟通' }).click();
  await page.getByText('改期的约定请选新的日期').waitFor();
  await page.getByLabel('改到哪天').fill('2026-12-04');
  await page.getByRole('button', { name: '已沟通' }).click();
  await page.getByText('已记录').waitFor();
  expect(drafts).toMatchObject([
    {
      standing: [
        { id: 'p0', act: 'kept', day: null },
        { id: 'p1', act: 'moved', day: '2026-12-04' },
      ],
    },
  ]);
});
