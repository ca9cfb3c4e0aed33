import { afterAll, afterEach, expect, it } from 'vitest';
import { anAccount, anAccountRow } from './support/account-answers.ts';
import { checkLooks } from './support/check-looks.ts';
import { anAdmin } from './support/console-answers.ts';
import { openBrowser, wordsOf } from './support/open-browser.ts';
import { Refusal, type Api } from './support/serve-pages.ts';
import { someWarnings } from './support/warning-answers.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const visit = (place: string, api: Partial<Api> = {}) =>
  browser.visit({ path: `/console/#accounts${place}`, api: { me: anAdmin, ...api } });
/** What is sent to the server, as `path: body`. */
function posts() {
  const sent: [string, unknown][] = [];
  const change = (path: string, body: unknown) => (
    sent.push([path, body]),
    { assigned: [{}], skippedIds: [] }
  );
  return { sent, change };
}

it('lists accounts below the shape of the pyramid, and narrows them by name, tier, stage and owner', async () => {
  const asked: string[] = [];
  const accounts = (query: URLSearchParams) => (
    asked.push(query.toString()),
    { accounts: [anAccountRow()], next: null }
  );
  const page = await visit('', { accounts });
  await expect.poll(() => wordsOf(page)).toContain('前 20% 的客户带来 74.5% 的金额');
  for (const part of [
    '6 家',
    '¥980,000 起',
    '不到 ¥210,000',
    '¥6,120,000，占金额 61.2%（通常约 60%）',
    '负责人 张伟',
  ])
    expect(await wordsOf(page)).toContain(part);
  await page.getByLabel('客户名称').fill('华东');
  await page.getByRole('button', { name: '查找' }).click();
  await page.getByRole('button', { name: /腰部/ }).click();
  await page.getByLabel('阶段').selectOption('repeat');
  await page.getByLabel('归属').selectOption('zhangwei');
  await expect
    .poll(() => asked.at(-1))
    .toBe('text=%E5%8D%8E%E4%B8%9C&tier=waist&stage=repeat&owner=zhangwei&limit=50');
  await page.getByLabel('归属').selectOption('pool');
  await expect.poll(() => asked.at(-1)).toContain('pool=true');
  await checkLooks(page, 'accounts');
});

it('opens an account with everything known of it, and comes back to the list as it was', async () => {
  const page = await visit('', { warnings: () => ({ warnings: someWarnings(), nextBefore: null }) });
  await page.getByRole('link', { name: '华东精密制造有限公司' }).click();
  await page.getByRole('heading', { name: '预警' }).waitFor();
  const words = await wordsOf(page);
  for (const part of [
    '在用 ERP',
    '苏州恒远自动化',
    '采购决策 · 常规合作 · 资料完整 67%',
    '最终拍板人、技术把关人',
    '年度框架报价',
    '对刀具包年价有兴趣，要求本月底前给阶梯报价',
    '发阶梯报价单',
    '客户的问题',
  ])
    expect(words).toContain(part);
  expect(words).toContain('分层：腰部 → 头部');
  expect(words).toContain('负责人：待分配 → 张伟');
  for (const part of [
    '谈判 · ¥900,000 · 预计 12月20日成交',
    '¥480,000 · 未付 ¥120,000 · 3月12日签',
    '¥120,000 · 退款 ¥5,000 · 6月2日付',
  ])
    expect(words).toContain(part);
  expect(words).not.toContain('2025年8月20日付');
  await page.getByRole('button', { name: '还有 2 个' }).click();
  expect(await wordsOf(page)).toContain('2025年8月20日付');
  await checkLooks(page, 'account');
  await page.getByRole('button', { name: /头部\s*为什么/ }).click();
  await expect.poll(() => page.getByRole('dialog').innerText()).toContain('前 10% 为头部');
  await checkLooks(page, 'account-why');
  await page.keyboard.press('Escape');
  await page.goBack();
  await page.getByRole('link', { name: '宁波北仑模具厂' }).waitFor();
});

it('merges after telling what moves, and takes a merge back', async () => {
  const { sent, change } = posts();
  const page = await visit('/a1', { change });
  await page.getByRole('button', { name: '合并到…' }).click();
  await page.getByLabel('合并到哪个客户').fill('北仑');
  await page.getByRole('button', { name: '查找' }).click();
  await page.getByRole('button', { name: '宁波北仑模具厂' }).click();
  await expect.poll(() => wordsOf(page)).toContain('会移到「宁波北仑模具厂」：2 位联系人');
  expect(await wordsOf(page)).toContain('对方空着、由这里补上：地区 江苏');
  await page.getByLabel('原因').fill('同一家');
  await checkLooks(page, 'account-merge');
  await page.getByRole('button', { name: '合并', exact: true }).click();
  await expect.poll(() => wordsOf(page)).toContain('已合并，30 天内可以撤销');
  expect(new URL(page.url()).hash).toBe('#accounts/a2');
  await page.goBack();
  await page.getByRole('button', { name: '撤销合并' }).click();
  await expect
    .poll(() => sent)
    .toEqual([
      ['accounts/a1/merge', { intoId: 'a2', reason: '同一家' }],
      ['accounts/a9/unmerge', {}],
    ]);
});

