import { afterAll, afterEach, expect, it } from 'vitest';
import { aMe } from './support/answers.ts';
import {
  aDoctorReport,
  aHealthyReport,
  anAdmin,
  anEmptyConsole,
  someEvents,
} from './support/console-answers.ts';
import type { ConsoleApi } from './support/console-doors.ts';
import { openBrowser, wordsOf } from './support/open-browser.ts';
import { Refusal, type Api } from './support/serve-pages.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const open = (path = '/console/', api: Partial<Api> = {}) =>
  browser.visit({ path, api: { me: anAdmin, ...api } });
const visit = (tab: string, api: Partial<ConsoleApi> = {}) => open(`/console/#${tab}`, api);

it('shows sales people their accounts and warnings, and nothing that others decide', async () => {
  const page = await open('/console/#audit', { me: () => aMe() });
  await page.getByRole('heading', { name: '客户' }).waitFor();
  expect(await page.getByRole('navigation').getByRole('button').allInnerTexts()).toEqual([
    '客户',
    '预警',
    '请假',
  ]);
  expect(await page.getByRole('heading', { name: '客户金字塔' }).count()).toBe(0);
});

it('sends whoever is not signed in to the login door once, and back to the same tab', async () => {
  let asked = 0;
  const me = () => ((asked += 1) === 1 ? new Refusal(401, 'signed_out', '请先登录') : anAdmin());
  const page = await open('/console/?from=mail#notices', { me });
  await expect.poll(() => wordsOf(page)).toContain('企业标签数量已达上限');
  expect(new URL(page.url()).search).toBe('?from=mail');
  expect(asked).toBe(2);
});

it('does not run in circles when signing in does not help', async () => {
  const page = await open('/console/', { me: () => new Refusal(401, 'signed_out', '请先登录') });
  await page.getByRole('button', { name: '重新登录' }).waitFor();
  expect(await wordsOf(page)).toContain('请先登录');
});

it('examines only when asked', async () => {
  let runs = 0;
  const page = await visit('doctor', { doctor: () => ((runs += 1), aDoctorReport()) });
  await expect.poll(() => wordsOf(page)).toContain('逐项检查设置');
  expect(runs).toBe(0);
  await page.getByRole('button', { name: '开始体检' }).click();
  await expect.poll(() => wordsOf(page)).toContain('未通过 1');
  await page.getByRole('button', { name: '再检查一次' }).click();
  await expect.poll(() => runs).toBe(2);
});

it('shows what to mend first, with what was tried, what came back and the cure', async () => {
  const page = await visit('doctor');
  await page.getByRole('button', { name: '开始体检' }).click();
  const first = page.getByRole('article').first();
  await first.getByRole('heading', { name: '企业可信 IP' }).waitFor();
  const words = await first.innerText();
  for (const part of ['未通过', '出口 IP 203.0.113.7', 'get_follow_user_list', '60020'])
    expect(words).toContain(part);
  expect(await page.getByRole('article').count()).toBe(2);
  const passed = await page.getByRole('listitem').allInnerTexts();
  expect(passed.map((text) => text.split('\n')[0])).toEqual([
    expect.stringContaining('设置'),
    expect.stringContaining('连接企业微信接口'),
    expect.stringContaining('成员激活'),
  ]);
});

it('says so when there is nothing to mend', async () => {
  const page = await visit('doctor', { doctor: aHealthyReport });
  await page.getByRole('button', { name: '开始体检' }).click();
  await page.getByRole('heading', { name: '一切正常' }).waitFor();
  expect(await page.getByRole('article').count()).toBe(0);
});

it('copies the report as text', async () => {
  const page = await visit('doctor');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: '开始体检' }).click();
  await page.getByRole('button', { name: '复制结果' }).click();
  await expect.poll(() => wordsOf(page)).toContain('已复制');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(aDoctorReport().text);
});

it('keeps a report while other tabs are looked at', async () => {
  const page = await visit('doctor');
  await page.getByRole('button', { name: '开始体检' }).click();
  await expect.poll(() => wordsOf(page)).toContain('未通过 1');
  await page.getByRole('button', { name: '同步', exact: true }).click();
  await page.getByRole('heading', { name: '同步' }).waitFor();
  await page.getByRole('button', { name: '体检', exact: true }).click();
  await expect.poll(() => wordsOf(page)).toContain('未通过 1');
});

