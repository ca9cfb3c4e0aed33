import { expect, it } from 'vitest';
import { FROM_FILE } from '../../../../server/domain/imports/import-report.ts';
import type { OrderRow } from '../../../../server/domain/deals/order-row.ts';
import { importOrders } from '../../../../server/flows/orders/import-orders.ts';
import { importRefunds } from '../../../../server/flows/orders/import-refunds.ts';
import { rowsOf } from '../../../support/rows-of.ts';
import { aWorld, type LivingWorld } from '../../../support/a-world.ts';

const order = (external_id: string, amount_yuan = '100'): OrderRow => ({
  external_id,
  account: '甲',
  amount_yuan,
  paid_on: '2026-03-01',
});
const refund = (external_id: string, order_external_id: string, amount_yuan = '40'): OrderRow => ({
  external_id,
  order_external_id,
  amount_yuan,
  paid_on: '2026-03-10',
  kind: '退款',
});
async function load({ context }: LivingWorld, ...rows: OrderRow[]) {
  await importOrders(context, rowsOf(rows));
  return importRefunds(context, rowsOf(rows));
}
const refundedOf = async ({ context }: LivingWorld, id: string) =>
  (await context.orders.findMany([id]))[0]?.refundedFen;

it('takes what is paid back off the order, once, wherever in the file the row stands', async () => {
  const world = await aWorld();
  const rows = [refund('R1', '1'), order('1'), refund('R2', '1', '-60')];
  expect(await load(world, ...rows)).toMatchObject({ created: 2, rejected: [] });
  expect(await refundedOf(world, '1')).toBe(10_000);
  expect(await load(world, ...rows)).toMatchObject({ created: 0, unchanged: 2, rejected: [] });
  expect(await refundedOf(world, '1')).toBe(10_000);
});

it('refuses refunds beyond the order, of unknown orders, and numbers used twice', async () => {
  const world = await aWorld();
  await load(world, order('1'), order('2'), refund('R1', '1'));
  const { rejected } = await load(
    world,
    refund('R2', '1', '60.01'),
    refund('R3', '9'),
    refund('R1', '2'),
    refund('R4', '2', '1'),
    refund('R4', '2', '1'),
  );
  expect(rejected).toEqual([
    { line: 2, id: 'R2', reasons: ['退款 ¥60.01 超过该订单可退金额 ¥60（订单 ¥100，其余退款 ¥40）'] },
    { line: 3, id: 'R3', reasons: ['原订单“9”不存在'] },
    { line: 4, id: 'R1', reasons: ['退款编号已用于订单 1'] },
    { line: 6, id: 'R4', reasons: ['退款编号与第 5 行重复'] },
  ]);
});

it('keeps refunds when the order is imported again, and no order smaller than they are', async () => {
  const world = await aWorld();
  await load(world, order('1'), refund('R1', '1'));
  const report = await importOrders(world.context, rowsOf([order('1', '39.99')]));
  expect(report.rejected).toMatchObject([{ reasons: ['该订单已退款 ¥40，金额不能低于它'] }]);
  expect(await importOrders(world.context, rowsOf([order('1', '40')]))).toMatchObject({ changed: 1 });
  expect(await refundedOf(world, '1')).toBe(4000);
});

it('corrects a refund, and notes from what to what', async () => {
  const world = await aWorld();
  await load(world, order('1'), refund('R1', '1'));
  expect(await load(world, refund('R1', '1', '50'))).toMatchObject({ changed: 1 });
  const [last] = await world.context.audit.list({ subject: 'order:1', limit: 1 });
  expect(last).toMatchObject({ act: 'order.refund', from: { amountFen: 4000 }, to: { amountFen: 5000 } });
});

it('in a dry run knows the orders of the same file, and writes nothing', async () => {
  const world = await aWorld();
  const rows = [order('1'), refund('R1', '1'), refund('R2', '1', '60.01')];
  const mode = { ...FROM_FILE, isDryRun: true, planned: new Map() };
  await importOrders(world.context, rowsOf(rows), mode);
  const report = await importRefunds(world.context, rowsOf(rows), mode);
  expect(report).toMatchObject({ created: 1, rejected: [{ id: 'R2' }] });
  expect(await refundedOf(world, '1')).toBeUndefined();
});

it('in a dry run counts refunds of one order together, however far apart in the file they stand', async () => {
  const world = await aWorld();
  await load(world, order('old', '70'));
  const between = Array.from({ length: 500 }, (_, at) => order(`between ${at}`));
  const rows = [
    order('old'),
    order('new'),
    ...['old', 'new'].map((id) => refund(`${id} 1`, id, '60')),
    ...between,
    ...['old', 'new'].map((id) => refund(`${id} 2`, id, '41')),
    refund('the rest', 'old', '40'),
  ];
  const mode = { ...FROM_FILE, isDryRun: true, planned: new Map() };
  await importOrders(world.context, rowsOf(rows), mode);
  const told = await importRefunds(world.context, rowsOf(rows), mode);
  const done = await load(world, ...rows);
  expect(told.rejected.map(({ id }) => id)).toEqual(['old 2', 'new 2']);
  expect(done).toEqual(told);
});

it('lets one of two refunds at the same time through when both are too much', async () => {
  const world = await aWorld();
  await load(world, order('1'));
  const both = await Promise.all(
    ['R1', 'R2'].map((id) => importRefunds(world.context, rowsOf([refund(id, '1', '60')]))),
  );
  expect(both.map(({ created }) => created).sort()).toEqual([0, 1]);
  expect(await refundedOf(world, '1')).toBe(6000);
});
