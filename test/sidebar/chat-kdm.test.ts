import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, it } from 'vitest';
import type { KdmDraft } from '../../server/api/contract/kdm.ts';
import { aProfile } from './support/answers.ts';
import { aKdmBook } from './support/kdm-answers.ts';
import { openBrowser } from './support/open-browser.ts';
import { Refusal, type Api } from './support/serve-pages.ts';

const browser = await openBrowser();
afterAll(browser.close);
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const path = '/sidebar/?contact=wm_wang';

/** A server that keeps what it is told; `refusals` come first. */
function aRecorder(...refusals: Refusal[]) {
  const drafts: KdmDraft[] = [];
  const saveKdm: Api['saveKdm'] = (id, draft) => {
    drafts.push(draft);
    return refusals.shift() ?? aKdmBook().saveKdm(id, draft);
  };
  return { drafts, saveKdm };
}

const openForm = async (page: Page) => {
  await page.getByRole('button', { name: '编辑资料' }).click();
  await page.getByRole('dialog').getByLabel('部门').waitFor();
};
const save = (page: Page) =>
  page
    .getByRole('dialog')
    .getByRole('button', { name: /^(保存|重试)$/ })
    .click();

it('sends the whole profile as filled in, with the version it began with, and reads the card again', async () => {
  const { drafts, saveKdm } = aRecorder();
  let reads = 0;
  const profile = () => {
    reads += 1;
    return aProfile();
  };
  const page = await browser.visit({ path, api: { saveKdm, profile } });
  await openForm(page);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('级别').selectOption('高层');
  await dialog.getByLabel(/^上级/).selectOption('李娜（设备主管）');
  await dialog.getByLabel('决策角色').selectOption('向导');
  await dialog.getByLabel('向导级别').selectOption('能影响决策');
  await dialog.getByLabel('可批金额').fill('50 万');
  await dialog.getByLabel('生日').fill('1980-05-01');
  await dialog.getByRole('button', { name: '删除第 2 个联系方式' }).click();
  await dialog.getByRole('button', { name: '添加联系方式' }).click();
  await dialog.getByLabel('第 2 个联系方式的类型').selectOption('微信');
  await dialog.getByLabel('第 2 个联系方式', { exact: true }).fill('wang-jg');
  await dialog.getByRole('button', { name: '今天核实' }).last().click();
  await save(page);
  await page.getByText('已保存').waitFor();
  expect(drafts).toEqual([
    {
      version: 4,
      kdm: {
        department: '采购部',
        title: '采购总监',
        level: 'executive',
        superiorId: 'wm_li',
        isTop: false,
        scope: '数控机床与刀具采购',
        authority: '',
        budget: 'approves_up_to',
        budgetUpToFen: 50_000_000,
        methods: [
          { kind: 'mobile', value: '138 0013 8000', verifiedOn: '2026-09-03' },
          { kind: 'wechat', value: 'wang-jg', verifiedOn: '2026-11-22' },
        ],
        closeness: 'regular',
        decisionRole: 'guide',
        guideLevel: 3,
        style: '看数据，不喜欢闲聊',
        birthday: '1980-05-01',
        notes: '',
      },
    },
  ]);
  await expect.poll(() => reads).toBe(2);
});

it('sends no amount and no guide level that the chosen budget and role have no use for', async () => {
  const { drafts, saveKdm } = aRecorder();
  const page = await browser.visit({ path, api: { saveKdm } });
  await openForm(page);
  await page.getByLabel('预算权').selectOption('最终拍板');
  await page.getByLabel(/^上级/).selectOption('无上级（最高负责人）');
  await save(page);
  await page.getByText('已保存').waitFor();
  expect(drafts[0]?.kdm).toMatchObject({
    budget: 'final',
    budgetUpToFen: null,
    guideLevel: null,
    superiorId: null,
    isTop: true,
  });
});

