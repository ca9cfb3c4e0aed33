import type { Day } from '../calendar.ts';
import type { OrderKind } from './order.ts';

/** Payments of a contract, in the order in which they fall due. Source: domain.md §8. */
export const MILESTONE_KINDS = ['down_payment', 'delivery', 'acceptance', 'warranty'] as const; // 首付款 到货付款 完工验收付款 质保尾款
export type MilestoneKind = (typeof MILESTONE_KINDS)[number];

export const MILESTONE_STATES = ['planned', 'due', 'overdue', 'paid', 'written_off'] as const;
export type MilestoneState = (typeof MILESTONE_STATES)[number];

/** One payment; money in fen. `paidFen` may be a part of it. */
export type Milestone = {
  kind: MilestoneKind;
  dueOn: Day;
  amountFen: number;
  paidFen: number;
  paidOn: Day | null; // of the latest payment
  isWrittenOff: boolean;
};

/** A contract with its payments. */
export type Contract = {
  accountId: string;
  name: string;
  kind: OrderKind;
  amountFen: number;
  costFen: number;
  signedOn: Day;
  endsOn: Day | null; // null: not for a term
  milestones: Milestone[];
};

/** How a payment stands on `today`. Source: domain.md §8. */
export function milestoneState(milestone: Milestone, today: Day): MilestoneState {
  if (milestone.isWrittenOff) return 'written_off';
  if (milestone.paidFen >= milestone.amountFen) return 'paid';
  if (today > milestone.dueOn) return 'overdue';
  return today === milestone.dueOn ? 'due' : 'planned';
}

/** What is still owed of a payment, in fen. */
export const openFen = ({ amountFen, paidFen, isWrittenOff }: Milestone): number =>
  isWrittenOff ? 0 : Math.max(0, amountFen - paidFen);
