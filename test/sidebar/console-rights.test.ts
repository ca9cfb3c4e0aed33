import { afterAll, afterEach, expect, it } from 'vitest';
import { aPooledRow, anAccount } from './support/account-answers.ts';
import { checkLooks } from './support/check-looks.ts';
import { anAdmin } from './support/console-answers.ts';
import { openBrowser, wordsOf } from './support/open-browser.ts';
import { Refusal, type Api } from './support/serve-pages.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const visit = (place: string, api: Partial<Api> = {}) =>
  browser.visit({ path: `/console/#${place}`, api: { me: anAdmin, ...api } });

const SHUT = { edit: false, setOwner: false, merge: false, release: false, claim: true };

it('shows of an account in the pool what a claim needs, says why there is no more, and offers to claim it', async () => {
  const row = {
    ...aPooledRow(),
    externalId: null,
    legalName: '',
    potentialScore: null,
    sharePercent: null,
  };
  const nothing = {
    contacts: [],
    history: [],
    merges: [],
    referrals: [],
    chainGaps: [],
    customFields: [],
    custom: {},
  };
  const basics = anAccount({
    access: 'basics',
    account: row,
    ...nothing,
    referredBy: null,
    source: null,
    may: SHUT,
  });
  let isClaimed = false;
  const account = () => (isClaimed ? anAccount() : basics);
  const change = () => ((isClaimed = true), {});
  const page = await visit('accounts/a2', { account, change });
  await page.getByText('领取后才能查看联系人、跟进、成交等全部资料').waitFor();
  expect(await page.getByRole('heading', { name: /联系人|预警|投诉|商机|变化/ }).count()).toBe(0);
  await checkLooks(page, 'pool-basics');
  await page.getByRole('button', { name: '领取' }).click();
  await page.getByText('领取后才能查看').waitFor({ state: 'detached' });
  expect(await wordsOf(page)).toContain('王建国');
});

it('offers the newer values when a colleague was faster, and loses nothing of what was typed', async () => {
  const sent: { version: number; industry?: string; region?: string; size?: string }[] = [];
  const newer = {
    name: '华东精密制造有限公司',
    industry: '汽车零部件',
    region: '浙江',
    size: '500–1000 人',
    custom: {},
  };
  const conflict = new Refusal(409, 'changed_meanwhile', '张伟刚刚修改了行业、地区，您的修改还没有保存').with(
    {
      version: 4,
      fields: [],
      values: newer,
    },
  );
  const change = (_path: string, body: unknown) => (
    sent.push(body as (typeof sent)[number]),
    sent.length === 1 ? conflict : anAccount({ version: 5 })
  );
  const page = await visit('accounts/a1', { change });
  await page.getByRole('button', { name: '修改资料' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('textbox', { name: '行业' }).fill('通用机械');
  await sheet.getByRole('textbox', { name: '规模' }).fill('300 人');
  await sheet.getByRole('button', { name: '保存' }).click();
  await sheet.getByText('张伟刚刚修改了行业、地区').waitFor();
  await sheet.getByText('行业刚被同事改为「汽车零部件」').waitFor();
  expect(await sheet.getByRole('textbox', { name: '行业' }).inputValue()).toBe('通用机械');
  expect(await sheet.getByRole('textbox', { name: '地区' }).inputValue()).toBe('浙江');
  expect(await sheet.getByRole('textbox', { name: '规模' }).inputValue()).toBe('300 人');
  await checkLooks(page, 'edit-conflict');
  await sheet.getByRole('button', { name: '行业改用新值' }).click();
  await sheet.getByRole('button', { name: '保存' }).click();
  await sheet.waitFor({ state: 'detached' });
  expect(sent.map(({ version, industry, region, size }) => [version, industry, region, size])).toEqual([
    [3, '通用机械', undefined, '300 人'],
    [4, undefined, undefined, '300 人'],
  ]);
});

it('lets a member leave here, or in all browsers at once', async () => {
  const ended: string[] = [];
  const endSessions = (whose: string) => (ended.push(whose), { ended: 2 });
  const page = await visit('accounts', { endSessions });
  await page.getByRole('button', { name: /登录信息/ }).click();
  await page.getByRole('button', { name: '退出登录' }).waitFor();
  await checkLooks(page, 'me-sheet');
  const left = page.waitForURL('**/auth/logout?next=%2Fconsole%2F%23accounts');
  await page.getByRole('button', { name: '在所有设备上退出' }).click();
  await left;
  expect(ended).toEqual(['me']);
});

it('shows administrators who is signed in, and ends that for a member', async () => {
  const ended: string[] = [];
  const member = {
    member: { staffId: 'lisi', name: '李思' },
    browsers: 2,
    since: '2026-11-24T01:00:00.000Z',
    usedAt: '2026-11-24T01:30:00.000Z',
  };
  const sessions = () => ({ members: ended.length > 0 ? [] : [member] });
  const endSessions = (whose: string) => (ended.push(whose), { ended: 2 });
  const page = await visit('sessions', { sessions, endSessions });
  await page.getByText('2 台设备').waitFor();
  await checkLooks(page, 'sessions');
  await page.getByRole('button', { name: '结束 李思 的登录' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '结束登录' }).click();
  await expect.poll(() => wordsOf(page)).toContain('现在没有人登录');
  expect(ended).toEqual(['members/lisi']);
});
