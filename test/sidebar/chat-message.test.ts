import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, it } from 'vitest';
import type { SentMessage } from '../../server/api/contract/messages.ts';
import { aCadence, aLongProfile, aProfile } from './support/answers.ts';
import { aBridge, bridgeCalls, changeBridge, type Bridge } from './support/bridge.ts';
import { checkLooks as check } from './support/check-looks.ts';
import { anEagerChat } from './support/message-answers.ts';
import { openBrowser, wordsOf, type Visit } from './support/open-browser.ts';
import { Refusal, type Api } from './support/serve-pages.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const isUuid = expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);

/** A server that keeps what it is told; `refusals` come first. */
function aRecorder(...refusals: Refusal[]) {
  const reports: SentMessage[] = [];
  const reportMessage: Api['reportMessage'] = (id, sent) => {
    reports.push(sent);
    return refusals.shift() ?? anEagerChat().reportMessage(id, sent);
  };
  return { reports, reportMessage };
}

/** The sidebar beside the chat with 王建国. */
const inChat = (bridge: Partial<Bridge> = {}, api: Partial<Api> = {}): Visit => ({
  path: '/sidebar/',
  bridge: aBridge(bridge),
  api,
});
const openChat = (...chat: Parameters<typeof inChat>) => browser.visit(inChat(...chat));
/** As reminders and lists lead to a customer. */
const LINK = '/sidebar/?contact=wm_wang';

const openSheet = (page: Page) => page.getByRole('button', { name: '发消息' }).click();
const area = (page: Page) => page.getByLabel('消息内容');
const tapSend = (page: Page) => page.getByRole('button', { name: '发送到聊天' }).click();

/** Every message that the page sent into the chat. */
const sentTexts = async (page: Page) =>
  (await bridgeCalls(page))
    .filter(({ name }) => name === 'sendChatMessage')
    .map(({ params: { msgtype, text } }) => ({ msgtype, text }));

async function write(page: Page, text = '报价单已发您邮箱，请查收。'): Promise<void> {
  await openSheet(page);
  await area(page).fill(text);
}

it('sends a text into the chat in two taps; the server hears of it, and the rhythm moves at once', async () => {
  const { reports, reportMessage } = aRecorder();
  let reads = 0;
  const profile = () => ((reads += 1) === 1 ? aProfile() : new Promise<never>(() => undefined));
  const page = await openChat({}, { reportMessage, profile });
  await write(page, '  报价单已发您邮箱，\n请查收。 ');
  await tapSend(page);
  await page.getByText('已发送，下次 11月26日').waitFor();
  await page.getByText('太早，刚联系过').waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  const content = '报价单已发您邮箱，\n请查收。';
  expect(await sentTexts(page)).toEqual([{ msgtype: 'text', text: { content } }]);
  expect(reports).toEqual([{ requestId: isUuid, text: expect.stringContaining(content), answersId: null }]);
});

