import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { MILESTONE_KINDS, type Milestone } from '../../../../server/domain/deals/contract.ts';
import { readPayment, type PaymentRow } from '../../../../server/domain/deals/payment-row.ts';
import {
  paymentProblem,
  withPayment,
  type Payable,
  type Payment,
} from '../../../../server/domain/deals/payment.ts';

const aMilestone = (more: Partial<Milestone> = {}): Milestone => ({
  kind: 'delivery',
  dueOn: '2026-04-01',
  amountFen: 10_000,
  paidFen: 0,
  paidOn: null,
  isWrittenOff: false,
  ...more,
});
const aPayment = (externalId: string, more: Partial<Payment> = {}): Payment => ({
  externalId,
  milestone: 'delivery',
  amountFen: 4_000,
  paidOn: '2026-03-10',
  ...more,
});
const aContract = (): Payable => ({
  milestones: [aMilestone(), aMilestone({ kind: 'warranty', amountFen: 5_000 })],
  payments: [],
});

it('counts payments to their milestone, with the day of the latest', () => {
  const once = withPayment(aContract(), aPayment('1'));
  const twice = withPayment(once, aPayment('2', { amountFen: 6_000, paidOn: '2026-03-02' }));
  expect(twice.milestones).toEqual([
    aMilestone({ paidFen: 10_000, paidOn: '2026-03-10' }),
    aMilestone({ kind: 'warranty', amountFen: 5_000 }),
  ]);
});

it('corrects a payment of the same number, also when it was meant for another milestone', () => {
  const once = withPayment(aContract(), aPayment('1'));
  const moved = withPayment(once, aPayment('1', { milestone: 'warranty', amountFen: 5_000 }));
  expect(moved.payments).toHaveLength(1);
  expect(moved.milestones).toMatchObject([
    { paidFen: 0, paidOn: null },
    { paidFen: 5_000, paidOn: '2026-03-10' },
  ]);
});

it('keeps what was paid before payments were counted one by one', () => {
  const contract = { milestones: [aMilestone({ paidFen: 100, paidOn: '2026-02-01' })], payments: [] };
  const corrected = withPayment(withPayment(contract, aPayment('1')), aPayment('1', { amountFen: 1 }));
  expect(corrected.milestones).toMatchObject([{ paidFen: 101 }]);
});

it.each<[string, Payment, string | null]>([
  ['what is left', aPayment('2', { amountFen: 6_000 }), null],
  [
    'a fen beyond',
    aPayment('2', { amountFen: 6_001 }),
    '收款 ¥60.01 超过“到货付款”未收金额 ¥60（应收 ¥100）',
  ],
  ['the whole, corrected', aPayment('1', { amountFen: 10_000 }), null],
  ['for what was not agreed', aPayment('2', { milestone: 'acceptance' }), '该合同没有“完工验收付款”这一期'],
])('takes of a milestone with 40 of 100 yuan paid %s', (_name, payment, problem) => {
  expect(paymentProblem(withPayment(aContract(), aPayment('1')), payment)).toBe(problem);
});

it('takes nothing for what was written off', () => {
  const contract = { milestones: [aMilestone({ isWrittenOff: true })], payments: [] };
  expect(paymentProblem(contract, aPayment('1'))).toBe('“到货付款”已核销，不能再收款');
});

const sum = (amounts: number[]) => amounts.reduce((total, each) => total + each, 0);
const somePayments = fc.array(
  fc.record({
    externalId: fc.constantFrom('1', '2', '3'),
    milestone: fc.constantFrom(...MILESTONE_KINDS),
    amountFen: fc.integer({ min: 1, max: 12_000 }),
    paidOn: fc.constant('2026-03-10'),
  }),
);

it('always: what milestones count as paid is the sum of the payments, and never more than was agreed', () => {
  fc.assert(
    fc.property(somePayments, (payments) => {
      const contract = payments
        .filter((payment) => payment.amountFen > 0)
        .reduce(
          (known, each) => (paymentProblem(known, each) ? known : withPayment(known, each)),
          aContract(),
        );
      const paid = sum(contract.milestones.map(({ paidFen }) => paidFen));
      expect(paid).toBe(sum(contract.payments.map(({ amountFen }) => amountFen)));
      expect(contract.milestones.every(({ paidFen, amountFen }) => paidFen <= amountFen)).toBe(true);
    }),
  );
});

const aRow = (more: PaymentRow = {}): PaymentRow => ({
  external_id: 'SK-1',
  contract_external_id: 'HT-1',
  milestone: '到货付款',
  amount_yuan: '40',
  paid_on: '2026-03-10',
  ...more,
});

it('reads a payment of a file', () => {
  const read = readPayment(aRow({ milestone: 'delivery' }), '2026-03-10');
  expect(read).toEqual({ payment: aPayment('SK-1'), contractId: 'HT-1', problems: [] });
});

it.each<[PaymentRow, string[]]>([
  [{ external_id: '' }, ['缺少收款编号']],
  [{ contract_external_id: '' }, ['缺少合同编号']],
  [{ milestone: '' }, ['缺少款项']],
  [{ milestone: '定金' }, ['款项“定金”应为 首付款、到货付款、完工验收付款、质保尾款']],
  [{ amount_yuan: '-40' }, ['金额不能为负数']],
  [{ paid_on: '2026-03-11' }, ['收款日期 2026-03-11 在今天之后']],
])('refuses %j', (more, problems) => {
  expect(readPayment(aRow(more), '2026-03-10').problems).toEqual(problems);
});
