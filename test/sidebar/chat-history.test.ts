import type { Locator } from 'playwright-core';
import { afterAll, afterEach, expect, it } from 'vitest';
import type { Profile } from '../../server/api/contract/profile.ts';
import { aLongProfile, aProfile } from './support/answers.ts';
import { checkLooks as check } from './support/check-looks.ts';
import { openBrowser } from './support/open-browser.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

type FollowUp = Profile['followUps'][number];

const aTalk = (changes: Partial<FollowUp> = {}): FollowUp => ({
  id: 'f9',
  at: '2026-11-19T07:20:00.000Z',
  staffName: '张伟',
  contactName: '王建国',
  channel: 'meeting',
  outcome: null,
  level: null,
  participants: [],
  purpose: '年度框架谈判',
  notes: '',
  promises: '',
  nextStep: '',
  nextOn: null,
  isMessage: false,
  correctedAt: null,
  takenBackAt: null,
  mayCorrect: false,
  ...changes,
});

const FULL = aTalk({
  level: 'leadership',
  participants: [
    { side: 'ours', name: '张伟', title: '客户经理' },
    { side: 'theirs', name: '王建国', title: '采购总监' },
    { side: 'theirs', name: '李娜', title: '' },
  ],
  notes: '价格已谈妥，等集团审批。',
  promises: '周五前送样',
  nextStep: '送样并确认收货',
  nextOn: '2026-11-27',
});

/** The history card of a customer with these follow-ups. */
async function openHistory(followUps: FollowUp[], profile = aProfile()) {
  const page = await browser.visit({
    path: '/sidebar/?contact=wm_wang',
    api: { profile: () => ({ ...profile, followUps }) },
  });
  const card = page.locator('section', { has: page.getByRole('heading', { name: '最近跟进' }) });
  await card.waitFor();
  return { page, card };
}

/** Labels and values of an entry. */
const rowsOf = (entry: Locator) =>
  entry.locator('dl').evaluateAll((lists) => lists.map((list) => (list as HTMLElement).innerText));

it('shows level, participants of both sides with their titles, promises and the next step of a follow-up', async () => {
  const { page, card } = await openHistory([FULL]);
  expect(await card.getByRole('listitem').innerText()).toContain('会议 · 领导层面 · 张伟 · 王建国');
  const [rows = ''] = await rowsOf(card);
  expect(rows.replaceAll(/\s+/g, ' ')).toBe(
    '对方 王建国（采购总监）、李娜 我方 张伟（客户经理） 承诺 周五前送样 下一步 送样并确认收货 约在 11月27日',
  );
  await card.scrollIntoViewIfNeeded();
  await check(page, 'history');
});

it.each([
  ['leadership', '领导层面'],
  ['technical', '技术层面'],
  ['business', '业务层面'],
  ['service', '服务层面'],
] as const)('calls the level %s %s', async (level, words) => {
  const { card } = await openHistory([aTalk({ level })]);
  expect(await card.innerText()).toContain(`会议 · ${words} · 张伟`);
});

it('shows nothing for what nobody noted', async () => {
  const { card } = await openHistory([aTalk()]);
  expect(await rowsOf(card)).toEqual([]);
  const words = await card.getByRole('listitem').innerText();
  expect(words.split('\n').filter(Boolean)).toEqual(['年度框架谈判', '3 天前', '会议 · 张伟 · 王建国']);
});

it('shows a sent message with how it began, and no promise of its own', async () => {
  const sent = aTalk({ channel: 'chat', purpose: '发消息', notes: '报价单已发您邮箱', isMessage: true });
  const { page, card } = await openHistory([{ ...sent, nextOn: '2026-12-01' }, FULL]);
  const entry = card.getByRole('listitem').first();
  expect(await entry.innerText()).toMatch(/发消息\s+3 天前\s+聊天 · 张伟 · 王建国\s+报价单已发您邮箱$/);
  await card.scrollIntoViewIfNeeded();
  await check(page, 'history-message');
});

it('holds the longest of names, promises and steps, folded until somebody opens them', async () => {
  const participants = Array.from({ length: 20 }, (_none, index) => ({
    side: index < 12 ? ('theirs' as const) : ('ours' as const),
    name: '阿卜杜拉·穆罕默德·本·萨勒曼'.repeat(3),
    title: '高级副总裁兼全球供应链与战略采购中心总经理'.repeat(2),
  }));
  const { followUps, ...long } = aLongProfile();
  const promises = followUps[0]?.notes.slice(0, 1000) ?? '';
  const talks = followUps.map((one) => ({ ...one, level: 'service' as const, participants, promises }));
  const { page, card } = await openHistory(talks, { ...long, followUps });
  await card.scrollIntoViewIfNeeded();
  await check(page, 'history-long');
  const entry = card.getByRole('listitem').first();
  const value = entry.locator('dd').first();
  const folded = (await value.locator('p').boundingBox())?.height ?? 0;
  expect(folded).toBeLessThan(80);
  await value.getByRole('button', { name: '展开' }).click();
  expect((await value.locator('p').boundingBox())?.height).toBeGreaterThan(folded * 2);
  await value.getByRole('button', { name: '收起' }).waitFor();
});
