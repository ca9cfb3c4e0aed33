import { expect, it } from 'vitest';
import { importAccounts } from '../../../../server/flows/accounts/import-accounts.ts';
import { importContracts } from '../../../../server/flows/contracts/import-contracts.ts';
import type { OrderRow } from '../../../../server/domain/deals/order-row.ts';
import { importOrders } from '../../../../server/flows/orders/import-orders.ts';
import { importRefunds } from '../../../../server/flows/orders/import-refunds.ts';
import { importPayments } from '../../../../server/flows/payments/import-payments.ts';
import { aTeamCorp } from '../../../support/a-team-corp.ts';
import { aSyncedWorld } from '../../../support/a-world.ts';
import { rowsOf } from '../../../support/rows-of.ts';

async function aBook() {
  const { context } = await aSyncedWorld({ corp: aTeamCorp([['anna', 'wm1', '甲']]) });
  const customers = [
    { name: '甲', external_id: 'C001' },
    { name: '乙', external_id: 'C002' },
  ];
  await importAccounts(context, rowsOf(customers));
  const load = (...rows: OrderRow[]) => importOrders(context, rowsOf(rows));
  return { context, load };
}
const order = (external_id: string, more: OrderRow = {}): OrderRow => ({
  external_id,
  account_external_id: 'C001',
  amount_yuan: '100',
  paid_on: '2026-03-01',
  ...more,
});
const refund = (external_id: string, order_external_id: string, more: OrderRow = {}): OrderRow => ({
  external_id,
  order_external_id,
  kind: '退款',
  amount_yuan: '40',
  paid_on: '2026-03-02',
  ...more,
});

it('counts and names customers whom nobody knew, once each, also when it only tries', async () => {
  const { context, load } = await aBook();
  const named = (id: string, account: string) => order(id, { account_external_id: '', account });
  const rows = [named('1', '丙公司'), named('2', '丙 公司\u200b'), named('3', '丁公司'), order('4')];
  const dry = await importOrders(context, rowsOf(rows), { by: 'import', via: 'import', isDryRun: true });
  expect(dry.newCustomers).toEqual(['丙公司', '丁公司']);
  expect((await load(...rows)).newCustomers).toEqual(['丙公司', '丁公司']);
  expect((await load(...rows)).newCustomers).toEqual([]);
});

it('refuses a number beside the name of another customer, and notes one beside a name that nobody has', async () => {
  const { load } = await aBook();
  const report = await load(
    order('1', { account: '乙' }),
    order('2', { account: '甲方' }),
    order('3', { account: '甲' }),
  );
  expect(report.rejected).toEqual([
    { line: 2, id: '1', reasons: [expect.stringContaining('客户编号“C001”是“甲”，本行的客户名称却是“乙”')] },
  ]);
  expect(report.notes).toEqual([
    { line: 3, id: '2', reasons: [expect.stringContaining('已按编号归入“甲”')] },
  ]);
});

it('refuses a refund under another customer than the order has', async () => {
  const { context, load } = await aBook();
  await load(order('1'));
  const rows = [
    refund('R1', '1', { account: '乙' }),
    refund('R2', '1', { account: '甲' }),
    refund('R3', '1', { account: '没人', amount_yuan: '1' }),
    refund('R4', '1', { account_external_id: 'C002' }),
  ];
  const report = await importRefunds(context, rowsOf(rows));
  expect(report).toMatchObject({
    imported: 2,
    rejected: [
      { id: 'R1', reasons: ['退款写的客户是“乙”，原订单却属于“甲”，请核对'] },
      { id: 'R4', reasons: ['退款写的客户是“C002”，原订单却属于“甲”，请核对'] },
    ],
    notes: [{ id: 'R3', reasons: ['退款写的客户是“没人”，原订单却属于“甲”，已记到原订单'] }],
  });
});

it('notes a receipt before its contract', async () => {
  const { context } = await aBook();
  const contract = {
    external_id: 'H1',
    account: '甲',
    amount_yuan: '100',
    signed_on: '2026-03-01',
    down_payment_yuan: '100',
    down_payment_due_on: '2026-03-05',
  };
  await importContracts(context, rowsOf([contract]));
  const paid = {
    external_id: 'S1',
    contract_external_id: 'Ｈ1',
    milestone: '首付款',
    amount_yuan: '60',
    paid_on: '2026-02-01',
  };
  const report = await importPayments(
    context,
    rowsOf([paid, { ...paid, external_id: 'S2', amount_yuan: '40', paid_on: '2026-03-01' }]),
  );
  expect(report).toMatchObject({
    imported: 2,
    notes: [{ line: 2, id: 'S1', reasons: ['收款日期早于合同签订日期 2026-03-01'] }],
  });
});

it.each(['0026-03-05', '1899-12-31', '3026-01-01', '0026/3/5'])('refuses the year of %s', async (paid_on) => {
  const { load } = await aBook();
  const { rejected } = await load(order('1', { paid_on }));
  expect(rejected).toEqual([{ line: 2, id: '1', reasons: [expect.stringMatching(/年份不对|今天之后/)] }]);
});

it('takes numbers that differ in what nobody sees for one order, one refund, one payment', async () => {
  const { context, load } = await aBook();
  expect(await load(order('SO-1'))).toMatchObject({ created: 1 });
  expect(await load(order('ＳＯ－1\u200b', { amount_yuan: '200' }))).toMatchObject({
    created: 0,
    changed: 1,
  });
  const twice = await load(order('so\u00ad-2'), order('so-2'));
  expect(twice.rejected).toEqual([{ line: 3, id: 'so-2', reasons: ['订单编号与第 2 行重复'] }]);
  const rows = [refund('R-1', 'SO\u2060-1'), refund('R－1\u202a', 'SO-1', { amount_yuan: '50' })];
  for (const row of rows) await importRefunds(context, rowsOf([row]));
  const [kept] = await context.orders.findMany(['SO-1']);
  expect(kept).toMatchObject({
    _id: 'SO-1',
    amountFen: 20_000,
    refundedFen: 5000,
    refunds: [{ amountFen: 5000 }],
  });
});
