import { afterAll, afterEach, expect, it } from 'vitest';
import type { ComplaintsView } from '../../server/api/contract/complaints.ts';
import { checkLooks as check } from './support/check-looks.ts';
import { anAdmin } from './support/console-answers.ts';
import { openBrowser, wordsOf } from './support/open-browser.ts';
import { Refusal, type Api } from './support/serve-pages.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

type Complaint = ComplaintsView['complaints'][number];
const aComplaint = (changes: Partial<Complaint> = {}): Complaint => ({
  id: 'zhangwei:1',
  accountId: 'a1',
  contact: { externalUserId: 'wm_wang', name: '王建国' },
  channel: 'call',
  text: '三号线的模具交货晚了三天',
  openedAt: '2026-11-19T02:00:00.000Z',
  openedBy: { staffId: 'zhangwei', name: '张伟' },
  closedAt: null,
  closedBy: null,
  cause: '',
  action: '',
  ...changes,
});
const visit = (api: Partial<Api>) =>
  browser.visit({ path: '/console/#accounts/a1', api: { me: anAdmin, ...api } });

it('notes a complaint of one of the people, and shows who complained, how and when', async () => {
  const kept: Complaint[] = [];
  const sent: [string, unknown][] = [];
  const change = (path: string, body: unknown) => {
    sent.push([path, body]);
    kept.push(aComplaint());
    return kept[0];
  };
  const page = await visit({ change, complaints: () => ({ complaints: [...kept], may: { close: false } }) });
  await expect.poll(() => wordsOf(page)).toContain('没有未关闭的投诉');
  await page.getByRole('button', { name: '记一条投诉' }).click();
  await page.getByLabel('投诉内容').fill('三号线的模具交货晚了三天');
  await page.getByLabel('谁投诉的').selectOption('wm_wang');
  await page.getByLabel('通过什么').selectOption('call');
  await check(page, 'complaint-note');
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await expect.poll(() => wordsOf(page)).toMatch(/王建国 · 电话 · .* · 张伟 记录/);
  expect(sent).toEqual([
    [
      'accounts/a1/complaints',
      {
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        text: '三号线的模具交货晚了三天',
        externalUserId: 'wm_wang',
        channel: 'call',
      },
    ],
  ]);
  expect(await page.getByRole('button', { name: '关闭', exact: true }).count()).toBe(0);
});

it('closes a complaint with a cause and an action, and keeps both when the server says no', async () => {
  const sent: [string, unknown][] = [];
  let isOpen = true;
  const change = (path: string, body: unknown) => {
    sent.push([path, body]);
    if (sent.length === 1) return new Refusal(409, 'complaint_closed', '这条投诉已经关闭');
    isOpen = false;
    return aComplaint();
  };
  const page = await visit({
    change,
    complaints: () => ({ complaints: isOpen ? [aComplaint({ contact: null })] : [], may: { close: true } }),
  });
  await page.getByRole('button', { name: '关闭', exact: true }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('原因').fill('排产失误');
  await sheet.getByLabel('处理措施').fill('免运费，改为两周一对账');
  await check(page, 'complaint-close');
  const submit = sheet.locator('.button-main');
  await submit.click();
  await expect.poll(() => sheet.innerText()).toContain('这条投诉已经关闭');
  await submit.click();
  await expect.poll(() => wordsOf(page)).toContain('没有未关闭的投诉');
  expect(sent).toEqual(
    [1, 2].map(() => [
      'complaints/zhangwei:1/close',
      { cause: '排产失误', action: '免运费，改为两周一对账' },
    ]),
  );
});
