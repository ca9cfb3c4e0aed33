import type { Day } from '../calendar.ts';
import { numberKey } from '../match-key.ts';
import { yuanText } from '../money.ts';

/** Money given back for an order; `amountFen` is more than 0. */
export type Refund = { externalId: string; amountFen: number; refundedOn: Day };

/** What a refund is measured against. */
export type Refundable = { amountFen: number; paidOn: Day; refunds: Refund[] };

/** An order as a dry run would leave it. */
export type PlannedOrder = Refundable & { _id: string };

/** The sum of refunds in fen. */
export const refundedFenOf = (refunds: readonly Refund[]): number =>
  refunds.reduce((sum, { amountFen }) => sum + amountFen, 0);

/**
 * What stands against a refund, for people; null for nothing. All refunds of an order together never exceed its amount; the one
 * that is corrected does not count against itself.
 */
export function refundProblem(order: Refundable, refund: Refund): string | null {
  if (refund.refundedOn < order.paidOn) return `退款日期早于订单付款日期 ${order.paidOn}`;
  const itself = refundOf(order.refunds, refund);
  const others = order.refunds.filter((each) => each !== itself);
  const leftFen = order.amountFen - refundedFenOf(others);
  if (refund.amountFen <= leftFen) return null;
  return `退款 ${yuanText(refund.amountFen)} 超过该订单可退金额 ${yuanText(leftFen)}（订单 ${yuanText(order.amountFen)}，其余退款 ${yuanText(order.amountFen - leftFen)}）`;
}

/** The refund that has the number of this one, in whatever spelling. */
export const refundOf = (refunds: readonly Refund[], { externalId }: Refund): Refund | undefined =>
  refunds.find((each) => numberKey(each.externalId) === numberKey(externalId));

/** The refunds with this one, which takes the place of one with the same number. */
export function withRefund(refunds: readonly Refund[], refund: Refund): Refund[] {
  const before = refundOf(refunds, refund);
  return before ? refunds.with(refunds.indexOf(before), refund) : [...refunds, refund];
}
