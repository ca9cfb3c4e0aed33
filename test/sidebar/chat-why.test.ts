import { afterAll, afterEach, expect, it } from 'vitest';
import type { Profile } from '../../server/api/contract/profile.ts';
import { aBlankProfile, aProfile } from './support/answers.ts';
import { openBrowser } from './support/open-browser.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

type Account = Profile['account'];
type TierWhy = NonNullable<Account['tierWhy']>;
type StageWhy = NonNullable<Account['stageWhy']>;

const withAccount = (changes: Partial<Account>): Profile => {
  const profile = aProfile();
  return { ...profile, account: { ...profile.account, ...changes } };
};
const withTier = (tier: Account['tier'], why: Partial<TierWhy>): Profile => {
  const { tierWhy } = aProfile().account;
  return withAccount({ tier, tierWhy: tierWhy && { ...tierWhy, ...why } });
};
const withStage = (stage: Account['stage'], why: Partial<StageWhy>): Profile => {
  const { stageWhy } = aProfile().account;
  return withAccount({ stage, stageWhy: stageWhy && { ...stageWhy, ...why } });
};

async function wordsBehind(chip: string, profile: Profile): Promise<string> {
  const page = await browser.visit({ path: '/sidebar/?contact=wm_wang', api: { profile: () => profile } });
  await page.getByRole('button', { name: new RegExp(`^${chip}\\s*为什么`) }).click();
  return page.getByRole('dialog').innerText();
}

it('gives the numbers of a ranked tier', async () => {
  const words = await wordsBehind('头部', aProfile());
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
  const words = await wordsBehind('腰部', withTier('waist', { rule: 'held', freshTier: 'head' }));
  expect(words).toContain('这次算出来是头部，但离分界线不到 5%');
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
  expect(await wordsBehind('未分层', aBlankProfile())).toContain('还没有计算过分层');
});

it('gives the facts of a stage and marks it among the eight', async () => {
  const words = await wordsBehind('长期', aProfile());
  expect(words).toContain('符合条件：首单满 12 个月，近 6 个月内还有订单。');
  expect(words).toMatch(/已付款订单\s*6 笔\s*首单\s*2024年3月5日\s*最近一单\s*9月18日\s*最近评分\s*8 分/);
  expect(words).toMatch(/长期\s*当前/);
});

it('tells a stage set by hand from one that follows from facts', async () => {
  const why = { isManual: true, manualReason: '已签意向书', rule: 'repeat' } as const;
  expect(await wordsBehind('合伙人', withStage('partner', why))).toContain(
    '由人工指定为「合伙人」：已签意向书。按事实计算为「重复购买」。',
  );
});