it('changes what is known of an account, its owner, and what was set by hand', async () => {
  const { sent, change } = posts();
  const page = await visit('/a1', { change });
  await page.getByRole('button', { name: '修改资料' }).click();
  await page.getByLabel('地区').fill('上海');
  await page.getByLabel('在用 ERP').selectOption('金蝶');
  await checkLooks(page, 'account-edit');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByRole('button', { name: '换负责人' }).click();
  await page.getByRole('combobox', { name: '负责人' }).fill('孙丽');
  await page.getByLabel('协作人').fill('');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByRole('button', { name: '手工指定' }).click();
  await page.getByLabel('指定什么').selectOption('stage');
  await page.getByLabel('改为').selectOption('partner');
  await page.getByLabel('原因').fill('已签');
  await checkLooks(page, 'account-pin');
  await page.getByRole('button', { name: '保存' }).click();
  await expect.poll(() => sent.length).toBe(3);
  expect(sent[0]?.[1]).toMatchObject({ region: '上海', custom: { erp: '金蝶' } });
  expect(sent.slice(1)).toMatchObject([
    ['accounts/a1/owner', { ownerId: 'sunli', deputyId: null }],
    ['accounts/a1/stage-pin', { reason: '已签', stage: 'partner' }],
  ]);
});

it('lets the potential be rated from 0 to 100, with a reason; empty means not known', async () => {
  const { sent, change } = posts();
  const page = await visit('/a1', { change });
  await expect.poll(() => wordsOf(page)).toContain('65 分');
  await page.getByRole('button', { name: '评潜力' }).click();
  await page.getByLabel('潜力评分').fill('101');
  await page.getByLabel('采购的份额').fill('');
  const save = page.getByRole('button', { name: '保存' });
  expect(await save.isDisabled()).toBe(true);
  await page.getByLabel('原因').fill('明年扩产');
  expect(await save.isDisabled()).toBe(true);
  await page.getByLabel('潜力评分').fill('80');
  await checkLooks(page, 'account-rate');
  await save.click();
  await expect
    .poll(() => sent)
    .toMatchObject([['accounts/a1/potential', { score: 80, sharePercent: null, reason: '明年扩产' }]]);
});

it('logs a follow-up with an account of which nobody is known in WeCom', async () => {
  const { sent, change: keep } = posts();
  const saved = { id: 'f1', cadence: { dueOn: '2026-12-07' } };
  const change = (...said: Parameters<typeof keep>) => (keep(...said), saved);
  const page = await visit('/a1', { account: () => anAccount({ contacts: [] }), change });
  await page.getByRole('button', { name: '记一次跟进' }).click();
  const save = page.getByRole('button', { name: '保存' });
  await save.click();
  await expect.poll(() => wordsOf(page)).toContain('请选择结果，或写一句聊了什么');
  await page.getByText('拜访', { exact: true }).click();
  expect(await page.getByLabel('和谁谈的').count()).toBe(0);
  const said = { 目的: '送样', 备注: '样品合格', 下一步: '发报价单' };
  for (const [label, text] of Object.entries(said)) await page.getByLabel(label, { exact: true }).fill(text);
  await page.getByLabel('下次联系').fill('2026-12-07');
  expect(await wordsOf(page)).not.toContain('请选择结果，或写一句聊了什么');
  await checkLooks(page, 'account-follow-up');
  await save.click();
  await expect.poll(() => wordsOf(page)).toContain('已记录，下次 12月7日');
  expect(sent).toEqual([
    [
      'accounts/a1/follow-ups',
      {
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        channel: 'visit',
        externalUserId: null,
        purpose: '送样',
        notes: '样品合格',
        questions: [],
        answeredQuestionIds: [],
        nextStep: '发报价单',
        nextOn: '2026-12-07',
      },
    ],
  ]);
});

