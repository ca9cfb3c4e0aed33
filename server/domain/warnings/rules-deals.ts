import { calendarDay, daysBetween } from '../calendar.ts';
import { milestoneState, openFen } from '../deals/contract.ts';
import type { OpportunityStage } from '../deals/opportunity.ts';
import { dayName } from '../texts.ts';
import type { Finding, Watch, WarningFacts } from './facts.ts';

const contactOf = ({ relations }: WarningFacts) =>
  relations.find(({ lostAt }) => !lostAt)?.externalUserId ?? null;

/** Payment overdue: one warning a contract, from the oldest payment that is owed. */
export function paymentOverdue(facts: WarningFacts, { today, settings }: Watch): Finding[] {
  const { paymentOverdueDays } = settings.thresholds;
  return facts.contracts.flatMap(({ _id, name, milestones }) => {
    const owed = milestones
      .filter((each) => milestoneState(each, today) === 'overdue')
      .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
    const oldest = owed[0];
    const overdueDays = oldest ? daysBetween(oldest.dueOn, today) : 0;
    if (!oldest || overdueDays < paymentOverdueDays) return [];
    const owedFen = owed.reduce((sum, each) => sum + openFen(each), 0);
    const finding: Finding = {
      kind: 'payment_overdue',
      subject: _id,
      text: `合同“${name}”有 ${owed.length} 笔回款逾期，最久 ${overdueDays} 天`,
      inputs: { contract: name, milestone: oldest.kind, dueOn: oldest.dueOn, overdueDays, openFen: owedFen },
      boundary: { name: 'overdueDays', value: paymentOverdueDays },
      isFresh: true,
      contactId: contactOf(facts),
    };
    return [finding];
  });
}

/** A contract ends soon and no later one was signed; one that has ended raises nothing new. */
export function contractEnding(facts: WarningFacts, { today, settings }: Watch): Finding[] {
  const { contractEndsDays } = settings.thresholds;
  return facts.contracts.flatMap((contract) => {
    const { _id, name, endsOn } = contract;
    if (!endsOn || isRenewed(contract, facts.contracts)) return [];
    const leftDays = daysBetween(today, endsOn);
    if (leftDays > contractEndsDays) return [];
    const finding: Finding = {
      kind: 'contract_ending',
      subject: _id,
      text: `合同“${name}”于 ${dayName(endsOn)} 到期，还没有续签`,
      inputs: { contract: name, endsOn },
      boundary: { name: 'leftDays', value: contractEndsDays },
      isFresh: leftDays >= 0,
      contactId: contactOf(facts),
    };
    return [finding];
  });
}

type Signed = WarningFacts['contracts'][number];

/** True when a contract signed later runs longer. */
function isRenewed({ _id, signedOn, endsOn }: Signed, contracts: readonly Signed[]): boolean {
  return contracts.some(
    (other) =>
      other._id !== _id && other.signedOn > signedOn && (!other.endsOn || !endsOn || other.endsOn > endsOn),
  );
}

const isOpen = ({ stage }: { stage: OpportunityStage }) => stage !== 'won' && stage !== 'lost';

/** Opportunity stuck: in its stage for longer than three quarters of those that have left it. Source: domain.md §7. */
export function opportunityStuck(facts: WarningFacts, { today, timeZone, typicalStays }: Watch): Finding[] {
  return facts.opportunities.filter(isOpen).flatMap(({ _id, name, stage, stageHistory }) => {
    const typicalDays = typicalStays.get(stage);
    const entered = stageHistory.at(-1);
    if (typicalDays === undefined || entered?.stage !== stage || !entered.at) return [];
    const stageDays = daysBetween(calendarDay(entered.at, timeZone), today);
    if (stageDays <= typicalDays) return [];
    const finding: Finding = {
      kind: 'opportunity_stuck',
      subject: _id,
      text: `商机“${name}”在当前阶段已停留 ${stageDays} 天，多数商机不超过 ${typicalDays} 天`,
      inputs: { opportunity: name, opportunityStage: stage, stageDays },
      boundary: { name: 'stageDays', value: typicalDays },
      isFresh: true,
      contactId: contactOf(facts),
    };
    return [finding];
  });
}