it('says under each field what the server found wrong, and keeps what was typed', async () => {
  const problems = [
    { field: 'superiorId', message: '李娜本来就是此人的下级' },
    { field: 'methods.0.value', message: '电话号码不对' },
  ];
  const { drafts, saveKdm } = aRecorder(new Refusal(400, 'invalid_kdm', '不对').with(problems));
  const page = await browser.visit({ path, api: { saveKdm } });
  await openForm(page);
  await page.getByLabel('备注').fill('写了很多');
  await save(page);
  await page.getByRole('alert').getByText('有 2 处要改').waitFor();
  await page.getByText('李娜本来就是此人的下级').waitFor();
  await page.getByText('电话号码不对').waitFor();
  const first = page.getByLabel('上级');
  await expect.poll(() => first.evaluate((field) => field === document.activeElement)).toBe(true);
  const box = await first.boundingBox();
  expect(box?.y).toBeGreaterThan(0);
  expect(box?.y).toBeLessThan(600);
  expect(await page.getByLabel('备注').inputValue()).toBe('写了很多');
  await save(page);
  await page.getByText('已保存').waitFor();
  expect(drafts[1]).toEqual(drafts[0]);
});

it('does not send an amount that is none', async () => {
  const { drafts, saveKdm } = aRecorder();
  const page = await browser.visit({ path, api: { saveKdm } });
  await openForm(page);
  await page.getByLabel('可批金额').fill('五十万');
  await save(page);
  await page.getByText('金额看不懂').waitFor();
  expect(drafts).toEqual([]);
});

it('takes over what a colleague saved meanwhile, keeps what was typed, and tells of both', async () => {
  const conflict = { by: '赵敏', fields: ['department', 'title'] };
  const refusal = new Refusal(409, 'changed_meanwhile', '赵敏刚改过').with(conflict);
  const { drafts, saveKdm } = aRecorder(refusal);
  let reads = 0;
  const profile = () => {
    const { kdm, ...rest } = aProfile();
    reads += 1;
    const theirs = { ...kdm, department: '供应链中心', title: '副总', version: 5 };
    return { ...rest, kdm: reads === 1 ? kdm : theirs };
  };
  const page = await browser.visit({ path, api: { saveKdm, profile } });
  await openForm(page);
  await page.getByLabel('职务').fill('采购副总');
  await page.getByLabel('备注').fill('喜欢茶');
  await save(page);
  await page.getByRole('alert').getByText('赵敏刚改过：部门、职务').waitFor();
  await page.getByText('职务两人都改了，这里留的是你填的').waitFor();
  expect(await page.getByLabel('部门').inputValue()).toBe('供应链中心');
  await save(page);
  await page.getByText('已保存').waitFor();
  expect(drafts[1]).toMatchObject({
    version: 5,
    kdm: { department: '供应链中心', title: '采购副总', notes: '喜欢茶' },
  });
});

it('brings an unsaved edit back after the page was closed, and forgets it once it is saved', async () => {
  const page = await browser.visit({ path });
  await openForm(page);
  await page.getByLabel('备注').fill('写到一半');
  await page.reload();
  await openForm(page);
  await page.getByText('已恢复上次没保存的内容').waitFor();
  expect(await page.getByLabel('备注').inputValue()).toBe('写到一半');
  await save(page);
  await page.getByText('已保存').waitFor();
  await openForm(page);
  expect(await page.getByLabel('备注').inputValue()).toBe('');
});

it('confirms a stale profile in two taps, as it stood', async () => {
  const versions: number[] = [];
  const confirmKdm: Api['confirmKdm'] = (id, version) => {
    versions.push(version);
    return aKdmBook().confirmKdm(id, version);
  };
  const fresh = { ...aProfile().kdm, isStale: false, confirmedDaysAgo: 0 };
  const profile = () => (versions.length === 0 ? aProfile() : aProfile({ kdm: fresh }));
  const page = await browser.visit({ path, api: { confirmKdm, profile } });
  await page.getByRole('button', { name: '资料无误' }).click();
  expect(versions).toEqual([]);
  await page.getByRole('button', { name: '再点一次确认' }).click();
  await page.getByText('已确认，资料算最新').waitFor();
  await page.getByText('今天核实').waitFor();
  expect(versions).toEqual([4]);
  expect(await page.getByRole('button', { name: '资料无误' }).count()).toBe(0);
});
