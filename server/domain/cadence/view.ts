import type { Day } from '../calendar.ts';
import { TIERS } from '../classification/tier.ts';
import { cadenceOf, nextDue, type Cadence, type CadencePolicy, type Touched } from './cadence.ts';

/** A cadence as pages get it: with our last touch, and what the customer last did, in ISO 8601 UTC. */
export type CadenceReport = Cadence & { lastTouchAt: string | null; lastSignAt: string | null };

/** The cadence of an account at `now`, ready to be shown. */
export function cadenceReport(touched: Touched, now: Date, place: CadencePolicy): CadenceReport {
  return {
    ...cadenceOf(touched, now, place),
    lastTouchAt: touched.lastTouchAt?.toISOString() ?? null,
    lastSignAt: touched.lastSignAt?.toISOString() ?? null,
  };
}

/** An account on a due list, as reminders and pages show it. */
export type DueItem = {
  accountId: string;
  accountName: string;
  externalUserId: string | null;
  contactName: string | null;
  tier: Touched['tier'];
  dueOn: Day;
  overdueWorkingDays: number;
} & Pick<Cadence, 'state' | 'reason'>;

/** How an account on a due list stands, and what set its date; `overdueWorkingDays` are counted already. */
export function dueCause(
  touched: Touched,
  overdueWorkingDays: number,
  place: CadencePolicy,
): Pick<Cadence, 'state' | 'reason'> {
  const { reason } = nextDue(touched, place);
  return { state: overdueWorkingDays > 0 ? 'overdue' : 'due_today', reason };
}

/** Most urgent first: by tier, then by lateness. Source: domain.md §14. */
export function byUrgency(
  a: Pick<DueItem, 'tier' | 'dueOn' | 'accountId'>,
  b: Pick<DueItem, 'tier' | 'dueOn' | 'accountId'>,
): number {
  const tiers = TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier);
  if (tiers !== 0) return tiers;
  if (a.dueOn !== b.dueOn) return a.dueOn < b.dueOn ? -1 : 1;
  if (a.accountId !== b.accountId) return a.accountId < b.accountId ? -1 : 1;
  return 0;
}