it('names whom we spoke to, and asks nobody to log a follow-up with the pool', async () => {
  const { sent, change } = posts();
  const page = await visit('/a1', {
    change: (path, body) => (change(path, body), { id: 'f1', cadence: { dueOn: '2026-12-07' } }),
  });
  await page.getByRole('button', { name: '记一次跟进' }).click();
  await page.getByLabel('和谁谈的').selectOption('李娜');
  await page.getByText('未接通', { exact: true }).click();
  await page.getByRole('button', { name: '保存' }).click();
  await expect
    .poll(() => sent)
    .toMatchObject([
      ['accounts/a1/follow-ups', { externalUserId: 'wm_li', outcome: 'no_answer', nextOn: null }],
    ]);
  const pooled = await visit('/a2');
  await pooled.getByRole('button', { name: '领取' }).waitFor();
  expect(await pooled.getByRole('button', { name: '记一次跟进' }).count()).toBe(0);
});

it('splits an account and puts it into the pool', async () => {
  const { sent, change } = posts();
  const page = await visit('/a1', { change });
  await page.getByRole('button', { name: '拆分' }).click();
  await page.getByLabel('李娜').check();
  await page.getByLabel('合同 五轴机床二期').check();
  await page.getByLabel('订单 五轴加工中心').check();
  await page.getByLabel('新客户的名称').fill('华东二厂');
  await checkLooks(page, 'account-split');
  await page.getByRole('dialog').getByRole('button', { name: '拆分' }).click();
  await page.getByRole('button', { name: '放回待分配' }).click();
  await page.getByLabel('原因').fill('没有预算');
  await page.getByRole('dialog').getByRole('button', { name: '放回待分配' }).click();
  await expect
    .poll(() => sent)
    .toEqual([
      [
        'accounts/a1/split',
        {
          contactIds: ['wm_li'],
          name: '华东二厂',
          opportunityIds: [],
          contractIds: ['C2'],
          orderIds: ['D5'],
        },
      ],
      ['accounts/a1/release', { reason: '没有预算' }],
    ]);
});

it('claims from the pool, or gives to a member, and says why that did not work', async () => {
  const { sent, change } = posts();
  let isFull = true;
  const page = await visit('/a2', {
    change: (path, body) => (isFull ? new Refusal(409, 'x', '每天最多领取 20 个客户') : change(path, body)),
  });
  await page.getByRole('button', { name: '领取' }).click();
  await expect.poll(() => wordsOf(page)).toContain('每天最多领取 20 个客户');
  isFull = false;
  await page.getByRole('button', { name: '分配', exact: true }).click();
  await page.getByLabel('负责人').fill('chenlu');
  await checkLooks(page, 'account-assign');
  await page.getByRole('dialog').getByRole('button', { name: '分配' }).click();
  await expect.poll(() => wordsOf(page)).toContain('已分配 1 家');
  const wish = { strategy: 'manual', accountIds: ['a2'], staffIds: ['chenlu'], isPreview: false };
  expect(sent).toEqual([['pool/assign', { ...wish, regions: [], products: [] }]]);
});

it('makes an account and opens it; a name that is taken stays in the form with its reason', async () => {
  const made: unknown[] = [];
  const createAccount = (body: unknown) =>
    made.push(body) === 1 ? new Refusal(409, 'name_taken', '已有同名客户') : { id: 'a2' };
  const page = await visit('', { createAccount });
  await page.getByRole('button', { name: '新建客户' }).click();
  await page.getByRole('dialog').getByLabel('客户名称').fill('宁波北仑');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByRole('alert').getByText('已有同名客户').waitFor();
  await checkLooks(page, 'account-new');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByRole('heading', { name: '宁波北仑模具厂' }).waitFor();
  expect(made[1]).toMatchObject({ name: '宁波北仑', referredById: null });
});

it('says that an account was merged, and lets a failed page be read again', async () => {
  let isBroken = true;
  const account = () => (isBroken ? new Refusal(403, 'not_your_account', '这不是您的客户') : anAccount());
  const page = await visit('/a9', { account });
  await page.getByText('这不是您的客户').waitFor();
  isBroken = false;
  await page.getByRole('button', { name: '重试' }).click();
  await expect.poll(() => wordsOf(page)).toContain('这个客户已合并到「华东精密制造有限公司」');
});

it('can be read in the dark, too, with names far longer than anybody planned for', async () => {
  const name = '内蒙古自治区呼和浩特市赛罕区新能源装备'.repeat(4);
  const { account } = anAccount();
  const page = await browser.visit({
    path: '/console/#accounts/a1',
    api: { me: anAdmin, account: () => anAccount({ account: { ...account, name, industry: name } }) },
    options: { colorScheme: 'dark' },
  });
  await page.getByRole('heading', { level: 1 }).waitFor();
  await checkLooks(page, 'account-dark');
  expect(await page.getByRole('button', { name: '展开' }).count()).toBe(1);
});
