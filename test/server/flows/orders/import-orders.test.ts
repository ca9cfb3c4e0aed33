import { expect, it } from 'vitest';
import { importAccounts } from '../../../../server/flows/accounts/import-accounts.ts';
import { importOrders, type NumberedRow } from '../../../../server/flows/orders/import-orders.ts';
import { rowsOf } from '../../../support/rows-of.ts';
import { aTeamCorp } from '../../../support/a-team-corp.ts';
import { aSyncedWorld, type LivingWorld } from '../../../support/a-world.ts';

type Row = NumberedRow['values'];
const order = (external_id: string, more: Row = {}): Row => ({
  external_id,
  account: '甲',
  amount_yuan: '1,000.50',
  paid_on: '2026-03-01',
  ...more,
});
const load = (world: LivingWorld, ...rows: Row[]) => importOrders(world.context, rowsOf(rows));
const aBook = () => aSyncedWorld({ corp: aTeamCorp([['anna', 'wm1', '甲']]) });
async function factsOf({ context }: LivingWorld): Promise<Record<string, unknown>> {
  const facts: Record<string, unknown> = {};
  const window = { from: '2025-03-12', to: '2026-03-11' };
  for await (const { accountId, paidOrders, valueFen } of context.orders.facts(window)) {
    facts[(await context.accounts.find(accountId))?.name ?? ''] = { paidOrders, valueFen };
  }
  return facts;
}

it('takes good rows in and lists bad ones with every reason, by the line of the file', async () => {
  const world = await aBook();
  const report = await load(
    world,
    order('1'),
    order('2', { amount_yuan: 'viel', paid_on: '2026-02-30', account: ' ' }),
    order('', { kind: '礼物' }),
    order('4', { amount_yuan: '-5' }),
    order('5', { paid_on: '2026-03-12' }),
    order('6', { kind: '经销', cost_yuan: '10' }),
  );
  expect(report).toEqual({
    imported: 2,
    rejected: [
      {
        line: 3,
        id: '2',
        reasons: [
          '金额“viel”不是有效金额，应为元，如 12,800.50',
          '付款日期“2026-02-30”应写作 2026-11-22',
          '缺少客户编号或客户名称',
        ],
      },
      { line: 4, id: '', reasons: ['类型“礼物”应为 销售、代理、经销、股权、订阅', '缺少订单编号'] },
      { line: 5, id: '4', reasons: ['金额不能为负数，退款请冲减原订单'] },
      { line: 6, id: '5', reasons: ['付款日期 2026-03-12 在今天之后'] },
    ],
  });
  expect(await factsOf(world)).toEqual({ 甲: { paidOrders: 2, valueFen: 200_100 } });
});

it('changes nothing when it is repeated, and corrects what was corrected', async () => {
  const world = await aBook();
  await load(world, order('1'), order('2'));
  expect(await load(world, order('1'), order('2'))).toEqual({ imported: 2, rejected: [] });
  expect(await factsOf(world)).toEqual({ 甲: { paidOrders: 2, valueFen: 200_100 } });
  await load(world, order('2', { amount_yuan: '5' }));
  expect(await factsOf(world)).toEqual({ 甲: { paidOrders: 2, valueFen: 100_550 } });
});

it('refuses a number that stands twice in one file, and keeps the first', async () => {
  const world = await aBook();
  const { imported, rejected } = await load(world, order('1'), order('1', { amount_yuan: '9' }), order('1'));
  expect(imported).toBe(1);
  expect(rejected).toMatchObject([
    { line: 3, id: '1', reasons: ['订单编号与第 2 行重复'] },
    { line: 4, reasons: ['订单编号与第 2 行重复'] },
  ]);
  expect(await factsOf(world)).toMatchObject({ 甲: { valueFen: 100_050 } });
});

it('finds the customer by number before the name, makes one for a new name, refuses an unknown number', async () => {
  const world = await aBook();
  await importAccounts(world.context, rowsOf([{ external_id: 'K1', name: '甲' }]));
  const report = await load(
    world,
    order('1', { account_external_id: 'K1', account: '写错的名称' }),
    order('2', { account: ' 甲 ' }),
    order('3', { account: '丁' }),
    order('4', { account_external_id: 'K9', account: '' }),
    order('5', { account_external_id: 'K9', account: '戊' }),
  );
  expect(report).toMatchObject({
    imported: 4,
    rejected: [{ id: '4', reasons: ['客户编号“K9”不存在，请先导入客户或填写客户名称'] }],
  });
  expect(await factsOf(world)).toMatchObject({
    甲: { paidOrders: 2 },
    丁: { paidOrders: 1 },
    戊: { paidOrders: 1 },
  });
  expect(await world.context.accounts.findByKey('丁')).toMatchObject({
    ownerId: null,
    knownSince: new Date('2026-03-01T00:00:00+08:00'),
  });
});

it('takes more rows than fit one write', async () => {
  const world = await aBook();
  const rows = Array.from({ length: 1201 }, (_, n) => order(`o${n}`, { amount_yuan: '0.01' }));
  expect(await load(world, ...rows)).toEqual({ imported: 1201, rejected: [] });
  expect(await factsOf(world)).toEqual({ 甲: { paidOrders: 1201, valueFen: 1201 } });
});
