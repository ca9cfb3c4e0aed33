import type { Day } from '../calendar.ts';
import { damageProblems } from '../imports/damage.ts';
import { numberKey } from '../match-key.ts';
import { ORDER_COLUMNS, type OrderRow } from './order-row.ts';
import type { Refund } from './refund.ts';
import { cellsOf, pastDayCell, priceCell, readOr, type Read } from '../imports/row-cells.ts';

/** A row of an order file that gives money back. */
export const isRefundRow = ({ kind }: OrderRow): boolean =>
  ['退款', 'refund'].includes((kind ?? '').trim().toLowerCase());

/** Reads a refund: its own number, the order's number, the amount (also with a minus, as ledgers write it) and the day. */
export function readRefund(row: OrderRow, today: Day): Read<{ refund: Refund; orderId: string }> {
  const problems = damageProblems(row, ORDER_COLUMNS);
  const text = cellsOf(row);
  const refund = {
    externalId: text('external_id'),
    amountFen: priceCell({ text: text('amount_yuan'), label: '退款金额', isSigned: false }, problems),
    refundedOn: pastDayCell({ text: text('paid_on'), label: '退款日期', today }, problems),
  };
  const orderId = text('order_external_id');
  if (!refund.externalId) problems.push('缺少退款编号（填在订单编号一列）');
  if (!orderId) problems.push('缺少原订单编号');
  else if (numberKey(orderId) === numberKey(refund.externalId)) problems.push('退款编号不能与原订单编号相同');
  return readOr({ refund, orderId }, problems);
}