it('gives every message an id of its own', async () => {
  const { reports, reportMessage } = aRecorder();
  const page = await openChat({}, { reportMessage });
  for (const text of ['一', '二']) {
    await write(page, text);
    await page.getByRole('button', { name: /发送到聊天|仍要发送/ }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  expect(reports.map(({ text }) => text)).toEqual(['一', '二']);
  expect(new Set(reports.map(({ requestId }) => requestId)).size).toBe(2);
});

it.each([
  ['sendChatMessage:cancel', '没有发送：你取消了'],
  ['sendChatMessage:fail no permission', '没有发送：企业微信不允许本应用发消息'],
  ['sendChatMessage:fail without context of external contact', '没有发送：当前没有打开与客户的单聊'],
  ['sendChatMessage:fail, something new', '没有发送：企业微信没有接受（'],
])('after %s nothing is recorded, and the page says: %s', async (sendChatMessage, words) => {
  const { reports, reportMessage } = aRecorder();
  const page = await openChat({ sendChatMessage }, { reportMessage });
  await write(page);
  await tapSend(page);
  await page.getByText(words).waitFor();
  expect(await area(page).inputValue()).toBe('报价单已发您邮箱，请查收。');
  expect(reports).toEqual([]);
  await changeBridge(page, { sendChatMessage: 'sendChatMessage:ok' });
  await tapSend(page);
  await page.getByText('已发送').waitFor();
  expect(reports).toHaveLength(1);
});

it('offers to copy what WeCom does not take', async () => {
  const page = await browser.visit({
    ...inChat({ sendChatMessage: 'sendChatMessage:fail no permission' }),
    options: { permissions: ['clipboard-read', 'clipboard-write'] },
  });
  await write(page);
  await tapSend(page);
  await page.getByRole('button', { name: '复制内容' }).click();
  await page.getByRole('button', { name: '已复制' }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('报价单已发您邮箱，请查收。');
  await check(page, 'message-refused');
});

it('says that nobody knows when WeCom keeps silent, and records nothing', async () => {
  const { reports, reportMessage } = aRecorder();
  const page = await openChat({ sendChatMessage: null }, { reportMessage });
  await write(page);
  await tapSend(page);
  await page.getByRole('button', { name: '正在发送' }).waitFor();
  await expect.poll(() => sentTexts(page)).toHaveLength(1);
  await page.clock.fastForward(120_000);
  await page.getByText('企业微信没有回应').waitFor();
  expect(reports).toEqual([]);
});

it('sends nothing when the chat is with somebody else by now', async () => {
  const { reports, reportMessage } = aRecorder();
  const page = await openChat({}, { reportMessage });
  await write(page);
  await changeBridge(page, { externalUserId: 'wm_li' });
  await tapSend(page);
  await page.getByText('聊天已经换成别的客户').waitFor();
  expect([await sentTexts(page), reports]).toEqual([[], []]);
});

it('retries only the record of what was sent, under the same id', async () => {
  const { reports, reportMessage } = aRecorder(new Refusal(500, 'internal_error', '服务器内部错误'));
  const page = await openChat({}, { reportMessage });
  await write(page);
  await tapSend(page);
  await page.getByText('消息已发出，但没有记录：服务器内部错误').waitFor();
  await check(page, 'message-unrecorded');
  await page.getByRole('button', { name: '补记这次联系' }).click();
  await page.getByText('已发送').waitFor();
  expect(await sentTexts(page)).toHaveLength(1);
  expect(reports).toHaveLength(2);
  expect(reports[1]).toEqual(reports[0]);
});

it('records what was sent by itself when the page is opened again, also after signing in', async () => {
  const { reports, reportMessage } = aRecorder(new Refusal(401, 'unauthorized', '请先登录'));
  const page = await openChat({}, { reportMessage });
  await write(page);
  await tapSend(page);
  const loaded = page.waitForEvent('load');
  await page.getByRole('button', { name: '重新登录' }).click();
  await loaded;
  await page.getByText('已发送').waitFor();
  expect(await sentTexts(page)).toEqual([]);
  expect(reports[1]).toEqual(reports[0]);
  await page.reload();
  await page.getByRole('heading', { name: '王建国' }).waitFor();
  expect([await page.getByRole('dialog').count(), reports.length]).toEqual([0, 2]);
});

it('does not come back to a record that the server will never take', async () => {
  const page = await openChat(
    {},
    { reportMessage: () => new Refusal(403, 'not_your_contact', '不是你的客户') },
  );
  await write(page);
  await tapSend(page);
  await page.getByText('消息已发出，但没有记录：不是你的客户').waitFor();
  await page.reload();
  await page.getByRole('heading', { name: '王建国' }).waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
});

it('warns inside the minimum gap before another push, and sends all the same', async () => {
  const { reports, reportMessage } = aRecorder();
  const cadence = aCadence({ state: 'too_soon', overdueWorkingDays: 0, welcomeFrom: '2026-11-24' });
  const profile = () => aProfile({ cadence });
  const page = await openChat({}, { reportMessage, profile, checkPush: () => new Promise(() => undefined) });
  await write(page);
  await page.getByText('刚联系过，11月24日起再主动联系比较合适').waitFor();
  await page.getByRole('button', { name: '仍要发送' }).click();
  await page.getByText('已发送').waitFor();
  expect(reports).toHaveLength(1);
});

it('warns when a colleague wrote since the page was opened', async () => {
  const found = { isTooSoon: true, welcomeFrom: '2026-11-23', lastTouchAt: null };
  const page = await openChat({}, { checkPush: () => found });
  await openSheet(page);
  await expect.poll(() => wordsOf(page)).toContain('刚联系过，11月23日起');
  await check(page, 'message-too-soon');
});

it('answers a question in the chat, which closes it, is never too soon, and can be undone for a while', async () => {
  const { reports, reportMessage } = aRecorder();
  const cadence = aCadence({ state: 'owed_soon', reason: 'question', welcomeFrom: '2026-11-24' });
  const profile = () => aProfile({ cadence });
  const found = { isTooSoon: true, welcomeFrom: '2026-11-24', lastTouchAt: null };
  const reopened: string[] = [];
  const page = await openChat({}, { reportMessage, profile, checkPush: () => found });
  await page.route('**/questions/*/reopen', async (route) => {
    reopened.push(new URL(route.request().url()).pathname);
    await route.fulfill({ json: { id: 'q1', cadence } });
  });
  await page.getByRole('button', { name: '答复：交期能不能压到三周以内？' }).click();
  expect(await area(page).inputValue()).toBe('关于“交期能不能压到三周以内？”：\n');
  await page.getByText('发送后这个问题就关闭，10 秒内可撤销').waitFor();
  expect(await wordsOf(page)).not.toMatch(/太早|刚联系过/);
  await page.keyboard.type('可以，三周内发货。');
  await check(page, 'message-answer');
  await tapSend(page);
  await page.getByText('已发送，问题已关闭').waitFor();
  expect(reports).toMatchObject([
    { text: '关于“交期能不能压到三周以内？”：\n可以，三周内发货。', answersId: 'q1' },
  ]);
  await page.getByRole('button', { name: '撤销' }).click();
  await page.getByText('问题已恢复为未答复').waitFor();
  expect(reopened).toEqual(['/api/v1/accounts/a1/questions/q1/reopen']);
});

const lost = () => aProfile({ contact: { ...aProfile().contact, isLost: true } });
it.each<[string, Visit]>([
  ['the profile of the customer, which has no chat', inChat({ entry: 'contact_profile' })],
  ['a page that a link opened, whatever chat is beside it', { ...inChat(), path: LINK }],
  ['an ordinary browser', { path: LINK }],
  ['the chat with somebody who deleted us', inChat({}, { profile: lost })],
])('offers no message in %s', async (_where, visit) => {
  const page = await browser.visit(visit);
  await page.getByRole('button', { name: '记录跟进' }).waitFor();
  expect(await page.getByRole('button', { name: /发消息|答复/ }).count()).toBe(0);
});

it('can be used by keyboard: the text has the focus, Ctrl+Enter sends, and an unsent text waits', async () => {
  const { reports, reportMessage } = aRecorder();
  const page = await openChat({}, { reportMessage });
  await page.getByRole('button', { name: '发消息' }).focus();
  await page.keyboard.press('Enter');
  await area(page).waitFor();
  await page.keyboard.type('周五见');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  expect(await area(page).inputValue()).toBe('周五见');
  await page.keyboard.press('Control+Enter');
  await page.getByText('已发送').waitFor();
  expect(reports).toMatchObject([{ text: '周五见' }]);
});

it('sends nothing that is empty or too long, and says by how much', async () => {
  const page = await openChat();
  await write(page, ' \n ');
  const send = page.getByRole('button', { name: '发送到聊天' });
  expect(await send.isDisabled()).toBe(true);
  await area(page).press('Control+Enter');
  await area(page).fill('好'.repeat(1003));
  await page.getByText('超出 3 字').waitFor();
  expect(await send.isDisabled()).toBe(true);
  await area(page).press('Control+Enter');
  await area(page).fill('好'.repeat(1000));
  expect(await send.isEnabled()).toBe(true);
  expect(await sentTexts(page)).toEqual([]);
});

it('looks right, also beside the longest of names and questions', async () => {
  const page = await openChat();
  await check(page, 'profile-in-chat');
  await write(page);
  await check(page, 'message');
  const { contact, ...long } = aLongProfile();
  const profile = () => ({ ...long, contact: { ...contact, isLost: false } });
  const longPage = await openChat({}, { profile });
  await check(longPage, 'profile-in-chat-long');
  await longPage.getByRole('button', { name: /^答复/ }).click();
  await check(longPage, 'message-long');
  expect(await area(longPage).inputValue()).toMatch(/^关于“客户反复强调.{32,34}…”：\n$/);
});
