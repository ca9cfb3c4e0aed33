import { expect, it } from 'vitest';
import type { ContractRow } from '../../../../server/domain/deals/contract-row.ts';
import { FROM_FILE } from '../../../../server/domain/imports/import-report.ts';
import type { PaymentRow } from '../../../../server/domain/deals/payment-row.ts';
import { importContracts } from '../../../../server/flows/contracts/import-contracts.ts';
import { importPayments } from '../../../../server/flows/payments/import-payments.ts';
import { aWorld, type LivingWorld } from '../../../support/a-world.ts';
import { rowsOf } from '../../../support/rows-of.ts';

const contract = (external_id: string, more: ContractRow = {}): ContractRow => ({
  external_id,
  account: '甲',
  amount_yuan: '100',
  signed_on: '2026-03-01',
  delivery_yuan: '60',
  delivery_due_on: '2026-04-01',
  warranty_yuan: '40',
  warranty_due_on: '2027-04-01',
  ...more,
});
const payment = (external_id: string, amount_yuan = '40', more: PaymentRow = {}): PaymentRow => ({
  external_id,
  contract_external_id: '1',
  milestone: '到货付款',
  amount_yuan,
  paid_on: '2026-03-10',
  ...more,
});
const load = ({ context }: LivingWorld, ...rows: ContractRow[]) => importContracts(context, rowsOf(rows));
const pay = ({ context }: LivingWorld, ...rows: PaymentRow[]) => importPayments(context, rowsOf(rows));
const kept = ({ context }: LivingWorld, id = '1') => context.contracts.find(id);
const paidOf = async (world: LivingWorld) => (await kept(world))?.milestones.map(({ paidFen }) => paidFen);

it('keeps contracts with their payments, makes a customer for a new name, and may be repeated', async () => {
  const world = await aWorld();
  expect(await load(world, contract('1'), contract('2', { account: '乙' }))).toMatchObject({ created: 2 });
  expect(await kept(world)).toMatchObject({ name: '1', amountFen: 10_000, milestones: [{}, {}] });
  expect(await world.context.accounts.findByKey('乙')).toMatchObject({
    knownSince: new Date('2026-03-01T00:00:00+08:00'),
  });
  expect(await load(world, contract('1'))).toMatchObject({ unchanged: 1, changed: 0 });
  expect(await load(world, contract('1', { name: '二号线' }))).toMatchObject({ changed: 1 });
  const notes = await world.context.audit.list({ subject: 'contract:1', limit: 9 });
  expect(notes).toMatchObject([
    { by: 'import', act: 'contract.save', from: { name: '1' }, to: { name: '二号线' } },
    { from: null },
  ]);
});

it('refuses a number that stands twice, an unknown customer number, and sums that do not agree', async () => {
  const world = await aWorld();
  const { rejected } = await load(
    world,
    contract('1'),
    contract('1'),
    contract('3', { account: '', account_external_id: 'K9' }),
    contract('4', { amount_yuan: '101' }),
  );
  expect(rejected).toEqual([
    { line: 3, id: '1', reasons: ['合同编号与第 2 行重复'] },
    { line: 4, id: '3', reasons: ['客户编号“K9”不存在，请先导入客户或填写客户名称'] },
    { line: 5, id: '4', reasons: ['各期付款合计 ¥100，与合同金额 ¥101 不一致'] },
  ]);
});

it('does not know a customer since a day that is still to come', async () => {
  const world = await aWorld();
  await load(world, contract('1', { signed_on: '2026-12-01' }));
  expect(await world.context.accounts.findByKey('甲')).toMatchObject({
    knownSince: new Date('2026-03-11T00:00:00+08:00'),
  });
});

it('counts payments once, refuses what is beyond, and keeps them when the contract comes again', async () => {
  const world = await aWorld();
  await load(world, contract('1'), contract('2'));
  expect(await pay(world, payment('P1'), payment('P2', '20'))).toMatchObject({ created: 2, rejected: [] });
  expect(await pay(world, payment('P1'), payment('P2', '20'))).toMatchObject({ unchanged: 2 });
  expect(await load(world, contract('1', { name: '二号线' }))).toMatchObject({ changed: 1 });
  expect(await paidOf(world)).toEqual([6_000, 0]);
  const { rejected } = await pay(
    world,
    payment('P3', '0.01'),
    payment('P4', '1', { contract_external_id: '9' }),
    payment('P1', '1', { contract_external_id: '2' }),
    payment('P5', '1', { milestone: '首付款' }),
  );
  expect(rejected).toEqual([
    { line: 2, id: 'P3', reasons: ['收款 ¥0.01 超过“到货付款”未收金额 ¥0（应收 ¥60）'] },
    { line: 3, id: 'P4', reasons: ['合同“9”不存在，请先导入合同'] },
    { line: 4, id: 'P1', reasons: ['收款编号已用于合同 1'] },
    { line: 5, id: 'P5', reasons: ['该合同没有“首付款”这一期'] },
  ]);
  const shrunk = await load(world, contract('1', { delivery_yuan: '50', warranty_yuan: '50' }));
  expect(shrunk.rejected).toMatchObject([{ reasons: ['“到货付款”已收 ¥60，金额不能低于它'] }]);
});

it('corrects a payment, and notes from what to what', async () => {
  const world = await aWorld();
  await load(world, contract('1'));
  await pay(world, payment('P1'));
  expect(await pay(world, payment('P1', '30'))).toMatchObject({ changed: 1 });
  expect(await paidOf(world)).toEqual([3_000, 0]);
  const [note] = await world.context.audit.list({ subject: 'contract:1', limit: 1 });
  expect(note).toMatchObject({
    act: 'contract.payment',
    from: { amountFen: 4_000 },
    to: { amountFen: 3_000 },
  });
});

it('tells the same in a dry run, and writes nothing', async () => {
  const world = await aWorld();
  await load(world, contract('1'));
  const rows = [payment('P1'), payment('P2', '20'), payment('P3', '1')];
  const run = (isDryRun: boolean) => importPayments(world.context, rowsOf(rows), { ...FROM_FILE, isDryRun });
  const dry = await run(true);
  expect(dry).toMatchObject({ created: 2, rejected: [{ id: 'P3' }] });
  expect(await paidOf(world)).toEqual([0, 0]);
  expect(await run(false)).toEqual(dry);
  const contracts = [contract('1', { name: '二' }), contract('2')];
  const plan = await importContracts(world.context, rowsOf(contracts), { ...FROM_FILE, isDryRun: true });
  expect(plan).toMatchObject({ created: 1, changed: 1 });
  expect(await kept(world, '2')).toBeNull();
});

it('loses no payment when contract and payments come at the same time', async () => {
  const world = await aWorld();
  await load(world, contract('1'));
  const [saved, paid, other] = await Promise.all([
    load(world, contract('1', { name: '二号线' })),
    pay(world, payment('P1')),
    pay(world, payment('P2', '10')),
  ]);
  for (const { imported, rejected } of [saved, paid, other]) {
    expect(imported + rejected.length).toBe(1);
    expect(
      rejected.flatMap(({ reasons }) => reasons).every((each) => each === '该合同正被别处修改，请重试'),
    ).toBe(true);
  }
  await pay(world, payment('P1'), payment('P2', '10'));
  expect(await paidOf(world)).toEqual([5_000, 0]);
});
