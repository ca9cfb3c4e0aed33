import type { Locator } from 'playwright-core';
import { afterAll, afterEach, expect, it } from 'vitest';
import type { ClassificationView } from '../../server/api/contract/classification.ts';
import { aClassification } from './support/classification-answers.ts';
import { aProfile } from './support/answers.ts';
import { openBrowser } from './support/open-browser.ts';
import { Refusal, type Api } from './support/serve-pages.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

type Found = ClassificationView;
type TierWhy = NonNullable<Found['tier']['why']>;
type StageWhy = NonNullable<Found['stage']['why']>;
type Mark = NonNullable<Found['valueClass']['strategicMark']>;

const mark: Mark = {
  reason: '集团战略客户',
  by: { staffId: 'zhou', name: '周明远' },
  at: '2026-11-01T02:00:00.000Z',
  expiresOn: '2027-10-31',
};
const withTier = (value: Found['tier']['value'], changes: Partial<TierWhy>): Found => {
  const { why } = aClassification().tier;
  return aClassification({ tier: { value, pin: null, why: why && { ...why, ...changes } } });
};
const withStage = (value: Found['stage']['value'], changes: Partial<StageWhy>): Found => {
  const { why } = aClassification().stage;
  return aClassification({ stage: { value, pin: null, why: why && { ...why, ...changes } } });
};

async function openWhy(chip: string, found: Found, api: Partial<Api> = {}): Promise<Locator> {
  const profile = aProfile();
  const account = {
    ...profile.account,
    tier: found.tier.value,
    stage: found.stage.value,
    valueClass: found.valueClass.value,
  };
  const page = await browser.visit({
    path: '/sidebar/?contact=wm_wang',
    api: { profile: () => ({ ...profile, account }), classification: () => found, ...api },
  });
  await page.getByRole('button', { name: new RegExp(`^${chip}\\s*为什么`) }).click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await dialog.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
  return dialog;
}

const wordsBehind = async (...why: Parameters<typeof openWhy>): Promise<string> =>
  (await openWhy(...why)).innerText();

it('gives the numbers of a ranked tier', async () => {
  const words = await wordsBehind('头部', aClassification());
  expect(words).toContain('近 12 个月回款 ¥1,234,500，排名第 3 / 52，属于头部。');
  expect(words).toContain('¥980,000 起');
  expect(words).toContain('2025年11月22日 至 11月21日');
});

it('tells how far the next tier is', async () => {
  const words = await wordsBehind(
    '腰部',
    withTier('waist', { valueFen: 90_000_050, rank: 9, freshTier: 'waist' }),
  );
  expect(words).toContain('¥900,000.50');
  expect(words).toMatch(/离头部线\s*还差 ¥79,999.50/);
});

it('says why a tier was held back', async () => {
  const held = { rule: 'held', freshTier: 'head', confirmingRuns: 3, seenRuns: 2 } as const;
  const words = await wordsBehind('腰部', withTier('waist', held));
  expect(words).toContain(
    '这次算出来是头部，但离分界线不到 5%，要连续 3 次都这样才调整（现在是第 2 次），所以先保持腰部。',
  );
});

it('says who pinned a tier and what the numbers say', async () => {
  const why = { rule: 'pinned', pinReason: '集团战略客户', freshTier: 'tail' } as const;
  expect(await wordsBehind('头部', withTier('head', why))).toContain(
    '由主管指定为头部：集团战略客户。按回款计算为尾部。',
  );
});

it('says that nothing was paid, or nothing computed yet', async () => {
  const why = { rule: 'unrated', valueFen: 0, rank: null } as const;
  expect(await wordsBehind('未分层', withTier('unrated', why))).toContain('近 12 个月没有回款');
  expect(
    await wordsBehind('未分层', aClassification({ tier: { value: 'unrated', why: null, pin: null } })),
  ).toContain('还没有计算过分层');
});

