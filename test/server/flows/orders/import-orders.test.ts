import { expect, it } from 'vitest';
import { importAccounts } from '../../../../server/flows/accounts/import-accounts.ts';
import type { OrderRow as Row } from '../../../../server/domain/deals/order-row.ts';
import { importOrders } from '../../../../server/flows/orders/import-orders.ts';
import { rowsOf } from '../../../support/rows-of.ts';
import { aTeamCorp } from '../../../support/a-team-corp.ts';
import { aSyncedWorld, type LivingWorld } from '../../../support/a-world.ts';

const order = (external_id: string, more: Row = {}): Row => ({
  external_id,
  account: '甲',
  amount_yuan: '1,000.50',
  paid_on: '2026-03-01',
  ...more,
});
const load = (world: LivingWorld, ...rows: Row[]) => importOrders(world.context, rowsOf(rows));
const aBook = () => aSyncedWorld({ corp: aTeamCorp([['anna', 'wm1', '甲']]) });
/** What is on the shelf, by the customer's name. */
async function factsOf({ context }: LivingWorld) {
  const facts: Record<string, { paidOrders: number; valueFen: number }> = {};
  for await (const { accountId, amountFen } of context.orders.all()) {
    const name = (await context.accounts.find(accountId))?.name ?? '';
    const { paidOrders, valueFen } = facts[name] ?? { paidOrders: 0, valueFen: 0 };
    facts[name] = { paidOrders: paidOrders + 1, valueFen: valueFen + amountFen };
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
  expect(report).toMatchObject({
    imported: 2,
    created: 2,
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
      { line: 5, id: '4', reasons: ['金额不能为负数，退款请另起一行，类型写“退款”'] },
      { line: 6, id: '5', reasons: ['付款日期 2026-03-12 在今天之后'] },
    ],
  });
  expect(await factsOf(world)).toEqual({ 甲: { paidOrders: 2, valueFen: 200_100 } });
});

it('changes nothing when it is repeated, and corrects what was corrected', async () => {
  const world = await aBook();
  await load(world, order('1'), order('2'));
  expect(await load(world, order('1'), order('2'))).toMatchObject({ created: 0, unchanged: 2, rejected: [] });
  expect(await factsOf(world)).toEqual({ 甲: { paidOrders: 2, valueFen: 200_100 } });
  const corrected = await load(world, order('2', { amount_yuan: '5' }));
  expect(corrected).toMatchObject({ imported: 1, changed: 1, notes: [] });
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
  expect(await load(world, ...rows)).toMatchObject({ created: 1201, rejected: [] });
  expect(await factsOf(world)).toEqual({ 甲: { paidOrders: 1201, valueFen: 1201 } });
});

it('tells when an order comes to another customer, and moves it', async () => {
  const world = await aBook();
  await load(world, order('1'), order('2'));
  const { changed, notes } = await load(world, order('1', { account: '乙' }), order('2'));
  expect(changed).toBe(1);
  expect(notes).toEqual([{ line: 2, id: '1', reasons: ['订单原属客户“甲”，现归“乙”'] }]);
  expect(await factsOf(world)).toMatchObject({ 甲: { paidOrders: 1 }, 乙: { paidOrders: 1 } });
});

it('writes nothing in a dry run, and tells the same as the run', async () => {
  const world = await aBook();
  await load(world, order('1'), order('2'));
  const rows = [order('1'), order('2', { amount_yuan: '7' }), order('3', { account: '丁' }), order('')];
  const run = (isDryRun: boolean) =>
    importOrders(world.context, rowsOf(rows), { by: 'import', via: 'import', isDryRun });
  const before = await world.context.accounts.countLiving();
  const dry = await run(true);
  expect(dry).toMatchObject({ imported: 3, created: 1, changed: 1, unchanged: 1, rejected: [{ line: 5 }] });
  expect(await factsOf(world)).toEqual({ 甲: { paidOrders: 2, valueFen: 200_100 } });
  expect(await world.context.accounts.countLiving()).toBe(before);
  expect(await run(false)).toEqual(dry);
  expect(await factsOf(world)).toMatchObject({ 甲: { valueFen: 100_750 }, 丁: { paidOrders: 1 } });
});

it('finds the customer that another was merged into', async () => {
  const world = await aBook();
  await importAccounts(world.context, rowsOf([{ external_id: 'K1', name: '乙' }]));
  const { accounts } = world.context;
  const [from, into] = [await accounts.findByKey('乙'), await accounts.findByKey('甲')];
  await accounts.update(from?._id ?? '', { mergedInto: into?._id ?? '' });
  await load(world, order('1', { account_external_id: 'K1', account: '' }), order('2', { account: '乙' }));
  expect(await factsOf(world)).toMatchObject({ 甲: { paidOrders: 2 } });
});

it('notes who changed what, from what to what', async () => {
  const world = await aBook();
  await load(world, order('1'));
  await load(world, order('1', { amount_yuan: '7' }), order('1'));
  const [last, first, ...rest] = await world.context.audit.list({ subject: 'order:1', limit: 9 });
  expect(rest).toEqual([]);
  expect(first).toMatchObject({ by: 'import', act: 'order.save', from: null, to: { amountFen: 100_050 } });
  expect(last).toMatchObject({ from: { amountFen: 100_050 }, to: { amountFen: 700 } });
});
