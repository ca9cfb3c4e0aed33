import type { Day } from '../calendar.ts';
import { milestoneName } from './contract-row.ts';
import type { Milestone, MilestoneKind } from './contract.ts';
import { numberKey } from '../match-key.ts';
import { yuanText } from '../money.ts';

/** Money that came in 回款 for one payment of a contract; `amountFen` is more than 0. */
export type Payment = { externalId: string; milestone: MilestoneKind; amountFen: number; paidOn: Day };

/** What a payment is measured against. */
export type Payable = { milestones: Milestone[]; payments: Payment[] };

/**
 * What stands against a payment, for people; null for nothing. What came in for a milestone never exceeds it; the payment that is
 * corrected does not count against itself.
 */
export function paymentProblem({ milestones, payments }: Payable, payment: Payment): string | null {
  const name = milestoneName(payment.milestone);
  const milestone = milestones.find(({ kind }) => kind === payment.milestone);
  if (!milestone) return `该合同没有“${name}”这一期`;
  if (milestone.isWrittenOff) return `“${name}”已核销，不能再收款`;
  const itself = paymentOf(payments, payment);
  const leftFen = milestone.amountFen - milestone.paidFen + fenFor(itself, payment.milestone);
  if (payment.amountFen <= leftFen) return null;
  return `收款 ${yuanText(payment.amountFen)} 超过“${name}”未收金额 ${yuanText(leftFen)}（应收 ${yuanText(milestone.amountFen)}）`;
}

/** The payment that has the number of this one, in whatever spelling. */
export const paymentOf = (payments: readonly Payment[], { externalId }: Payment): Payment | undefined =>
  payments.find((each) => numberKey(each.externalId) === numberKey(externalId));

const fenFor = (payment: Payment | undefined, kind: MilestoneKind): number =>
  payment?.milestone === kind ? payment.amountFen : 0;

/** The contract with this payment, which takes the place of one with the same number. */
export function withPayment({ milestones, payments }: Payable, payment: Payment): Payable {
  const before = paymentOf(payments, payment);
  const at = before ? payments.indexOf(before) : -1;
  const after = at < 0 ? [...payments, payment] : payments.with(at, payment);
  return {
    payments: after,
    milestones: milestones.map((milestone) => {
      const { kind } = milestone;
      if (kind !== payment.milestone && kind !== payments[at]?.milestone) return milestone;
      const paidFen = milestone.paidFen - fenFor(payments[at], kind) + fenFor(payment, kind);
      return {
        ...milestone,
        paidFen,
        paidOn: latestOf(after, kind) ?? (paidFen > 0 ? milestone.paidOn : null),
      };
    }),
  };
}

const latestOf = (payments: readonly Payment[], kind: MilestoneKind): Day | null =>
  payments
    .flatMap(({ milestone, paidOn }) => (milestone === kind ? [paidOn] : []))
    .toSorted()
    .at(-1) ?? null;