it('gives the facts of a stage and marks it among the eight', async () => {
  const words = await wordsBehind('长期', aClassification());
  expect(words).toContain('符合条件：首单满 12 个月，近 6 个月内还有订单。');
  expect(words).toMatch(/已付款订单\s*6 笔\s*首单\s*2024年3月5日\s*最近一单\s*9月18日\s*最近评分\s*8 分/);
  expect(words).toMatch(/长期\s*当前/);
});

it('tells the rules of the stages with the numbers that held', async () => {
  const { why } = aClassification().stage;
  const limits = {
    prospectDays: 60,
    longTermSinceMonths: 24,
    longTermActiveMonths: 3,
    advocateNps: 10,
    advocateSharePercent: 70,
    repeatOrders: 3,
    strategicReferrals: 2,
  };
  const words = await wordsBehind('长期', withStage('long_term', { ...why, limits }));
  for (const part of [
    '60 天内成交',
    '但不到 3 笔',
    '3 笔以上已付款订单',
    '满 24 个月',
    '转介绍成交 2 家以上',
  ])
    expect(words).toContain(part);
});

it('tells a stage set by hand from one that follows from facts', async () => {
  const why = { isManual: true, manualReason: '已签意向书', rule: 'repeat' } as const;
  expect(await wordsBehind('合伙人', withStage('partner', why))).toContain(
    '由人工指定为「合伙人」：已签意向书。按事实计算为「重复购买」。',
  );
});

it('says who pinned a tier, why, and until when', async () => {
  const found = withTier('head', { rule: 'pinned', pinReason: '集团战略客户', freshTier: 'tail' });
  const words = await wordsBehind('头部', {
    ...found,
    tier: { ...found.tier, pin: { ...mark, value: 'head' } },
  });
  for (const part of ['周明远 手工指定：头部', '原因：集团战略客户', '2027年10月31日'])
    expect(words).toContain(part);
});

it('explains tiers by profit or by lines as they are computed', async () => {
  const words = await wordsBehind(
    '腰部',
    withTier('waist', { basis: 'profit', mode: 'threshold', windowMonths: 6, cutPercent: null }),
  );
  expect(words).toContain('近 6 个月利润');
  expect(words).toContain('达到头部线为头部');
});

it('tells the cut of the run, whatever the settings say by now', async () => {
  const cutPercent = { head: 20, waist: 25 };
  const dialog = await openWhy('头部', withTier('head', { cutPercent }));
  expect(await dialog.innerText()).toContain('按回款排名：前 20% 为头部，其后 25% 为腰部，其余为尾部');
  const tiers = await dialog
    .locator('.track i')
    .evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().width));
  const [head = 0, waist = 0, tail = 0] = tiers;
  expect([Math.round((waist / head) * 20), Math.round((tail / head) * 20)]).toEqual([25, 55]);
});

it('tells how a cut by cumulative share is made', async () => {
  const cutPercent = { head: 50, waist: 85 };
  expect(await wordsBehind('头部', withTier('head', { mode: 'share', cutPercent }))).toContain(
    '占到 50% 的为头部，占到 85% 的为腰部',
  );
});

it('gives the rule, the conditions that held and the figures of a value class', async () => {
  const words = await wordsBehind('黄金', aClassification());
  expect(words).toContain('符合第 4 条规则「黄金」：最近两个整年里有 2 年是头部或腰部。');
  for (const part of ['前年腰部，去年头部，现在头部', '去年 ¥1,010,000', '26%', '65 分'])
    expect(words).toContain(part);
});

it('shows how the tier is served, and what that may cost', async () => {
  const dialog = await openWhy('头部', aClassification());
  await dialog.getByRole('heading', { name: '服务策略' }).waitFor();
  const words = await dialog.innerText();
  for (const part of ['每月拜访一次', '0%–10%', '交货后 60 天', '每季度 ¥5,000 以内'])
    expect(words).toContain(part);
});

it('says so when the why cannot be read', async () => {
  const words = await wordsBehind('头部', aClassification(), {
    classification: () => new Refusal(500, 'internal_error', '服务器出错了'),
  });
  expect(words).toContain('服务器出错了');
});
