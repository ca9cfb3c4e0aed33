import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { OrderRow } from '../../../../server/domain/deals/order-row.ts';
import { isRefundRow, readRefund } from '../../../../server/domain/deals/refund-row.ts';
import {
  refundedFenOf,
  refundProblem,
  withRefund,
  type Refund,
} from '../../../../server/domain/deals/refund.ts';

const TODAY = '2026-03-11';
const aRefund = (externalId: string, amountFen: number, refundedOn = TODAY): Refund => ({
  externalId,
  amountFen,
  refundedOn,
});
const anOrder = (...refunds: Refund[]) => ({ amountFen: 10_000, paidOn: '2026-03-01', refunds });

it.each([
  [10_000, null],
  [10_001, '退款 ¥100.01 超过该订单可退金额 ¥100（订单 ¥100，其余退款 ¥0）'],
])('of an order of ¥100, a refund of %i fen is told: %s', (fen, problem) => {
  expect(refundProblem(anOrder(), aRefund('R1', fen))).toBe(problem);
});

it('counts all refunds of the order together: after ¥60 of ¥100 there are ¥40 left', () => {
  const order = anOrder(aRefund('R1', 6000));
  expect(refundProblem(order, aRefund('R2', 4000))).toBeNull();
  expect(refundProblem(order, aRefund('R2', 4001))).toContain('可退金额 ¥40');
});

it('does not count a refund that is corrected against itself', () => {
  expect(refundProblem(anOrder(aRefund('R1', 6000)), aRefund('R1', 10_000))).toBeNull();
});

it.each([
  ['2026-03-01', null],
  ['2026-02-28', '退款日期早于订单付款日期 2026-03-01'],
])('an order paid on 2026-03-01 and refunded on %s is told: %s', (day, problem) => {
  expect(refundProblem(anOrder(), aRefund('R1', 1, day))).toBe(problem);
});

it('never lets more go back than came in, whatever is tried in whatever order, and repeats change nothing', () => {
  const tries = fc.array(
    fc.record({ id: fc.constantFrom('a', 'b', 'c'), fen: fc.integer({ min: 1, max: 12_000 }) }),
  );
  fc.assert(
    fc.property(tries, (wanted) => {
      let refunds: Refund[] = [];
      for (const { id, fen } of wanted) {
        if (refundProblem(anOrder(...refunds), aRefund(id, fen))) continue;
        refunds = withRefund(refunds, aRefund(id, fen));
        expect(withRefund(refunds, aRefund(id, fen))).toEqual(refunds);
        expect(refundedFenOf(refunds)).toBeLessThanOrEqual(10_000);
      }
    }),
  );
});

const aRow = (more: OrderRow = {}): OrderRow => ({
  external_id: 'R1',
  order_external_id: 'SO-1',
  amount_yuan: '5',
  paid_on: TODAY,
  kind: '退款',
  ...more,
});

it.each(['退款', ' refund ', 'Refund'])('a row of kind “%s” is a refund', (kind) => {
  expect(isRefundRow({ kind })).toBe(true);
});
it.each(['', '销售', undefined])('a row of kind “%s” is none', (kind) => {
  expect(isRefundRow(kind === undefined ? {} : { kind })).toBe(false);
});

it.each(['5', '-5', ' ¥5 '])('reads the amount %s as ledgers write it', (amount_yuan) => {
  expect(readRefund(aRow({ amount_yuan }), TODAY)).toEqual({
    refund: { externalId: 'R1', amountFen: 500, refundedOn: TODAY },
    orderId: 'SO-1',
    problems: [],
  });
});

it.each<[OrderRow, string]>([
  [{ external_id: '' }, '缺少退款编号（填在订单编号一列）'],
  [{ order_external_id: '' }, '缺少原订单编号'],
  [{ order_external_id: 'R1' }, '退款编号不能与原订单编号相同'],
  [{ amount_yuan: '0' }, '退款金额不能为 0'],
  [{ amount_yuan: '--5' }, '退款金额“--5”不是有效金额，应为元，如 12,800.50'],
  [{ amount_yuan: '9'.repeat(30) }, `退款金额“${'9'.repeat(30)}”不是有效金额，应为元，如 12,800.50`],
  [{ paid_on: '2026-03-12' }, '退款日期 2026-03-12 在今天之后'],
])('refuses %j: %s', (more, problem) => {
  expect(readRefund(aRow(more), TODAY)).toEqual({ problems: [problem] });
});
