import { afterAll, afterEach, expect, it } from 'vitest';
import { anAbsence } from './support/absence-answers.ts';
import { aMe } from './support/answers.ts';
import { checkLooks } from './support/check-looks.ts';
import { anAdmin } from './support/console-answers.ts';
import { openBrowser, wordsOf } from './support/open-browser.ts';
import { Refusal, type Api } from './support/serve-pages.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const visit = (api: Partial<Api> = {}) =>
  browser.visit({ path: '/console/#absences', api: { me: anAdmin, ...api } });

it('tells who is away now, until when and who stands in, and who will be', async () => {
  const page = await visit();
  await page.getByRole('heading', { name: '现在不在（1）' }).waitFor();
  const words = await wordsOf(page);
  for (const part of ['11月20日 – 11月25日，6 天', '代理人 陈璐', '12月1日，1 天', '没有代理人'])
    expect(words).toContain(part);
  await checkLooks(page, 'absences');
});

it('plans a leave of a member, with a stand-in; a refusal stays in the form', async () => {
  const plans: unknown[] = [];
  const planAbsence = (plan: unknown) =>
    plans.push(plan) === 1 ? new Refusal(409, 'absence_overlaps', '这段时间已经登记过请假') : anAbsence();
  const page = await visit({ planAbsence });
  await page.getByRole('button', { name: '登记请假' }).click();
  await page.getByLabel('谁请假').fill('孙丽');
  await page.getByLabel('从').fill('2026-12-07');
  expect(await page.getByLabel('到（含当天）').inputValue()).toBe('2026-12-07');
  await page.getByLabel('到（含当天）').fill('2026-12-09');
  await page.getByLabel('代理人').fill('chenlu');
  const send = page.getByRole('dialog').getByRole('button', { name: '登记请假' });
  await send.click();
  await page.getByRole('alert').getByText('这段时间已经登记过请假').waitFor();
  await checkLooks(page, 'absence-plan');
  await send.click();
  await expect.poll(() => wordsOf(page)).toContain('已登记');
  expect(plans[1]).toEqual({ staffId: 'sunli', from: '2026-12-07', to: '2026-12-09', standInId: 'chenlu' });
});

it('lets sales people plan their own leave only', async () => {
  const plans: unknown[] = [];
  const planAbsence = (plan: unknown) => (plans.push(plan), anAbsence());
  const page = await visit({ me: () => aMe(), absences: () => ({ absences: [] }), planAbsence });
  await page.getByRole('heading', { name: '没有请假安排' }).waitFor();
  await checkLooks(page, 'absences-empty');
  await page.getByRole('button', { name: '登记请假' }).click();
  expect(await page.getByLabel('谁请假').count()).toBe(0);
  await page.getByRole('dialog').getByRole('button', { name: '登记请假' }).click();
  await expect
    .poll(() => plans)
    .toEqual([{ staffId: 'zhangwei', from: '2026-11-22', to: '2026-11-22', standInId: null }]);
});

it('asks once more before a leave is taken back', async () => {
  const gone: string[] = [];
  const absences = () => ({ absences: [anAbsence()].filter(({ id }) => !gone.includes(id)) });
  const page = await visit({ absences, cancelAbsence: (id) => (gone.push(id), { isGone: true }) });
  await page.getByRole('button', { name: '取消：赵敏' }).click();
  await page.getByText('取消后，到期的跟进重新提醒本人').waitFor();
  expect(gone).toEqual([]);
  await checkLooks(page, 'absence-cancel');
  await page.getByRole('button', { name: '取消请假' }).click();
  await page.getByRole('heading', { name: '没有请假安排' }).waitFor();
  expect(gone).toEqual(['l1']);
});