it('tells the drift of each synchronisation, and by whom', async () => {
  const page = await visit('syncs');
  await expect.poll(() => wordsOf(page)).toContain('新增 3 · 变更 12 · 流失 1 · 存疑 640 · 客户群 2');
  await expect.poll(() => wordsOf(page)).toContain('没有差异');
  await expect.poll(() => wordsOf(page)).toContain('请检查应用的可见范围');
  expect(await page.getByText('王飞', { exact: true }).isVisible()).toBe(false);
  await page.getByText('按成员查看（2 人有差异）').click();
  expect(await page.getByText('王飞', { exact: true }).isVisible()).toBe(true);
});

it('replays a failed event, which then leaves the list', async () => {
  const replayed: string[] = [];
  const events = () => {
    const { events: all } = someEvents();
    const left = all.filter(({ id }) => !replayed.includes(id));
    return { total: left.length, events: left };
  };
  const page = await visit('events', {
    events,
    replay: (id) => (replayed.push(id), { outcome: 'done', error: null }),
  });
  await expect.poll(() => wordsOf(page)).toContain('change_of_something_new');
  await page.getByRole('button', { name: '重放：添加客户' }).click();
  await expect.poll(() => wordsOf(page)).toContain('已处理好');
  await expect.poll(() => page.getByRole('listitem').count()).toBe(1);
  expect(replayed).toEqual(['a'.repeat(64)]);
});

it.each([
  [{ outcome: 'failed', error: 'x' } as const, '又失败了'],
  [{ outcome: 'later', error: 'x' } as const, '稍后会自动再试'],
  [{ outcome: 'taken', error: null } as const, '正在处理'],
  [new Refusal(404, 'event_not_found', '没有这个事件'), '没有这个事件'],
])('tells when a replay did not help (case %#)', async (answer, words) => {
  const page = await visit('events', { replay: () => answer });
  await page.getByRole('button', { name: '重放：添加客户' }).click();
  await expect.poll(() => wordsOf(page)).toContain(words);
});

it('lists what nobody owns and who moved to whom', async () => {
  const page = await visit('handovers');
  await expect.poll(() => wordsOf(page)).toContain('待分配客户（3）');
  const words = await wordsOf(page);
  for (const part of ['建议交给 陈璐', '从来没有负责人', '主管已同意', '赵敏 → 陈璐'])
    expect(words).toContain(part);
  expect(words).toContain('未能发起：接手成员未实名认证');
});

it.each([
  ['syncs', '还没有同步过'],
  ['events', '没有失败的事件'],
  ['notices', '没有待处理的提醒'],
  ['handovers', '没有要交接的'],
])('says what it means that %s is empty', async (tab, title) => {
  const page = await visit(tab, anEmptyConsole());
  await expect.poll(() => wordsOf(page)).toContain(title);
});

it.each([
  ['syncs', 'syncs'],
  ['events', 'events'],
  ['notices', 'notices'],
  ['handovers', 'pool'],
] as const)('can read %s again after a failure', async (tab, door) => {
  let isBroken = true;
  const good = anEmptyConsole();
  const api = {
    [door]: () => (isBroken ? new Refusal(500, 'internal_error', '服务器出错了') : good[door]()),
  };
  const page = await visit(tab, api);
  await page.getByRole('alert').getByText('服务器出错了').waitFor();
  isBroken = false;
  await page.getByRole('button', { name: '重试' }).click();
  await expect.poll(() => page.getByRole('alert').count()).toBe(0);
});

it('tells when an examination did not come to an end, and begins anew', async () => {
  let isBroken = true;
  const page = await visit('doctor', {
    doctor: () => (isBroken ? new Refusal(500, 'internal_error', '服务器出错了') : aHealthyReport()),
  });
  await page.getByRole('button', { name: '开始体检' }).click();
  await expect.poll(() => wordsOf(page)).toContain('服务器出错了');
  isBroken = false;
  await page.getByRole('button', { name: '重试' }).click();
  await expect.poll(() => wordsOf(page)).toContain('一切正常');
});
