import type { Day } from '../calendar.ts';
import { milestoneState, type Contract } from './contract.ts';
import { PARTNER_KINDS } from './order.ts';

/** What classification reads of an account's contracts. */
export type ContractFacts = {
  partnerContract: boolean; // of kind agency, distribution or equity, signed
  overdueSince: Day | null; // when the oldest payment that is still owed fell due
};

/** The facts of one account; what is signed after today does not count yet. Source: domain.md §4, §5. */
export function contractFactsOf(
  contracts: Iterable<Pick<Contract, 'kind' | 'signedOn' | 'milestones'>>,
  today: Day,
): ContractFacts {
  const facts: ContractFacts = { partnerContract: false, overdueSince: null };
  for (const { kind, signedOn, milestones } of contracts) {
    if (signedOn <= today) facts.partnerContract ||= PARTNER_KINDS.includes(kind);
    for (const milestone of milestones) {
      if (milestoneState(milestone, today) !== 'overdue') continue;
      if (!facts.overdueSince || milestone.dueOn < facts.overdueSince) facts.overdueSince = milestone.dueOn;
    }
  }
  return facts;
}
